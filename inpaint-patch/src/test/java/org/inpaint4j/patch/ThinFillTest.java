package org.inpaint4j.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.inpaint4j.blend.PoissonOptions;
import org.inpaint4j.blend.SmoothFill;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThinFillTest {

  /** Standard deviation in the hole of a flat picture of Gaussian grain. */
  private static double grainIn(double strength, double amount) {
    java.util.Random random = new java.util.Random(5);
    ImagePlanes image = ImagePlanes.zeros(3, new Size(90, 80));
    for (int i = 0; i < image.samples().length; i++) {
      image.samples()[i] = (float) (0.5 + strength * random.nextGaussian());
    }
    Mask mask = Mask.of(90, 80, (x, y) -> (x + y / 4) % 22 < 4);
    ImagePlanes filled = ThinFill.of(ThinOptions.balanced().withGrain(amount)).fill(image, mask);
    double squares = 0;
    for (int i = 0; i < filled.samples().length; i++) {
      if (mask.isHole(i % 90, i / 90 % 80)) {
        squares += Math.pow(filled.samples()[i] - 0.5, 2);
      }
    }
    return Math.sqrt(squares / (3 * mask.holeCount()));
  }

  @Test
  void fill_withGrain_isAsGrainyAsThePicture() {
    assertThat(grainIn(0.04, 0)).isLessThan(0.022);
    assertThat(grainIn(0.04, 1)).isBetween(0.034, 0.046);
    assertThat(grainIn(0, 1)).isZero();
  }

  @Test
  void options_grainOutOfRange_isRefused() {
    ThinOptions options = ThinOptions.balanced();
    assertThatThrownBy(() -> options.withGrain(1.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("grain must lie between 0 and 1: found 1.5");
  }

  /** A stripe, a diagonal scratch and a spot. */
  private static Mask scratches(int width, int height) {
    return Mask.of(
        width,
        height,
        (x, y) -> (y >= 12 && y < 16) || Math.abs(x - y - 10) < 2 || (x / 3 == 10 && y / 3 == 9));
  }

  private static ImagePlanes waves(int channels, int width, int height) {
    ImagePlanes image = ImagePlanes.zeros(channels, new Size(width, height));
    for (int c = 0, i = 0; c < channels; c++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++, i++) {
          image.samples()[i] = (float) (.5 + .3 * Math.sin(.9 * x + .4 * y + c));
        }
      }
    }
    return image;
  }

  private static ImagePlanes speckled(int channels, int width, int height) {
    ImagePlanes image = waves(channels, width, height);
    Random random = new Random(3);
    for (int i = 0; i < image.samples().length; i++) {
      image.samples()[i] += (float) (.05 * random.nextGaussian());
    }
    return image;
  }

  private static double rootMeanSquare(ImagePlanes a, ImagePlanes b, Mask mask) {
    double sum = 0;
    for (int c = 0; c < a.channels(); c++) {
      for (int y = 0; y < a.height(); y++) {
        for (int x = 0; x < a.width(); x++) {
          double difference = mask.isHole(x, y) ? a.get(c, x, y) - b.get(c, x, y) : 0;
          sum += difference * difference;
        }
      }
    }
    return Math.sqrt(sum / (a.channels() * (double) mask.holeCount()));
  }

  @Test
  void fill_flat_isFlat() {
    float[] samples = new float[40 * 30];
    java.util.Arrays.fill(samples, .4f);
    ImagePlanes image = new ImagePlanes(1, new Size(40, 30), samples.clone());

    ImagePlanes result = ThinFill.create().fill(image, scratches(40, 30));

    assertThat(result.samples()).containsExactly(samples, within(1e-6f));
  }

  @Test
  void fill_plane_isContinued() {
    ImagePlanes image = ImagePlanes.zeros(1, new Size(48, 40));
    for (int i = 0; i < 48 * 40; i++) {
      image.samples()[i] = .1f + .01f * (i % 48) + .005f * (i / 48f);
    }

    ImagePlanes result = ThinFill.create().fill(image, scratches(48, 40));

    assertThat(rootMeanSquare(result, image, scratches(48, 40))).isLessThan(.5 / 255);
  }

  @Test
  void fill_sinusoid_isReproducedWhereSmoothFillsAreNot() {
    ImagePlanes image = waves(3, 64, 48);
    Mask mask = scratches(64, 48);

    double error = rootMeanSquare(ThinFill.create().fill(image, mask), image, mask);

    assertThat(error).isLessThan(2 / 255.);
    assertThat(rootMeanSquare(SmoothFill.BIHARMONIC.fill(image, mask), image, mask))
        .isGreaterThan(8 / 255.);
  }

  @Test
  void fill_edgeAcrossTheStripe_staysSharp() {
    // A slanted edge between two greys with noise: the smooth fill rounds it off.
    ImagePlanes image = speckled(1, 64, 48);
    for (int y = 0, i = 0; y < 48; y++) {
      for (int x = 0; x < 64; x++, i++) {
        image.samples()[i] = 2 * x + y > 84 ? .8f : .2f;
      }
    }
    Mask mask = Mask.rectangle(64, 48, 0, 20, 64, 5);

    double error = rootMeanSquare(ThinFill.create().fill(image, mask), image, mask);

    assertThat(error).isLessThan(.03);
    assertThat(error)
        .isLessThan(.5 * rootMeanSquare(SmoothFill.BIHARMONIC.fill(image, mask), image, mask));
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "3, 3", "3, 5"})
  void fill_moreThreads_sameBits(int channels, int threads) {
    ImagePlanes image = speckled(channels, 90, 70);
    Mask mask = scratches(90, 70);
    ThinOptions options = ThinOptions.balanced().withThreads(1);

    ImagePlanes one = ThinFill.of(options).fill(image, mask);

    assertThat(ThinFill.of(options.withThreads(threads)).fill(image, mask).samples())
        .isEqualTo(one.samples());
  }

  @Test
  void fill_holeContentAndFarPixels_haveNoInfluence() {
    ImagePlanes image = speckled(3, 90, 70);
    Mask mask = Mask.rectangle(90, 70, 20, 20, 6, 3);
    ImagePlanes other = image.copy();
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < 70; y++) {
        for (int x = 0; x < 90; x++) {
          if (mask.isHole(x, y) || x > 25 + ThinFill.create().context()) {
            other.samples()[(c * 70 + y) * 90 + x] = Float.NaN;
          }
        }
      }
    }

    ImagePlanes expected = ThinFill.create().fill(image, mask);
    ImagePlanes result = ThinFill.create().fill(other, mask);

    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < 70; y++) {
        for (int x = 0; x < 90; x++) {
          int i = (c * 70 + y) * 90 + x;
          float[] known = mask.isHole(x, y) ? expected.samples() : other.samples();
          assertThat(Float.floatToRawIntBits(result.samples()[i]))
              .isEqualTo(Float.floatToRawIntBits(known[i]));
        }
      }
    }
  }

  @Test
  void fill_nanNearTheHole_isRefused() {
    ImagePlanes image = speckled(1, 40, 40);
    image.samples()[15 * 40 + 15] = Float.NaN;

    assertThatThrownBy(() -> ThinFill.create().fill(image, Mask.rectangle(40, 40, 20, 20, 3, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("finite");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1x2", "2x1", "3x3", "5x40", "40x5", "12x12"})
  void fill_oneKnownPixel_isThatPixelEverywhere(String size) {
    int width = Integer.parseInt(size.substring(0, size.indexOf('x')));
    int height = Integer.parseInt(size.substring(size.indexOf('x') + 1));
    ImagePlanes image = ImagePlanes.zeros(3, new Size(width, height));
    java.util.Arrays.fill(image.samples(), Float.NaN);
    for (int c = 0; c < 3; c++) {
      image.samples()[c * width * height] = .2f * (c + 1);
    }

    ImagePlanes result = ThinFill.create().fill(image, Mask.of(width, height, (x, y) -> x + y > 0));

    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < width * height; i++) {
        assertThat(result.samples()[c * width * height + i]).isEqualTo(.2f * (c + 1));
      }
    }
  }

  @Test
  void fill_wideHole_staysWithinTheKnownSamples() {
    ImagePlanes image = speckled(1, 120, 100);
    Mask mask = Mask.rectangle(120, 100, 20, 20, 70, 60);

    ImagePlanes result = ThinFill.create().fill(image, mask);

    float least = 1;
    float most = 0;
    for (int i = 0; i < image.samples().length; i++) {
      if (!mask.isHole(i % 120, i / 120)) {
        least = Math.min(least, image.samples()[i]);
        most = Math.max(most, image.samples()[i]);
      }
    }
    for (float sample : result.samples()) {
      assertThat(sample).isBetween(least, most);
    }
  }

  @Test
  void fill_cancelledAtOnce_isOneCycleOfTheHarmonicStart() {
    ImagePlanes image = speckled(3, 90, 70);
    Mask mask = scratches(90, 70);
    int[] asked = new int[1];
    FillTask task = new FillTask(image, mask, 0, 1, (step, steps, loss) -> ++asked[0] < 1);

    Filling filling = ThinFill.of(ThinOptions.balanced().withThreads(1)).fill(task).get(0);

    assertThat(asked[0]).isEqualTo(1);
    assertThat(filling.status()).isEqualTo(FillStatus.CANCELLED);
    ImagePlanes quick =
        SmoothFill.HARMONIC.solve(image, mask, PoissonOptions.seamless(), () -> false).image();
    assertThat(filling.image().samples()).containsExactly(quick.samples(), within(1e-5f));
  }

  @Test
  void fill_onAnInterruptedThread_endsInTheFirstTile() {
    ImagePlanes image = speckled(1, 3000, 30);
    int[] last = new int[2];
    FillTask task =
        new FillTask(
            image,
            Mask.rectangle(3000, 30, 20, 12, 2900, 4),
            0,
            1,
            (step, steps, loss) -> {
              last[0] = step;
              last[1] = steps;
              return true;
            });
    Thread.currentThread().interrupt();

    Filling filling = ThinFill.of(ThinOptions.balanced().withThreads(1)).fill(task).get(0);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(filling.status()).isEqualTo(FillStatus.CANCELLED);
    assertThat(last[0]).isEqualTo(1);
    assertThat(last[1]).isEqualTo(40_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 1500})
  void fill_cancelled_isFilledAndSaysSo(int last) {
    ImagePlanes image = speckled(3, 90, 70);
    Mask mask = scratches(90, 70);
    FillTask task = new FillTask(image, mask, 0, 1, (step, steps, loss) -> step < last);

    List<Filling> fillings = ThinFill.of(ThinOptions.balanced().withThreads(1)).fill(task);

    assertThat(fillings).hasSize(1);
    assertThat(fillings.get(0).status()).isEqualTo(FillStatus.CANCELLED);
    assertThat(rootMeanSquare(fillings.get(0).image(), image, mask)).isLessThan(.2);
  }

  @Test
  void fill_listener_countsUpToTheEnd() {
    int[] last = new int[2];
    FillTask task =
        new FillTask(
            speckled(1, 90, 70),
            scratches(90, 70),
            0,
            1,
            (step, steps, loss) -> {
              assertThat(step).isGreaterThan(last[0]);
              last[0] = step;
              last[1] = steps;
              return true;
            });

    Filling filling = ThinFill.of(ThinOptions.balanced().withThreads(1)).fill(task).get(0);

    assertThat(filling.status()).isEqualTo(FillStatus.COMPLETED);
    assertThat(last[0]).isEqualTo(last[1]).isPositive();
  }

  @Test
  void fill_inputs_areNotModified() {
    ImagePlanes image = speckled(3, 60, 50);
    float[] before = image.samples().clone();

    ThinFill.create().fill(image, scratches(60, 50));

    assertThat(image.samples()).isEqualTo(before);
  }

  @Test
  void options_wrong_areNamed() {
    assertThatThrownBy(() -> ThinOptions.balanced().withNeighbours(30))
        .hasMessageContaining("multiple of 4: found 30");
    assertThatThrownBy(() -> ThinOptions.balanced().withReach(1)).hasMessageContaining("reach");
  }
}
