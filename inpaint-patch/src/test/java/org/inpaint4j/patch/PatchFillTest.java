package org.inpaint4j.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.inpaint4j.image.FillListener;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.junit.jupiter.api.Test;

class PatchFillTest {

  private static final PatchFill ONE_THREAD = with(1);

  private static final PatchOptions SMALL_REACH =
      PatchOptions.balanced().toBuilder().colourAdaptation(0).reach(8).threads(1).build();

  private static PatchFill with(int threads) {
    return PatchFill.of(PatchOptions.balanced().toBuilder().threads(threads).build());
  }

  /** Diagonal stripes and a checkerboard, of period 4 along both axes. */
  private static ImagePlanes periodic(int width, int height) {
    ImagePlanes image = ImagePlanes.zeros(3, new Size(width, height));
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          float value =
              c == 0 ? (x + y) % 4 / 4f : c == 1 ? Math.floorDiv(x % 4, 2) * 0.5f : y % 4 * 0.25f;
          image.samples()[(c * height + y) * width + x] = value;
        }
      }
    }
    return image;
  }

  private static ImagePlanes random(int channels, int width, int height, long seed) {
    Random random = new Random(seed);
    ImagePlanes image = ImagePlanes.zeros(channels, new Size(width, height));
    double fx = random.nextDouble() * 0.5;
    double fy = random.nextDouble() * 0.5;
    for (int i = 0; i < image.samples().length; i++) {
      int x = i % width;
      int y = i / width % height;
      image.samples()[i] =
          (float) (0.5 + 0.3 * Math.sin(fx * x + fy * y) + 0.1 * random.nextDouble());
    }
    return image;
  }

  private static ImagePlanes withHole(ImagePlanes image, Mask mask, float value) {
    ImagePlanes copy = image.copy();
    int pixels = mask.size().pixels();
    mask.holeBits().stream()
        .forEach(
            i -> {
              for (int c = 0; c < image.channels(); c++) {
                copy.samples()[c * pixels + i] = value;
              }
            });
    return copy;
  }

  private static ImagePlanes fill(PatchFill fill, ImagePlanes image, Mask mask) {
    return fill.fill(FillTask.of(withHole(image, mask, 0), mask)).get(0).image();
  }

  @Test
  void fill_periodicTexture_continuesItExactly() {
    ImagePlanes image = periodic(64, 60);
    Mask mask = Mask.rectangle(64, 60, 20, 18, 21, 23);
    assertThat(fill(ONE_THREAD, image, mask).samples()).isEqualTo(image.samples());
  }

  @Test
  void fill_flatPicture_isFlat() {
    ImagePlanes image = ImagePlanes.zeros(1, new Size(40, 30));
    Arrays.fill(image.samples(), 0.25f);
    Mask mask = Mask.rectangle(40, 30, 10, 8, 15, 12);
    assertThat(fill(ONE_THREAD, image, mask).samples()).containsOnly(0.25f);
  }

  @Test
  void fill_ramp_hasNoSeamAtTheRim() {
    int size = 72;
    ImagePlanes image = ImagePlanes.zeros(1, new Size(size, size));
    for (int i = 0; i < image.samples().length; i++) {
      image.samples()[i] = 0.2f + 0.006f * (i % size);
    }
    Mask mask = Mask.rectangle(size, size, 24, 24, 24, 24);
    ImagePlanes result = fill(ONE_THREAD, image, mask);
    for (int y = 24; y < 48; y++) {
      for (int x = 23; x < 48; x++) {
        assertThat(result.get(0, x + 1, y) - result.get(0, x, y)).isCloseTo(0.006f, within(0.02f));
      }
    }
  }

  @Test
  void fill_noColourAdaptation_copiesSamplesOfThePicture() {
    ImagePlanes image = random(1, 50, 40, 3);
    Mask mask = Mask.rectangle(50, 40, 20, 12, 14, 14);
    PatchFill fill =
        PatchFill.of(PatchOptions.balanced().toBuilder().colourAdaptation(0).threads(1).build());
    ImagePlanes result = fill(fill, image, mask);
    List<Float> known = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      if (!mask.isHole(i % 50, i / 50)) {
        known.add(image.samples()[i]);
      }
    }
    mask.holeBits().stream().forEach(i -> assertThat(known).contains(result.samples()[i]));
  }

  @Test
  void fill_oneTwoOrThreeThreads_givesTheSameBytes() {
    ImagePlanes image = random(3, 130, 110, 1);
    Mask mask = Mask.rectangle(130, 110, 30, 20, 60, 70);
    float[] one = fill(with(1), image, mask).samples();
    assertThat(fill(with(2), image, mask).samples()).isEqualTo(one);
    assertThat(fill(with(3), image, mask).samples()).isEqualTo(one);
  }

  @Test
  void fill_knownPixels_areUntouched() {
    ImagePlanes image = random(3, 70, 50, 2);
    Mask mask = Mask.of(70, 50, (x, y) -> (x < 20 && y > 25) || (x > 50 && x < 60 && y < 12));
    ImagePlanes result = fill(ONE_THREAD, image, mask);
    for (int i = 0; i < image.samples().length; i++) {
      if (!mask.isHole(i % 70, i / 70 % 50)) {
        assertThat(result.samples()[i]).isEqualTo(image.samples()[i]);
      }
    }
  }

  @Test
  void fill_contentOfTheHole_hasNoInfluence() {
    ImagePlanes image = random(3, 70, 50, 4);
    Mask mask = Mask.rectangle(70, 50, 30, 15, 20, 20);
    float[] expected = fill(ONE_THREAD, image, mask).samples();
    for (float value : new float[] {1, -5, Float.NaN, Float.POSITIVE_INFINITY}) {
      FillTask task = FillTask.of(withHole(image, mask, value), mask);
      assertThat(ONE_THREAD.fill(task).get(0).image().samples()).isEqualTo(expected);
    }
  }

  @Test
  void fill_listenerCancelsAtOnce_fillsAllTheSame() {
    ImagePlanes image = periodic(90, 80);
    Mask mask = Mask.rectangle(90, 80, 25, 20, 40, 40);
    List<Integer> steps = new ArrayList<>();
    FillListener once =
        (step, all, loss) -> {
          steps.add(step);
          return false;
        };
    Filling filling =
        ONE_THREAD.fill(FillTask.of(withHole(image, mask, 0), mask).listener(once)).get(0);
    assertThat(filling.status()).isEqualTo(FillStatus.CANCELLED);
    assertThat(steps).containsExactly(1);
    for (float sample : filling.image().samples()) {
      assertThat(sample).isBetween(-0.5f, 1.5f);
    }
  }

  @Test
  void fill_interrupted_returnsAndKeepsTheInterrupt() {
    ImagePlanes image = periodic(60, 60);
    Mask mask = Mask.rectangle(60, 60, 20, 20, 20, 20);
    Thread.currentThread().interrupt();
    Filling filling = with(2).fill(FillTask.of(withHole(image, mask, 0), mask)).get(0);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(filling.status()).isEqualTo(FillStatus.CANCELLED);
  }

  @Test
  void fill_listener_isToldOfEveryRound() {
    ImagePlanes image = random(1, 80, 80, 5);
    Mask mask = Mask.rectangle(80, 80, 25, 25, 30, 30);
    List<Integer> steps = new ArrayList<>();
    List<Integer> all = new ArrayList<>();
    FillTask task =
        new FillTask(
            withHole(image, mask, 0),
            mask,
            7,
            2,
            (step, count, loss) -> {
              steps.add(step);
              all.add(count);
              return !(loss < 0);
            });
    List<Filling> fillings = ONE_THREAD.fill(task);
    assertThat(fillings).hasSize(2);
    assertThat(fillings.get(0).image().samples()).isNotEqualTo(fillings.get(1).image().samples());
    // A slow machine is asked within a round, too: with the same step again.
    assertThat(steps).isSorted();
    assertThat(steps.stream().distinct()).hasSize(all.get(0)).contains(1).contains(all.get(0));
    assertThat(all).containsOnly(all.get(0));
  }

  @Test
  void fill_maskOfSources_copiesFromThereAlone() {
    // Left half dark texture, right half light; the hole is in the dark one.
    ImagePlanes image = random(1, 80, 40, 6);
    for (int i = 0; i < image.samples().length; i++) {
      image.samples()[i] = image.samples()[i] * 0.2f + (i % 80 >= 40 ? 0.8f : 0);
    }
    Mask mask = Mask.rectangle(80, 40, 12, 12, 14, 14);
    PatchOptions options =
        PatchOptions.balanced().toBuilder().colourAdaptation(0).threads(1).build();
    ImagePlanes result =
        fill(PatchFill.of(options), image, mask, Mask.rectangle(80, 40, 40, 0, 40, 40));
    mask.holeBits().stream().forEach(i -> assertThat(result.samples()[i]).isGreaterThan(0.8f));
  }

  @Test
  void fill_fewSourcesFarAway_areFoundAllTheSame() {
    ImagePlanes image = random(1, 300, 40, 6);
    for (int i = 0; i < image.samples().length; i++) {
      image.samples()[i] = image.samples()[i] * 0.2f + (i % 300 >= 280 ? 0.8f : 0);
    }
    Mask mask = Mask.rectangle(300, 40, 12, 12, 10, 10);
    PatchFill fill =
        PatchFill.of(
            PatchOptions.balanced().toBuilder().colourAdaptation(0).reach(8).threads(1).build());
    ImagePlanes result = fill(fill, image, mask, Mask.rectangle(300, 40, 280, 0, 20, 20));
    mask.holeBits().stream().forEach(i -> assertThat(result.samples()[i]).isGreaterThan(0.8f));
  }

  private static ImagePlanes fill(PatchFill fill, ImagePlanes image, Mask mask, Mask sources) {
    FillTask task =
        FillTask.of(withHole(image, mask, 0), mask).sources(java.util.Optional.of(sources));
    return fill.fill(task).get(0).image();
  }

  @Test
  void fill_lonePixelsAsSourcesAroundTheHole_looksForAPatchFartherAway() {
    ImagePlanes image = random(1, 300, 40, 7);
    for (int i = 0; i < image.samples().length; i++) {
      image.samples()[i] = image.samples()[i] * 0.2f + (i % 300 >= 280 ? 0.8f : 0);
    }
    Mask mask = Mask.rectangle(300, 40, 12, 12, 4, 4);
    // More than four times the hole's pixels are near, each on its own.
    Mask sources =
        Mask.of(300, 40, (x, y) -> (x >= 280 && y < 20) || (x < 100 && (x + y) % 2 == 0));
    ImagePlanes result = fill(PatchFill.of(SMALL_REACH), image, mask, sources);
    mask.holeBits().stream().forEach(i -> assertThat(result.samples()[i]).isGreaterThan(0.8f));
  }

  private static int rounds(Mask mask, Mask sources) {
    int[] all = new int[1];
    FillListener listener =
        (step, steps, loss) -> {
          all[0] = steps;
          return true;
        };
    ImagePlanes image = withHole(random(1, mask.width(), mask.height(), 7), mask, 0);
    FillTask task =
        new FillTask(image, mask, 0, 1, listener).sources(java.util.Optional.of(sources));
    List<Filling> unused = PatchFill.of(SMALL_REACH).fill(task);
    return all[0];
  }

  @Test
  void fill_manySpotsWithFarSources_areOneWork() {
    Mask sources = Mask.rectangle(400, 60, 0, 0, 100, 60);
    Mask one = Mask.rectangle(400, 60, 150, 20, 4, 4);
    Mask many = Mask.of(400, 60, (x, y) -> x >= 150 && x % 40 < 4 && y / 4 == 5);
    assertThat(rounds(many, sources)).isEqualTo(rounds(one, sources));
  }

  @Test
  void fill_mirroredSources_copiesThemMirrored() {
    // Steps that rise to the right on the left, and fall on the right: a roof, cut at the right.
    ImagePlanes image = sawtooth(96, 60);
    Mask mask = Mask.rectangle(96, 60, 60, 16, 20, 24);
    Mask left = Mask.rectangle(96, 60, 0, 0, 46, 60);
    PatchOptions.Builder options =
        PatchOptions.balanced().toBuilder().colourAdaptation(0).threads(1);
    ImagePlanes mirrored =
        fill(PatchFill.of(options.turns(SourceTurns.MIRRORED).build()), image, mask, left);
    ImagePlanes plain =
        fill(PatchFill.of(options.turns(SourceTurns.NONE).build()), image, mask, left);
    assertThat(error(mirrored, image)).isLessThan(1e-6);
    assertThat(error(plain, image)).isGreaterThan(1e-3);
  }

  /** Slopes of period 8, which rise to the right in the left half and fall in the right half. */
  private static ImagePlanes sawtooth(int width, int height) {
    ImagePlanes image = ImagePlanes.zeros(1, new Size(width, height));
    for (int i = 0; i < image.samples().length; i++) {
      int x = i % width;
      int from = x < width / 2 ? x : width - 1 - x;
      image.samples()[i] = 0.1f * Math.floorMod(from, 8) + 0.1f * (i / width / 5 % 2);
    }
    return image;
  }

  private static double error(ImagePlanes one, ImagePlanes other) {
    double sum = 0;
    for (int i = 0; i < one.samples().length; i++) {
      double d = one.samples()[i] - other.samples()[i];
      sum += d * d;
    }
    return sum / one.samples().length;
  }

  @Test
  void fill_quarterTurns_copyStripesAcross() {
    // Horizontal stripes on the left, vertical ones on the right; only the left may be copied.
    int w = 96;
    ImagePlanes image = ImagePlanes.zeros(1, new Size(w, 64));
    for (int i = 0; i < image.samples().length; i++) {
      int along = i % w < 48 ? i / w : i % w;
      image.samples()[i] = 0.2f * Math.floorMod(along, 4);
    }
    Mask mask = Mask.rectangle(w, 64, 64, 20, 20, 20);
    Mask left = Mask.rectangle(w, 64, 0, 0, 46, 64);
    PatchOptions.Builder options =
        PatchOptions.balanced().toBuilder().colourAdaptation(0).threads(1);
    ImagePlanes turned =
        fill(PatchFill.of(options.turns(SourceTurns.ALL).build()), image, mask, left);
    assertThat(error(turned, image)).isLessThan(1e-6);
    ImagePlanes plain =
        fill(PatchFill.of(options.turns(SourceTurns.NONE).build()), image, mask, left);
    assertThat(error(plain, image)).isGreaterThan(1e-3);
  }

  @Test
  void fill_avoidingRepeats_usesMorePlaces() {
    Mask mask = Mask.rectangle(160, 120, 50, 30, 60, 60);
    PatchOptions.Builder options =
        PatchOptions.balanced().toBuilder().colourAdaptation(0).threads(1);
    long repeating = 0;
    long avoiding = 0;
    for (int seed = 11; seed < 14; seed++) {
      // Of less contrast, so that other places do nearly as well.
      ImagePlanes image = random(1, 160, 120, seed);
      for (int i = 0; i < image.samples().length; i++) {
        image.samples()[i] = 0.3f * image.samples()[i];
      }
      repeating +=
          places(fill(PatchFill.of(options.avoidsRepeats(false).build()), image, mask), mask);
      avoiding +=
          places(fill(PatchFill.of(options.avoidsRepeats(true).build()), image, mask), mask);
    }
    assertThat(avoiding).isGreaterThan(repeating);
  }

  /** Samples are all but unique in a random picture: how many of them the hole holds. */
  private static long places(ImagePlanes image, Mask mask) {
    return mask.holeBits().stream().mapToObj(i -> image.samples()[i]).distinct().count();
  }

  @Test
  void fill_listenerAsksForPreviews_seesTheHoleBecomeTheResult() {
    ImagePlanes image = random(3, 90, 80, 12);
    Mask mask = Mask.rectangle(90, 80, 25, 20, 40, 40);
    List<ImagePlanes> previews = new ArrayList<>();
    FillListener looks =
        new FillListener() {
          @Override
          public boolean onStep(int step, int steps, double loss) {
            throw new AssertionError("there is a preview");
          }

          @Override
          public boolean onStep(
              int step, int steps, double loss, java.util.function.Supplier<ImagePlanes> preview) {
            previews.add(preview.get());
            return true;
          }
        };
    FillTask task = FillTask.of(withHole(image, mask, 0), mask);
    ImagePlanes result = ONE_THREAD.fill(task.listener(looks)).get(0).image();
    // Looking changes nothing.
    assertThat(result.samples()).isEqualTo(ONE_THREAD.fill(task).get(0).image().samples());
    ImagePlanes first = previews.get(0);
    ImagePlanes last = previews.get(previews.size() - 1);
    assertThat(error(last, result)).isLessThan(error(first, result));
    for (int i = 0; i < first.samples().length; i++) {
      if (!mask.isHole(i % 90, i / 90 % 80)) {
        assertThat(first.samples()[i]).isEqualTo(image.samples()[i]);
      } else {
        assertThat(first.samples()[i]).isBetween(0.15f, 0.95f);
      }
    }
  }

  @Test
  void fill_maskOfSourcesWithoutAPatch_isRefused() {
    ImagePlanes image = random(1, 40, 40, 6);
    Mask mask = Mask.rectangle(40, 40, 12, 12, 14, 14);
    Mask none = Mask.rectangle(40, 40, 0, 0, 2, 2);
    assertThatThrownBy(() -> fill(ONE_THREAD, image, mask, none))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "mask of sources must hold a patch of known pixels: expected 3x3 of them, found none");
    Mask other = Mask.rectangle(41, 40, 0, 0, 9, 9);
    assertThatThrownBy(() -> fill(ONE_THREAD, image, mask, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mask of sources must be as large as the picture: expected 40x40, found 41x40");
  }

  @Test
  void fill_knownSampleNotFinite_isRefused() {
    ImagePlanes image = random(1, 40, 40, 6);
    image.samples()[5] = Float.NaN;
    Mask mask = Mask.rectangle(40, 40, 12, 12, 14, 14);
    assertThatThrownBy(() -> fill(ONE_THREAD, image, mask))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("known samples must be finite: found NaN at (5, 0)");
  }

  @Test
  void fill_oneKnownPixel_spreadsIt() {
    ImagePlanes image = random(3, 17, 9, 6);
    Mask mask = Mask.of(17, 9, (x, y) -> x != 4 || y != 3);
    ImagePlanes result = fill(ONE_THREAD, image, mask);
    for (int c = 0; c < 3; c++) {
      assertThat(result.get(c, 16, 8)).isCloseTo(image.get(c, 4, 3), within(1e-3f));
    }
  }

  @Test
  void fill_twoHolesFarApart_areFilledAsIfAlone() {
    ImagePlanes image = random(1, 400, 60, 8);
    Mask left = Mask.rectangle(400, 60, 20, 20, 12, 12);
    Mask both = Mask.of(400, 60, (x, y) -> left.isHole(x, y) || (x > 360 && x < 374 && y > 30));
    float[] alone = fill(ONE_THREAD, image, left).samples();
    float[] together = fill(ONE_THREAD, image, both).samples();
    left.holeBits().stream().forEach(i -> assertThat(together[i]).isEqualTo(alone[i]));
  }

  @Test
  void fill_randomPictures_staysInTheRangeOfWhatIsKnown() {
    Random random = new Random(20);
    for (int n = 0; n < 60; n++) {
      int w = 1 + random.nextInt(n % 10 == 0 ? 160 : 48);
      int h = 2 + random.nextInt(n % 10 == 5 ? 160 : 48);
      ImagePlanes image = random(n % 2 == 0 ? 3 : 1, w, h, n);
      double noise = n % 3 == 0 ? random.nextDouble() : 0;
      int hx = random.nextInt(w);
      int hy = random.nextInt(h);
      int size = 1 + random.nextInt(60);
      Mask mask =
          Mask.of(
              w,
              h,
              (x, y) ->
                  (x * 31 + y * 57) % 97 < 97 * noise
                      || (Math.hypot(x - hx, y - hy) < size && (x != 0 || y != h - 1)));
      if (mask.holeCount() == 0 || mask.holeCount() == w * h) {
        continue;
      }
      ImagePlanes result = fill(ONE_THREAD, image, mask);
      for (int i = 0; i < result.samples().length; i++) {
        assertThat(result.samples()[i]).as("picture %s", n).isBetween(0.19f, 0.91f);
      }
    }
  }

  @Test
  void provenance_differs_wherePicturesDo() {
    PatchOptions options = PatchOptions.balanced();
    assertThat(with(1).provenance()).isEqualTo(with(5).provenance());
    assertThat(PatchFill.of(options.toBuilder().patchSize(5).build()).provenance())
        .isNotEqualTo(PatchFill.create().provenance());
    assertThat(PatchFill.of(options.toBuilder().turns(SourceTurns.MIRRORED).build()).provenance())
        .isNotEqualTo(PatchFill.create().provenance());
  }

  @Test
  void options_outOfRange_areRefused() {
    PatchOptions.Builder builder = PatchOptions.balanced().toBuilder();
    assertThatThrownBy(() -> builder.patchSize(4).build())
        .hasMessage("patch size must be odd and from 3 to 15: found 4");
    assertThatThrownBy(() -> builder.patchSize(7).colourAdaptation(-1).build())
        .hasMessage("colour adaptation must lie between 0 and 1: found -1.0");
    assertThatThrownBy(() -> builder.colourAdaptation(0).threads(0).build())
        .hasMessage("threads must be positive: found 0");
  }
}
