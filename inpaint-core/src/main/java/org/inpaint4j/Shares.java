package org.inpaint4j;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.Connected;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Square;
import org.inpaint4j.image.SquareAxes;

/** Divides a hole among squares. */
final class Shares {

  /** In {@link Share#square}: the pixels belong to no square. */
  static final int REST = -1;

  /**
   * What a square gets of the hole.
   *
   * @param square the number of the square, or {@link #REST}
   * @param crop its pixels with the known ones around them that a blender may look at
   * @param hole its pixels, of the crop
   */
  record Share(int square, Bounds crop, Mask hole) {}

  /** A hole in one piece, of the whole photo. */
  static Share whole(Mask hole) {
    Bounds crop = hole.holeBounds().orElseThrow().grown(Blender.REACH, hole.size());
    return new Share(0, crop, hole.crop(crop));
  }

  private final Mask mask;
  private final List<Square> squares;
  private final Connected connected;

  /** The square that shows all of a part of the hole, the first of them; or {@link #REST}. */
  private final int[] whole;

  private Shares(Mask mask, List<Square> squares) {
    this.mask = mask;
    this.squares = squares;
    this.connected = Connected.of(mask);
    this.whole = new int[connected.bounds().size()];
    for (int part = 0; part < whole.length; part++) {
      whole[part] = firstThatShows(connected.bounds().get(part));
    }
  }

  private int firstThatShows(Bounds hole) {
    for (int i = 0; i < squares.size(); i++) {
      if (squares.get(i).contains(hole)) {
        return i;
      }
    }
    return REST;
  }

  /**
   * Divides a hole: a connected part belongs to the first square that shows all of it. If there is
   * none the part is divided pixel by pixel: each belongs to the first square that shows it.
   *
   * @param mask with a hole
   * @param squares in order
   * @param mayRest whether pixels may belong to no square
   * @return the shares that hold pixels, in the order of the squares, the rest last
   * @throws HoleOutsideSquareException if no square shows all of a part and nothing may rest, or
   *     there are squares and none of them shows any of the hole
   */
  static List<Share> of(Mask mask, List<Square> squares, boolean mayRest) {
    Shares shares = new Shares(mask, squares);
    for (int part = 0; part < shares.whole.length; part++) {
      if (shares.whole[part] == REST && !mayRest) {
        throw new HoleOutsideSquareException(shares.connected.bounds().get(part), squares);
      }
    }
    List<Share> divided = shares.divide();
    if (!squares.isEmpty() && divided.get(0).square() == REST) {
      throw new HoleOutsideSquareException(mask.holeBounds().orElseThrow(), squares);
    }
    return divided;
  }

  private List<Share> divide() {
    List<List<Integer>> parts = new ArrayList<>();
    List<BitSet> pixels = new ArrayList<>();
    for (int i = 0; i <= squares.size(); i++) {
      parts.add(new ArrayList<>());
      pixels.add(new BitSet());
    }
    boolean divided = false;
    for (int part = 0; part < whole.length; part++) {
      if (whole[part] != REST) {
        parts.get(whole[part]).add(part);
      } else {
        divided = true;
      }
    }
    Bounds box = mask.holeBounds().orElseThrow();
    if (divided) {
      dividePixels(box, pixels);
    }
    List<Share> shares = new ArrayList<>();
    for (int i = 0; i <= squares.size(); i++) {
      int square = i == squares.size() ? REST : i;
      if (pixels.get(i).isEmpty() && !parts.get(i).isEmpty()) {
        Bounds crop = connected.bounds(parts.get(i)).grown(Blender.REACH, mask.size());
        shares.add(new Share(square, crop, connected.mask(parts.get(i), crop)));
      } else if (!pixels.get(i).isEmpty()) {
        shares.add(share(square, box, parts.get(i), pixels.get(i)));
      }
    }
    return shares;
  }

  /** Gives the pixels of parts that no square shows entirely to squares. */
  private void dividePixels(Bounds box, List<BitSet> pixels) {
    BitSet hole = mask.crop(box).holeBits();
    List<SquareAxes> sides = squares.stream().map(Square::axes).toList();
    for (int i = hole.nextSetBit(0); i >= 0; i = hole.nextSetBit(i + 1)) {
      int x = box.x() + i % box.width();
      int y = box.y() + i / box.width();
      if (whole[connected.part(x, y)] == REST) {
        int square = 0;
        while (square < sides.size() && !sides.get(square).contains(x, y)) {
          square++;
        }
        pixels.get(square).set(i);
      }
    }
  }

  /** A share of whole parts and of single pixels, which are given as those of a box. */
  private Share share(int square, Bounds box, List<Integer> parts, BitSet pixels) {
    Mask inBox = Mask.of(box.size(), pixels);
    Bounds some = inBox.holeBounds().orElseThrow();
    Bounds all = new Bounds(box.x() + some.x(), box.y() + some.y(), some.width(), some.height());
    if (!parts.isEmpty()) {
      all = all.union(connected.bounds(parts));
    }
    Bounds crop = all.grown(Blender.REACH, mask.size());
    BitSet hole = parts.isEmpty() ? new BitSet() : connected.mask(parts, crop).holeBits();
    for (int i = pixels.nextSetBit(0); i >= 0; i = pixels.nextSetBit(i + 1)) {
      int x = box.x() + i % box.width() - crop.x();
      int y = box.y() + i / box.width() - crop.y();
      hole.set(y * crop.width() + x);
    }
    return new Share(square, crop, Mask.of(crop.size(), hole));
  }
}
