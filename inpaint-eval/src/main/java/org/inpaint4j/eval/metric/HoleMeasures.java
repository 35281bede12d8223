package org.inpaint4j.eval.metric;

import static com.google.common.base.Preconditions.checkArgument;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.model.ModelFormatException;
import org.inpaint4j.model.SqueezeNet;
import org.inpaint4j.model.Weights;

/**
 * Measures how good a filled hole looks: {@link HoleFigures}.
 *
 * <p>All figures see a crop alone: the hole's bounding box, 24 pixels larger on each side, clipped
 * to the image. The borders of filters and gradients are those of the crop. Pictures are rounded to
 * 8 bits a sample. Luma is {@code 0.299 R + 0.587 G + 0.114 B}. Known pixels are not put back; a
 * known pixel that was changed counts in the surroundings that filters see.
 *
 * <p>The feature distance is an unweighted form of LPIPS (Zhang, Isola, Efros, Shechtman, Wang, The
 * Unreasonable Effectiveness of Deep Features as a Perceptual Metric, 2018) with SqueezeNet 1.0,
 * weighted by the share of the hole in each cell of a layer. It is not LPIPS: other weights, other
 * input scaling, no learned weights of channels. Do not judge a network by it that was trained on
 * SqueezeNet's features.
 *
 * <p>May be used by several threads; the network runs for one at a time. Holds native memory until
 * {@link #close}.
 */
public final class HoleMeasures implements AutoCloseable {

  /** Pixels around the hole that belong to the crop. */
  private static final int MARGIN = 24;

  private final FeatureDistance distance;

  private HoleMeasures(FeatureDistance distance) {
    this.distance = distance;
  }

  /**
   * Measures with the weights of SqueezeNet that are shipped.
   *
   * @return the measures, to be closed
   */
  public static HoleMeasures create() {
    try {
      return of(Weights.ofResource(SqueezeNet.class, "squeezenet1_0.safetensors"));
    } catch (IOException e) {
      throw new UncheckedIOException("the jar must hold the weights of SqueezeNet", e);
    }
  }

  /**
   * Measures with other weights.
   *
   * @param squeezeNet tensors named as those of torchvision's {@code squeezenet1_0}, for an input
   *     of blue, green, red from 0 to 255 minus (104, 117, 123)
   * @return the measures, to be closed
   * @throws ModelFormatException if a tensor is missing or has another shape
   */
  public static HoleMeasures of(Weights squeezeNet) throws ModelFormatException {
    return new HoleMeasures(new FeatureDistance(squeezeNet));
  }

  /**
   * Which weights the feature distance is computed with.
   *
   * @return a name and a hash
   */
  public String identity() {
    return distance.identity();
  }

  /**
   * How often a hole is eroded before its sharpness is measured: 2 for a compact hole, so that its
   * seam is left out; 0 for a thin or scattered one, of which little would be left.
   *
   * @param hole a mask. Not modified.
   * @return 2 if at least half of the hole is left after eroding it twice, 0 otherwise
   */
  public static int erosion(Mask hole) {
    int left = HolePixels.of(hole).eroded(2).count();
    return 2 * left >= hole.holeCount() ? 2 : 0;
  }

  /**
   * Measures a fill, its sharpness after the erosion that suits the hole.
   *
   * @param truth the true image, 1 or 3 channels (red, green, blue) of samples from 0 to 1. Not
   *     modified.
   * @param result the filled image, of the same shape and range. Not modified.
   * @param mask the hole. Not modified.
   * @return the figures
   * @throws IllegalArgumentException if the shapes differ or there is no hole
   */
  public HoleFigures of(ImagePlanes truth, ImagePlanes result, Mask mask) {
    return of(truth, result, mask, erosion(mask));
  }

  /**
   * Measures a fill.
   *
   * @param truth the true image, 1 or 3 channels (red, green, blue) of samples from 0 to 1. Not
   *     modified.
   * @param result the filled image, of the same shape and range. Not modified.
   * @param mask the hole. Not modified.
   * @param erosion how often the hole is eroded by the cross of 4 neighbours before sharpness is
   *     measured, at least 0; outside the image counts as known
   * @return the figures
   * @throws IllegalArgumentException if the shapes differ or there is no hole
   */
  public HoleFigures of(ImagePlanes truth, ImagePlanes result, Mask mask, int erosion) {
    check(truth, result, mask);
    checkArgument(erosion >= 0, "an erosion must not be negative: found %s", erosion);
    Bounds box = mask.holeBounds().orElseThrow().grown(MARGIN, mask.size());
    HoleCrop a = HoleCrop.of(truth, box);
    HoleCrop b = HoleCrop.of(result, box);
    HolePixels hole = HolePixels.of(mask.crop(box));
    double[] ga = Gradients.lengths(a.luma(), box.size());
    double[] gb = Gradients.lengths(b.luma(), box.size());
    return new HoleFigures(
        psnr(a, b, hole),
        LumaSsim.mean(a.luma(), b.luma(), hole),
        distance.between(a, b, hole),
        ratio(gb, ga, hole.eroded(erosion)),
        ratio(gb, ga, hole.ring()));
  }

  /** NaN where there is nothing to compare, or the truth is flat. */
  private static double ratio(double[] result, double[] truth, HolePixels where) {
    double whole = where.sum(truth);
    return whole > 0 ? where.sum(result) / whole : Double.NaN;
  }

  private static void check(ImagePlanes truth, ImagePlanes result, Mask mask) {
    ImageMetric.checkShapes(truth, result, mask);
    checkArgument(mask.holeCount() > 0, "a mask must have a hole: found %s", mask);
  }

  private static double psnr(HoleCrop a, HoleCrop b, HolePixels hole) {
    double[] squares = new double[hole.size().pixels()];
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < squares.length; i++) {
        double difference = a.level(c, i) - b.level(c, i);
        squares[i] += difference * difference;
      }
    }
    double mean = hole.sum(squares) / (3.0 * hole.count());
    return 10 * Math.log10(255.0 * 255.0 / Math.max(mean, 1e-9));
  }

  /** Frees the network. */
  @Override
  public void close() {
    distance.close();
  }
}
