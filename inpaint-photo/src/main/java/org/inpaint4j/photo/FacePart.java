package org.inpaint4j.photo;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.Connected;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.inpaint4j.image.Square;
import org.inpaint4j.image.SquareAxes;
import org.inpaint4j.patch.HoleWidth;

/**
 * What of a hole a model of faces is to fill: what lies in the oval of a face, is wide, and hides
 * something of its features. Skin, hair and background beside a face are textures, which patches
 * continue sharper than a model of few pixels; so are scratches, letters and strokes.
 */
final class FacePart {

  /** Side of a square of missing pixels for which faces are looked for, whatever is around it. */
  private static final int WIDE = 16;

  /** Side of a square of missing pixels that the strokes of large letters seldom hold. */
  private static final int SOLID = 10;

  /** The pixels of the smallest blot: 12x12, a mouth or an eye of a face of 60 pixels. */
  private static final int BLOT = 144;

  /** No hole narrower than this is given to a model, however small the face is. */
  private static final int LEAST = 8;

  /** Nor a hole narrower than this share of the face's square: about the height of an eye. */
  private static final double SHARE = 0.09;

  /**
   * An oval of a face's square, upright; it lies inside the square.
   *
   * @param middle the row of its centre, in sides of the square; the column is 0.5
   * @param across half its width
   * @param down half its height
   */
  private record Oval(double middle, double across, double down) {

    /** Whether it holds the centre of a pixel of a box. */
    Mask.Test in(Square square, Bounds box) {
      SquareAxes sides = square.axes();
      return (x, y) -> {
        double column = box.x() + x + 0.5;
        double row = box.y() + y + 0.5;
        double u = (sides.across(column, row) - 0.5) / across;
        double v = (sides.down(column, row) - middle) / down;
        return u * u + v * v <= 1;
      };
    }
  }

  /** From the hairline to the chin, without ears. */
  private static final Oval FACE = new Oval(0.5, 0.42, 0.5);

  /** From the brows to the chin: eyes, nose and mouth with their surroundings. */
  private static final Oval FEATURES = new Oval(0.52, 0.32, 0.38);

  private FacePart() {}

