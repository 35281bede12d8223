package org.inpaint4j;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.Connected;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
import org.inpaint4j.image.Size;
import org.inpaint4j.image.Square;

/** Squares around holes, see {@link Framing#aroundHole}. */
final class AroundHole implements Framing {

  private final double context;

  AroundHole(double context) {
    checkArgument(
        context > 0 && Double.isFinite(context),
        "the context around the hole must be positive: found %s",
        context);
    this.context = context;
  }

  @Override
  public List<Square> squares(Photo photo, Mask mask, ImageShape model) {
    Size size = photo.size();
    List<Bounds> groups = groups(mask, Math.max(model.width(), model.height()));
    return groups.stream()
        .sorted(Comparator.comparingLong(group -> -(long) group.width() * group.height()))
        .map(group -> around(group, size.width(), size.height(), model))
        .distinct()
        .toList();
  }

  private Square around(Bounds hole, int width, int height, ImageShape model) {
    int side = Math.max(hole.width(), hole.height());
    double wanted = Math.max(side * (1 + 2 * context), Math.max(model.width(), model.height()));
    int size = (int) Math.min(Math.ceil(wanted - 1e-9), Math.min(width, height));
    int x = Math.floorDiv(2 * hole.x() + hole.width() - size, 2);
    int y = Math.floorDiv(2 * hole.y() + hole.height() - size, 2);
    return new Square(
        Math.max(0, Math.min(width - size, x)), Math.max(0, Math.min(height - size, y)), size);
  }

  /**
   * The bounding boxes of what is near to each other. The image is divided into cells; cells that
   * hold a missing pixel and touch each other, at a corner at least, belong together.
   */
  private static List<Bounds> groups(Mask mask, int cell) {
    int columns = (mask.width() - 1) / cell + 1;
    int rows = (mask.height() - 1) / cell + 1;
    Bounds box = mask.holeBounds().orElseThrow();
    BitSet hole = mask.crop(box).holeBits();
    BitSet cells = new BitSet();
    for (int i = hole.nextSetBit(0); i >= 0; i = hole.nextSetBit(i + 1)) {
      int x = box.x() + i % box.width();
      int y = box.y() + i / box.width();
      cells.set(y / cell * columns + x / cell);
    }
    Connected connected = Connected.of(Mask.of(new Size(columns, rows), cells));
    List<Extent> groups = connected.bounds().stream().map(cellsOfGroup -> new Extent()).toList();
    for (int i = hole.nextSetBit(0); i >= 0; i = hole.nextSetBit(i + 1)) {
      int x = box.x() + i % box.width();
      int y = box.y() + i / box.width();
      groups.get(connected.part(x / cell, y / cell)).add(x, y);
    }
    return groups.stream().map(Extent::bounds).toList();
  }

  /** The smallest rectangle around pixels. */
  private static final class Extent {
    private int left = Integer.MAX_VALUE;
    private int top = Integer.MAX_VALUE;
    private int right = -1;
    private int bottom = -1;

    void add(int x, int y) {
      left = Math.min(left, x);
      top = Math.min(top, y);
      right = Math.max(right, x);
      bottom = Math.max(bottom, y);
    }

    Bounds bounds() {
      return new Bounds(left, top, right + 1 - left, bottom + 1 - top);
    }
  }
}
