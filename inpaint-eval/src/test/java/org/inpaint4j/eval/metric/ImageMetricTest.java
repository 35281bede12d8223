package org.inpaint4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImageMetricTest {

  private static final Mask TOP = Mask.rectangle(1, 2, 0, 0, 1, 1);

  @Test
  void of_twoPixelsByHand_givesTheFormulas() {
    ImagePlanes truth = new ImagePlanes(3, new Size(1, 2), new float[] {1, 0, 0, 0, 0, 0});
    ImagePlanes result = new ImagePlanes(3, new Size(1, 2), new float[] {0.5f, 0, 0.5f, 0, 0, 0});
    double a = 0.2125;
    double b = 0.5 * 0.2125 + 0.5 * 0.7154;
    assertValue(ImageMetric.REFERENCE_L1, truth, result, 100 * (b - a) / (a + b));
    assertValue(ImageMetric.REFERENCE_L1_HOLE, truth, result, 100 * (b - a) / (a + b));
    assertValue(ImageMetric.REFERENCE_PSNR, truth, result, -10 * Math.log10((b - a) * (b - a) / 2));
    assertValue(ImageMetric.REFERENCE_PSNR_HOLE, truth, result, -20 * Math.log10(b - a));
    assertValue(ImageMetric.MAE, truth, result, 100 * 1.0 / 6);
    assertValue(ImageMetric.MAE_HOLE, truth, result, 100 * 1.0 / 3);
    assertValue(ImageMetric.PSNR, truth, result, -10 * Math.log10(0.5 / 6));
    assertValue(ImageMetric.PSNR_HOLE, truth, result, -10 * Math.log10(0.5 / 3));
  }

  private static void assertValue(
      ImageMetric metric, ImagePlanes truth, ImagePlanes result, double expected) {
    assertThat(metric.of(truth, result, TOP)).as(metric.label()).isCloseTo(expected, within(1e-12));
  }

  @Test
  void of_portraits_equalsScikitImage() throws IOException {
    int compared = 0;
    try (Reader file =
            new InputStreamReader(
                ImageMetricTest.class.getResourceAsStream("metrics/golden.csv"),
                StandardCharsets.UTF_8);
        CsvReader<CsvRecord> rows = CsvReader.builder().ofCsvRecord(file)) {
      for (CsvRecord row : rows) {
        String picture = "metrics/" + row.getField(0);
        ImageMetric metric = ImageMetric.valueOf(row.getField(1));
        double value =
            metric.of(
                Pictures.resource(picture + "-truth.png"),
                Pictures.resource(picture + "-result.png"),
                Pictures.mask(picture + "-mask.png"));
        assertThat(value)
            .as("%s of %s", metric, picture)
            .isCloseTo(Double.parseDouble(row.getField(2)), within(1e-6));
        compared++;
      }
    }
    assertThat(compared).isEqualTo(3 * ImageMetric.values().length);
  }

  @ParameterizedTest
  @EnumSource
  void of_equalImages_isPerfect(ImageMetric metric) {
    ImagePlanes image = random(3, 20, 13, 5);
    double value = metric.of(image, image.copy(), Mask.rectangle(13, 20, 2, 3, 4, 5));
    if (!metric.higherIsBetter()) {
      assertThat(value).isZero();
    } else if (metric.name().contains("PSNR")) {
      assertThat(value).isEqualTo(Double.POSITIVE_INFINITY);
    } else {
      assertThat(value).isCloseTo(1, within(1e-12));
    }
  }

  @ParameterizedTest
  @EnumSource
  void of_gettingWorse_isWorse(ImageMetric metric) {
    ImagePlanes truth = random(3, 24, 24, 1);
    Mask mask = Mask.rectangle(24, 24, 4, 4, 12, 12);
    ImagePlanes near = truth.copy();
    ImagePlanes far = truth.copy();
    Random random = new Random(2);
    for (int i = 0; i < near.samples().length; i++) {
      float shift = random.nextFloat() - 0.5f;
      near.samples()[i] = Math.max(0, Math.min(1, near.samples()[i] + 0.1f * shift));
      far.samples()[i] = Math.max(0, Math.min(1, far.samples()[i] + 0.6f * shift));
    }
    double good = metric.of(truth, near, mask);
    double bad = metric.of(truth, far, mask);
    assertThat(metric.higherIsBetter() ? good - bad : bad - good).isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void ofHole_changesOutsideWithinReachOfNoWindow_doNotCount(ImageMetric metric) {
    if (!metric.name().endsWith("_HOLE")) {
      return;
    }
    ImagePlanes truth = random(3, 40, 40, 1);
    Mask mask = Mask.rectangle(40, 40, 25, 25, 10, 10);
    ImagePlanes result = random(3, 40, 40, 2);
    double before = metric.of(truth, result, mask);
    result.samples()[3 * 40 + 3] = 0.123f;
    assertThat(metric.of(truth, result, mask)).isEqualTo(before);
  }

  @Test
  void of_wrongShapes_isRefused() {
    ImagePlanes image = random(3, 12, 12, 1);
    assertThatThrownBy(
            () ->
                ImageMetric.MAE.of(image, random(3, 12, 13, 1), Mask.rectangle(12, 12, 0, 0, 1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected 3x12x12")
        .hasMessageContaining("found 3x12x13");
    assertThatThrownBy(() -> ImageMetric.MAE.of(image, image, Mask.rectangle(12, 13, 0, 0, 1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected 12x12, found 12x13");
    assertThatThrownBy(
            () -> ImageMetric.PSNR_HOLE.of(image, image, Mask.rectangle(12, 12, 0, 0, 0, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must have a hole");
    ImagePlanes small = random(1, 10, 12, 1);
    assertThatThrownBy(() -> ImageMetric.SSIM.of(small, small, Mask.rectangle(12, 10, 0, 0, 1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 11x11");
  }

  @Test
  void gaussianTaps_asSciPyTruncatesThem_reachFivePixels() {
    // An impulse of 1 far from the border: the mean map's only nonzero values are within 5 pixels.
    ImagePlanes truth = ImagePlanes.zeros(1, new Size(31, 31));
    ImagePlanes result = truth.copy();
    result.samples()[15 * 31 + 15] = 1;
    Mask within = Mask.rectangle(31, 31, 10, 10, 11, 11);
    Mask outside = Mask.of(31, 31, (x, y) -> !within.isHole(x, y));
    assertThat(ImageMetric.SSIM_HOLE.of(truth, result, within)).isLessThan(0.9);
    assertThat(ImageMetric.SSIM_HOLE.of(truth, result, outside)).isEqualTo(1);
  }

  private static ImagePlanes random(int channels, int height, int width, long seed) {
    ImagePlanes image = ImagePlanes.zeros(channels, new Size(width, height));
    Random random = new Random(seed);
    for (int i = 0; i < image.samples().length; i++) {
      image.samples()[i] = random.nextFloat();
    }
    return image;
  }
}
