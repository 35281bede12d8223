package org.inpaint4j.blend;

import java.util.BitSet;
import java.util.function.BooleanSupplier;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;

/**
 * Seamless blending that depends on the distance to the nearest known pixel: near known pixels it
 * continues the image, far from them it follows the filling.
 *
 * <p>Two results are mixed. The far one is that of a {@link PoissonBlender} with the filling's
 * gradients times {@value #FAR_SHARE}. The near one is {@value #NEAR_SHARE} times the filling, plus
 * the surface that bends least ({@link SmoothFill#BIHARMONIC}) through the differences between the
 * known pixels and that share of the filling. The near result continues the slopes of the image,
 * which a Poisson blend breaks off. Up to {@value #NEAR} pixels from the nearest known pixel the
 * near result is taken, from {@value #FAR} pixels on the far one, and in between a smooth mix. So
 * scattered pixels and thin strokes are filled from their surroundings, and wide holes from the
 * filling, by one rule for every mask.
 *
 * <p>When not to use it: where the filling is exact, such as a patch of another photograph of the
 * same thing; {@link PoissonBlender} keeps all of its contrast.
 *
 * <p>Known pixels more than two pixels away from the hole have no influence. Immutable; may be used
 * by several threads.
 */
/* The figures are of 64 faces of 64x64 pixels (PSNR inside the hole in dB, mean of four starts of
 * Faces64), which are not among the images of docs/results.md:
 *
 *                                 rectangle   noise 80 %
 *   harmonic                        17.53       23.28
 *   biharmonic                      16.88       24.57
 *   Poisson                         19.07       23.47
 *   Poisson, share .85 of G         19.30       23.59
 *   this                            19.29       24.67
 *
 * The shares are the least squares fit. A filling with an error of its own comes closer to the truth
 * when it is damped. The optimum is flat: shares of .75 to .9 and of .3 to .5 are within .03 dB.
 */
public final class DistanceBlender implements Blender {

  /** The share of the filling's gradients deep in a hole. */
  static final double FAR_SHARE = 0.85;

  /** The share of the filling beside known pixels. */
  static final double NEAR_SHARE = 0.4;

  /** Up to this distance, in pixels, a hole pixel is near known ones. */
  static final double NEAR = 1;

  /** From this distance on it is far. */
  static final double FAR = 5;

  /** The biharmonic surface is computed in this many pixels along the hole's edge. */
  static final int BAND = 6;

  private final PoissonOptions options;

  private DistanceBlender(PoissonOptions options) {
    this.options = options;
  }

  /**
   * A blender with the tolerance of {@link PoissonOptions#seamless}.
   *
   * @return the blender
   */
  public static DistanceBlender create() {
    return new DistanceBlender(
        PoissonOptions.seamless().toBuilder().maximumCycles(SmoothFill.MOST_CYCLES).build());
  }

  /**
   * This for thin parts of a hole and scattered pixels, and a {@link PoissonBlender} for wide
   * parts, whose pixels are on average more than 2 pixels from the nearest known one. In wide parts
   * all of the filling's contrast is kept. That is for fillings that are smooth already; others are
   * nearer to the truth with {@link #create} (docs/blending.md).
   *
   * @return the blender
   */
  public static Blender ofThinParts() {
    return new PartsBlender(PoissonBlender.create(), create());
  }

  @Override
  public ImagePlanes blend(ImagePlanes image, ImagePlanes filling, Mask mask) {
    return blend(image, filling, mask, () -> true);
  }

  /** Asks after each cycle of a solver. Once the answer is no, the result is the far one alone. */
  @Override
  public ImagePlanes blend(
      ImagePlanes image, ImagePlanes filling, Mask mask, BooleanSupplier goesOn) {
    Samples.checkSizes(image, filling);
    Samples.checkSizes(image, mask);
    Going going = new Going(goesOn);
    ImagePlanes far = BlendJob.run(image, times(filling, FAR_SHARE), mask, options, going).image();
    int pixels = image.width() * image.height();
    if (mask.holeCount() == 0 || mask.holeCount() == pixels || going.hasEnded()) {
      return far;
    }
    HoleDepth depth = HoleDepth.of(mask, BAND);
    ImagePlanes near = near(filling, far, mask, depth, going);
    if (going.hasEnded()) {
      // A few steps of the biharmonic solve are worse than none.
      return far;
    }
    BitSet hole = mask.holeBits();
    for (int i = hole.nextSetBit(0); i >= 0; i = hole.nextSetBit(i + 1)) {
      double share = farShare(depth.at(i));
      for (int c = 0; c < image.channels(); c++) {
        int at = c * pixels + i;
        far.samples()[at] = (float) ((1 - share) * near.samples()[at] + share * far.samples()[at]);
      }
    }
    return far;
  }

  /**
   * The share of the far result: 0 at {@link #NEAR}, 1 at {@link #FAR}, with slope 0 at both ends.
   */
  private static double farShare(double distance) {
    double t = Math.max(0, Math.min(1, (distance - NEAR) / (FAR - NEAR)));
    return t * t * (3 - 2 * t);
  }

  /** The near result in the band along the hole's edge, and the far result beyond the band. */
  private ImagePlanes near(
      ImagePlanes filling, ImagePlanes far, Mask mask, HoleDepth depth, BooleanSupplier goesOn) {
    ImagePlanes share = times(filling, NEAR_SHARE);
    ImagePlanes rest = far.copy();
    for (int i = 0; i < rest.samples().length; i++) {
      rest.samples()[i] -= share.samples()[i];
    }
    int width = mask.width();
    Mask band =
        Mask.of(
            width, mask.height(), (x, y) -> mask.isHole(x, y) && depth.at(y * width + x) <= BAND);
    ImagePlanes near = SmoothFill.BIHARMONIC.solve(rest, band, options, goesOn).image();
    for (int i = 0; i < near.samples().length; i++) {
      near.samples()[i] += share.samples()[i];
    }
    return near;
  }

  private static ImagePlanes times(ImagePlanes image, double factor) {
    ImagePlanes product = image.copy();
    for (int i = 0; i < product.samples().length; i++) {
      product.samples()[i] *= (float) factor;
    }
    return product;
  }

  @Override
  public String toString() {
    return "DistanceBlender[]";
  }
}
