package org.inpaint4j.eval.metric;

import static com.google.common.base.Preconditions.checkArgument;

import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;

/**
 * The distance between a filled image and the true one.
 *
 * <p>Two families, which disagree on the same pair of images and must never be mixed. The
 * <em>reference's</em> ({@code REFERENCE_…}) are those of the implementation whose published table
 * this library re-creates: the images become gray first, by {@code 0.2125 R + 0.7154 G + 0.0721 B}
 * (the weights of Rec. 709 as scikit-image's {@code rgb2gray} rounds them). The <em>field's</em>
 * keep the colours, but for {@code GRAY_SSIM}. Each comes for the whole image and, as {@code
 * …_HOLE}, for the pixels of the hole alone. The numbers over the whole image flatter small holes:
 * all known pixels count as perfect.
 *
 * <p>All are computed in float64. None of them says whether a picture looks right: a blurred fill
 * has better values than a sharp face in the wrong place. Use {@link FeatureStatistics} for that.
 */
public enum ImageMetric {
  /**
   * The reference's relative l1 in percent: {@code 100 Σ|a - b| / Σ(a + b)} over gray samples; 0
   * for two black images.
   */
  REFERENCE_L1("reference l1 %", Kind.GRAY_L1, false),

  /**
   * SSIM as the reference computes it: gray, by columns, a uniform window of 11 rows of one column,
   * sample covariance, data range 1, the mean over all windows that lie inside the image, as
   * scikit-image's {@code structural_similarity(a, b, win_size=11, data_range=1,
   * multichannel=True)} of two gray images. That argument makes scikit-image take each column for a
   * channel. So the published SSIM of the reference is comparable with this one alone; {@link
   * #GRAY_SSIM} is what was probably meant.
   *
   * <p>In the hole: the mean over the hole's pixels of the whole map, whose windows see the image
   * mirrored at its borders (the border pixels twice).
   */
  REFERENCE_SSIM("reference SSIM", Kind.COLUMN_SSIM, false),

  /** The reference's PSNR: gray, peak 1, in dB; infinite for equal images. */
  REFERENCE_PSNR("reference PSNR", Kind.GRAY_PSNR, false),

  /** The mean absolute error over the samples of all channels, in percent of the full range. */
  MAE("MAE %", Kind.COLOUR_L1, false),

  /**
   * SSIM after Wang, Bovik, Sheikh and Simoncelli (Image Quality Assessment: From Error Visibility
   * to Structural Similarity, 2004): Gaussian window of 11x11 with σ = 1.5, population covariance,
   * data range 1; the mean over channels and all windows that lie inside the image, as
   * scikit-image's {@code structural_similarity(a, b, gaussian_weights=True,
   * use_sample_covariance=False, data_range=1)}.
   *
   * <p>In the hole: as {@link #REFERENCE_SSIM}.
   */
  SSIM("SSIM", Kind.COLOUR_SSIM, false),

  /** PSNR over the samples of all channels, peak 1, in dB; infinite for equal images. */
  PSNR("PSNR", Kind.COLOUR_PSNR, false),

  /**
   * SSIM of gray images in two dimensions: uniform window of 11x11, sample covariance, data range
   * 1, as scikit-image's {@code structural_similarity(a, b, win_size=11, data_range=1)}. Not to be
   * compared with the reference's numbers: {@link #REFERENCE_SSIM} of the same images differs by up
   * to 0.2.
   *
   * <p>In the hole: as {@link #REFERENCE_SSIM}.
   */
  GRAY_SSIM("SSIM of gray images, 11x11", Kind.GRAY_SSIM, false),

  /** {@link #REFERENCE_L1} over the pixels of the hole. */
  REFERENCE_L1_HOLE("reference l1 % in the hole", Kind.GRAY_L1, true),

  /** {@link #REFERENCE_SSIM} over the pixels of the hole. */
  REFERENCE_SSIM_HOLE("reference SSIM in the hole", Kind.COLUMN_SSIM, true),

  /** {@link #REFERENCE_PSNR} over the pixels of the hole. */
  REFERENCE_PSNR_HOLE("reference PSNR in the hole", Kind.GRAY_PSNR, true),

  /** {@link #GRAY_SSIM} over the pixels of the hole. */
  GRAY_SSIM_HOLE("SSIM of gray images, 11x11, in the hole", Kind.GRAY_SSIM, true),

  /** {@link #MAE} over the pixels of the hole. */
  MAE_HOLE("MAE % in the hole", Kind.COLOUR_L1, true),

  /** {@link #SSIM} over the pixels of the hole. */
  SSIM_HOLE("SSIM in the hole", Kind.COLOUR_SSIM, true),

  /** {@link #PSNR} over the pixels of the hole. */
  PSNR_HOLE("PSNR in the hole", Kind.COLOUR_PSNR, true);

  private enum Kind {
    GRAY_L1,
    COLUMN_SSIM,
    GRAY_SSIM,
    GRAY_PSNR,
    COLOUR_L1,
    COLOUR_SSIM,
    COLOUR_PSNR
  }

  private final String label;
  private final Kind kind;
  private final boolean holeOnly;

  ImageMetric(String label, Kind kind, boolean holeOnly) {
    this.label = label;
    this.kind = kind;
    this.holeOnly = holeOnly;
  }

