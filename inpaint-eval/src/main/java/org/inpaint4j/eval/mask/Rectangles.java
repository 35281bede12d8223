package org.inpaint4j.eval.mask;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Random;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Seeds;

/** Masks whose hole is one rectangle. */
final class Rectangles implements MaskGenerator {

  /** The reference keeps this many pixels at every border, at every image size. */
  private static final int REFERENCE_OFFSET = 10;

  private final String name;
  private final int smallest;
  private final boolean random;
  private final Rule rule;

  /** Places the rectangle. */
  private interface Rule {
    Mask make(int width, int height, Random random);
  }

  private Rectangles(String name, int smallest, boolean random, Rule rule) {
    this.name = name;
    this.smallest = smallest;
    this.random = random;
    this.rule = rule;
  }

  static MaskGenerator uniform(double least, double most) {
    return new Rectangles(
        "rectangle",
        4,
        true,
        (width, height, random) -> {
          int holeWidth;
          int holeHeight;
          do {
            holeWidth = 1 + random.nextInt(width);
            holeHeight = 1 + random.nextInt(height);
          } while (!covers(width, height, holeWidth, holeHeight, least, most));
          return Mask.rectangle(
              width,
              height,
              random.nextInt(width - holeWidth + 1),
              random.nextInt(height - holeHeight + 1),
              holeWidth,
              holeHeight);
        });
  }

  static MaskGenerator reference(double least, double most) {
    return new Rectangles(
        "reference-rectangle",
        32,
        true,
        (width, height, random) -> {
          int left;
          int top;
          int right;
          int bottom;
          do {
            left = between(random, REFERENCE_OFFSET, width * 6 / 10);
            top = between(random, REFERENCE_OFFSET, height * 6 / 10);
            right = between(random, left + 1, width - REFERENCE_OFFSET);
            bottom = between(random, top + 1, height - REFERENCE_OFFSET);
          } while (!covers(width, height, right - left, bottom - top, least, most));
          return Mask.rectangle(width, height, left, top, right - left, bottom - top);
        });
  }

  static MaskGenerator centreSquare() {
    return new Rectangles(
        "centre-square",
        3,
        false,
        (width, height, random) -> {
          int side = Math.min(width, height) / 2;
          int holeWidth = side + (width - side & 1);
          int holeHeight = side + (height - side & 1);
          return Mask.rectangle(
              width,
              height,
              (width - holeWidth) / 2,
              (height - holeHeight) / 2,
              holeWidth,
              holeHeight);
        });
  }

  static MaskGenerator half(String name, boolean right) {
    return new Rectangles(
        name,
        2,
        false,
        (width, height, random) ->
            Mask.rectangle(width, height, right ? width - width / 2 : 0, 0, width / 2, height));
  }

  private static int between(Random random, int from, int end) {
    return from + random.nextInt(end - from);
  }

  private static boolean covers(
      int width, int height, int holeWidth, int holeHeight, double least, double most) {
    double share = (double) holeWidth * holeHeight / ((double) width * height);
    return least <= share && share <= most;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isRandom() {
    return random;
  }

  @Override
  public Mask generate(int width, int height, long seed) {
    checkArgument(
        width >= smallest && height >= smallest,
        "the image of a %s mask must be at least %sx%s: found %sx%s",
        name,
        smallest,
        smallest,
        width,
        height);
    return rule.make(width, height, Seeds.random(seed));
  }

  @Override
  public String toString() {
    return name;
  }
}