  /**
   * Whether a hole may hide something of a face: it is wide somewhere, or a part of it is a blot
   * rather than a letter or a stroke.
   *
   * <p>If not, looking for faces would cost more than the fill: 2.5 processor seconds for the start
   * of ND4J and the first look, 0.4 for every other one, against 1 for the text over a photo of
   * 512x512.
   */
  static boolean mayBe(Mask mask) {
    if (mask.holeCount() == 0) {
      return false;
    }
    Mask hole = mask.crop(mask.holeBounds().orElseThrow());
    HoleWidth width = new HoleWidth(hole);
    if (!width.atLeast(WIDE).isEmpty()) {
      return true;
    }
    if (width.atLeast(SOLID).isEmpty()) {
      return false;
    }
    Connected parts = Connected.of(hole);
    for (int part = 0; part < parts.bounds().size(); part++) {
      if (isBlot(parts, part)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a connected part is large, fills its rectangle, that is nearly square, and there is a
   * square of half its width in it: strokes of letters are narrower.
   */
  private static boolean isBlot(Connected parts, int part) {
    Bounds box = parts.bounds().get(part);
    int shorter = Math.min(box.width(), box.height());
    int longer = Math.max(box.width(), box.height());
    if (shorter < SOLID || longer > 3 * shorter) {
      return false;
    }
    Mask hole = parts.mask(List.of(part), box);
    return hole.holeCount() >= Math.max(BLOT, 0.6 * box.size().pixels())
        && !new HoleWidth(hole).atLeast(Math.max(SOLID, (shorter + 1) / 2)).isEmpty();
  }

  /**
   * The part of one face.
   *
   * @param mask of the photo
   * @param square shows the face
   * @return of the photo; empty if there is none
   */
  static Optional<Mask> of(Mask mask, Square square) {
    Optional<Bounds> inside = inside(square.bounds(), mask.size());
    if (inside.isEmpty()) {
      return Optional.empty();
    }
    Bounds box = inside.get();
    int least = (int) Math.max(LEAST, Math.round(SHARE * square.size()));
    BitSet hidden = new HoleWidth(within(FEATURES, mask, square, box)).atLeast(least);
    if (hidden.isEmpty()) {
      return Optional.empty();
    }
    Mask oval = within(FACE, mask, square, box);
    // Squares leave out the rim of rounded holes and the corners of turned ones.
    BitSet part = grown(new HoleWidth(oval).atLeast(least), box.size(), (least + 2) / 3);
    part.and(oval.holeBits());
    keep(part, hidden, box.size());
    return Optional.of(Mask.of(box.size(), part).placed(box, mask.size()));
  }

  /**
   * What patches must not copy: the features of faces that are whole, as what is missing beside a
   * face is seldom a second one, and all of the faces that a model completes afterwards. Another
   * face in whose features something is missing is left out: there its own skin is what is needed.
   *
   * @param hole what patches are to fill, of the photo
   * @param squares show faces
   * @param completed show the faces that a model completes
   * @return of the photo; empty if there is none
   */
  static Optional<Mask> notToCopy(Mask hole, List<Square> squares, List<Square> completed) {
    BitSet pixels = new BitSet();
    for (Square square : completed) {
      inside(square.bounds(), hole.size())
          .map(box -> within(FACE, square, box).placed(box, hole.size()))
          .ifPresent(face -> pixels.or(face.holeBits()));
    }
    for (Square square : squares) {
      Optional<Bounds> box = inside(square.bounds(), hole.size());
      if (box.isPresent()) {
        Mask features = within(FEATURES, square, box.get());
        if (!features.holeBits().intersects(hole.crop(box.get()).holeBits())) {
          pixels.or(features.placed(box.get(), hole.size()).holeBits());
        }
      }
    }
    return pixels.isEmpty() ? Optional.empty() : Optional.of(Mask.of(hole.size(), pixels));
  }

  private static Mask within(Oval oval, Square square, Bounds box) {
    return Mask.of(box.width(), box.height(), oval.in(square, box));
  }

  private static Optional<Bounds> inside(Bounds box, Size photo) {
    boolean meets =
        box.x() < photo.width()
            && box.y() < photo.height()
            && box.x() + box.width() > 0
            && box.y() + box.height() > 0;
    return meets ? Optional.of(box.inside(photo)) : Optional.empty();
  }

  /** The hole in an oval, of the box. */
  private static Mask within(Oval oval, Mask mask, Square square, Bounds box) {
    Mask.Test inside = oval.in(square, box);
    return Mask.of(
        box.width(),
        box.height(),
        (x, y) -> mask.isHole(box.x() + x, box.y() + y) && inside.isHole(x, y));
  }

  /** Leaves the connected parts that hold one of some pixels. */
  private static void keep(BitSet part, BitSet pixels, Size size) {
    Connected connected = Connected.of(Mask.of(size, part));
    BitSet kept = new BitSet();
    for (int i = pixels.nextSetBit(0); i >= 0; i = pixels.nextSetBit(i + 1)) {
      kept.set(connected.part(i % size.width(), i / size.width()));
    }
    for (int i = part.nextSetBit(0); i >= 0; i = part.nextSetBit(i + 1)) {
      if (!kept.get(connected.part(i % size.width(), i / size.width()))) {
        part.clear(i);
      }
    }
  }

  /** Pixels up to a distance, along rows and columns. */
  private static BitSet grown(BitSet pixels, Size size, int by) {
    BitSet result = new BitSet(size.pixels());
    for (int y = 0; y < size.height(); y++) {
      int start = y * size.width();
      int end = start + size.width();
      for (int from = pixels.nextSetBit(start); from >= 0 && from < end; ) {
        int to = Math.min(end, pixels.nextClearBit(from));
        int left = Math.max(start, from - by) - start;
        int right = Math.min(end, to + by) - start;
        for (int v = Math.max(0, y - by); v <= Math.min(size.height() - 1, y + by); v++) {
          result.set(v * size.width() + left, v * size.width() + right);
        }
        from = pixels.nextSetBit(to);
      }
    }
    return result;
  }
}