  /**
   * The name for people.
   *
   * @return for example {@code reference l1 %}
   */
  public String label() {
    return label;
  }

  /**
   * Which direction is good.
   *
   * @return true for SSIM and PSNR, false for errors
   */
  public boolean higherIsBetter() {
    return kind != Kind.GRAY_L1 && kind != Kind.COLOUR_L1;
  }

  /**
   * Compares two images.
   *
   * @param truth the true image, 1 or 3 channels (red, green, blue) of samples from 0 (black) to 1
   *     (white). Not modified.
   * @param result the filled image, of the same shape and range. Not modified.
   * @param mask the hole; only the metrics of the hole look at it. Not modified.
   * @return the value
   * @throws IllegalArgumentException if the shapes differ, if the metric is one of the hole and
   *     there is no hole, or if it is an SSIM and the image is smaller than 11x11
   */
  public double of(ImagePlanes truth, ImagePlanes result, Mask mask) {
    check(truth, result, mask);
    return switch (kind) {
      case GRAY_L1 -> relativeL1(gray(truth), gray(result), mask);
      case GRAY_PSNR -> psnr(gray(truth), gray(result), mask);
      case COLUMN_SSIM -> similarity(Ssim.columns(), gray(truth), gray(result), mask);
      case GRAY_SSIM -> similarity(Ssim.uniform(), gray(truth), gray(result), mask);
      case COLOUR_L1 -> 100 * meanError(samples(truth), samples(result), mask, false);
      case COLOUR_PSNR -> psnr(samples(truth), samples(result), mask);
      case COLOUR_SSIM -> {
        double sum = 0;
        for (int c = 0; c < truth.channels(); c++) {
          sum += similarity(Ssim.gaussian(), plane(truth, c), plane(result, c), mask);
        }
        yield sum / truth.channels();
      }
    };
  }

  private double similarity(Ssim ssim, double[] a, double[] b, Mask mask) {
    checkArgument(
        mask.width() >= Ssim.WINDOW && mask.height() >= Ssim.WINDOW,
        "an image must be at least 11x11 for SSIM: found %sx%s",
        mask.width(),
        mask.height());
    return holeOnly ? ssim.meanInHole(a, b, mask) : ssim.mean(a, b, mask.width(), mask.height());
  }

  /** Refuses images and masks that no measure can compare. */
  static void checkShapes(ImagePlanes truth, ImagePlanes result, Mask mask) {
    checkArgument(
        truth.channels() == 1 || truth.channels() == 3,
        "an image must have 1 or 3 channels: found %s",
        truth);
    checkArgument(
        truth.channels() == result.channels()
            && truth.width() == result.width()
            && truth.height() == result.height(),
        "the result must have the shape of the truth: expected %s, found %s",
        truth,
        result);
    checkArgument(
        mask.width() == truth.width() && mask.height() == truth.height(),
        "the mask must be as large as the image: expected %sx%s, found %sx%s",
        truth.width(),
        truth.height(),
        mask.width(),
        mask.height());
  }

  private void check(ImagePlanes truth, ImagePlanes result, Mask mask) {
    checkShapes(truth, result, mask);
    checkArgument(
        !holeOnly || mask.holeCount() > 0, "a metric of the hole must have a hole: found %s", mask);
  }

  private double relativeL1(double[] a, double[] b, Mask mask) {
    double difference = 0;
    double sum = 0;
    int width = mask.width();
    for (int i = 0; i < a.length; i++) {
      if (!holeOnly || mask.isHole(i % width, i / width)) {
        difference += Math.abs(a[i] - b[i]);
        sum += a[i] + b[i];
      }
    }
    return difference == 0 ? 0 : 100 * difference / sum;
  }

  private double psnr(double[] a, double[] b, Mask mask) {
    return -10 * Math.log10(meanError(a, b, mask, true));
  }

  /** The mean of |a - b| or (a - b)²; planes first, and the mask holds for each plane. */
  private double meanError(double[] a, double[] b, Mask mask, boolean squared) {
    int width = mask.width();
    int pixels = width * mask.height();
    double sum = 0;
    long count = 0;
    for (int i = 0; i < a.length; i++) {
      int pixel = i % pixels;
      if (!holeOnly || mask.isHole(pixel % width, pixel / width)) {
        double difference = a[i] - b[i];
        sum += squared ? difference * difference : Math.abs(difference);
        count++;
      }
    }
    return sum / count;
  }

  private static double[] samples(ImagePlanes image) {
    float[] samples = image.samples();
    double[] wide = new double[samples.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = samples[i];
    }
    return wide;
  }

  private static double[] plane(ImagePlanes image, int channel) {
    int pixels = image.width() * image.height();
    double[] wide = new double[pixels];
    for (int i = 0; i < pixels; i++) {
      wide[i] = image.samples()[channel * pixels + i];
    }
    return wide;
  }

  private static double[] gray(ImagePlanes image) {
    if (image.channels() == 1) {
      return samples(image);
    }
    float[] samples = image.samples();
    int pixels = image.width() * image.height();
    double[] gray = new double[pixels];
    for (int i = 0; i < pixels; i++) {
      gray[i] =
          0.2125 * samples[i] + 0.7154 * samples[pixels + i] + 0.0721 * samples[2 * pixels + i];
    }
    return gray;
  }
}
