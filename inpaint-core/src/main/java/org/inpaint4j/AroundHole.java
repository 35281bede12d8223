package org.inpaint4j;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntUnaryOperator;
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
    int width = mask.width();
    int columns = (width - 1) / cell + 1;
    int rows = (mask.height() - 1) / cell + 1;
    BitSet hole = mask.holeBits();
    BitSet cells = new BitSet();
    IntUnaryOperator cellOf = pixel -> pixel / width / cell * columns + pixel % width / cell;
    hole.stream().map(cellOf).forEach(cells::set);
    Connected connected = Connected.of(Mask.of(new Size(columns, rows), cells));
    List<BitSet> groups = new ArrayList<>();
    connected.bounds().forEach(group -> groups.add(new BitSet()));
    hole.stream().forEach(i -> groups.get(connected.part(cellOf.applyAsInt(i))).set(i));
    return groups.stream()
        .map(group -> Mask.of(mask.size(), group).holeBounds().orElseThrow())
        .toList();
  }
}
