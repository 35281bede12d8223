package org.inpaint4j.eval.mask;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;
import org.inpaint4j.image.Mask;

/**
 * One part of a face, at its place in images that are aligned as the shipped models were trained.
 *
 * <p>The places are those of the five points of the alignment: eyes at (0.335, 0.334) and (0.665,
 * 0.334), nose at (0.5, 0.527), mouth at (0.5, 0.69) of the image's sides. Left and right are those
 * of the person.
 */
final class PartMask implements MaskGenerator {

  static final String FAMILY = "parts";

  private static final int SMALLEST = 16;
  private static final double EYES = 0.334;

  static final List<MaskGenerator> ALL =
      List.of(
          ellipse("left-eye", 0.665, EYES - .02, .15, .12),
          ellipse("right-eye", 0.335, EYES - .02, .15, .12),
          box("both-eyes", .17, .20, .83, .45),
          ellipse("nose", .5, .527 - .04, .14, .17),
          ellipse("mouth", .5, .690 + .01, .23, .12),
          box("left-half-face", .5, 0, 1, 1),
          box("right-half-face", 0, 0, .5, 1),
          box("lower-half-face", 0, .5, 1, 1));

  private final String name;
  private final Shape shape;

  /** Draws the part. */
  private interface Shape {
    Mask draw(int width, int height);
  }

  private PartMask(String name, Shape shape) {
    this.name = name;
    this.shape = shape;
  }

  /** Pixels whose middle lies in an ellipse; all in units of the image's sides. */
  private static MaskGenerator ellipse(String name, double cx, double cy, double rx, double ry) {
    return new PartMask(
        name,
        (width, height) ->
            Mask.of(
                width,
                height,
                (x, y) -> {
                  double u = ((x + .5) / width - cx) / rx;
                  double v = ((y + .5) / height - cy) / ry;
                  return u * u + v * v <= 1;
                }));
  }

  /** A box whose corners are rounded to pixels, halves to the even one. */
  private static MaskGenerator box(String name, double x0, double y0, double x1, double y1) {
    return new PartMask(
        name,
        (width, height) -> {
          int left = (int) Math.rint(x0 * width);
          int top = (int) Math.rint(y0 * height);
          int right = (int) Math.rint(x1 * width);
          int bottom = (int) Math.rint(y1 * height);
          return Mask.rectangle(width, height, left, top, right - left, bottom - top);
        });
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String family() {
    return FAMILY;
  }

  @Override
  public boolean isRandom() {
    return false;
  }

  @Override
  public Mask generate(int width, int height, long seed) {
    checkArgument(
        Math.min(width, height) >= SMALLEST,
        "the image of a %s mask must be at least %sx%s: found %sx%s",
        name,
        SMALLEST,
        SMALLEST,
        width,
        height);
    return shape.draw(width, height);
  }

  @Override
  public String toString() {
    return name;
  }
}
