package org.inpaint4j.patch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inpaint4j.image.FillListener;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.junit.jupiter.api.Test;

class MixedFillTest {

  private static final int WIDTH = 120;
  private static final int HEIGHT = 80;

  /** A board of single pixels, a wide square, and a scratch that ends in the square. */
  private static final Mask ALL_KINDS =
      Mask.of(
          WIDTH,
          HEIGHT,
          (x, y) ->
              (x < 20 && (x + y) % 2 == 0)
                  || (x >= 60 && x < 90 && y >= 20 && y < 60)
                  || (x >= 30 && x < 60 && y / 3 == 13));

  /** Fills with one grey, and remembers what it was asked. */
  private static final class Grey implements Filler {
    final List<FillTask> tasks = new ArrayList<>();
    boolean closed;

    @Override
    public List<Filling> fill(FillTask task) {
      tasks.add(task);
      ImagePlanes image = task.target().copy();
      java.util.Arrays.fill(image.samples(), .123f);
      return List.of(Filling.of(image), Filling.of(image));
    }

    @Override
    public Map<String, String> provenance() {
      return Map.of("filler", "grey");
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static ImagePlanes ramp() {
    ImagePlanes image = ImagePlanes.zeros(3, new Size(WIDTH, HEIGHT));
    for (int i = 0; i < image.samples().length; i++) {
      image.samples()[i] = .2f + .005f * (i % WIDTH);
    }
    return image;
  }

  @Test
  void fill_allKinds_eachPartIsMadeByItsFiller() {
    Grey grey = new Grey();
    ImagePlanes image = ramp();

    MixedFilling filling = MixedFill.of(grey).fill(FillTask.of(image, ALL_KINDS)).get(0);

    assertThat(filling.scattered().isHole(10, 40)).isTrue();
    assertThat(filling.thin().isHole(45, 40)).isTrue();
    assertThat(filling.wide().isHole(75, 40)).isTrue();
    assertThat(
            filling.scattered().holeCount()
                + filling.thin().holeCount()
                + filling.wide().holeCount())
        .isEqualTo(ALL_KINDS.holeCount());
    assertThat(filling.madeBy())
        .containsOnlyKeys("fill of scattered pixels", "thin fill", "grey")
        .containsEntry("grey", filling.wide());
    for (int i = 0; i < image.samples().length; i++) {
      int x = i % WIDTH;
      int y = i / WIDTH % HEIGHT;
      if (filling.wide().isHole(x, y)) {
        assertThat(filling.image().samples()[i]).isEqualTo(.123f);
      } else if (ALL_KINDS.isHole(x, y)) {
        assertThat(Math.abs(filling.image().samples()[i] - image.samples()[i])).isLessThan(.02f);
      } else {
        assertThat(filling.image().samples()[i]).isEqualTo(image.samples()[i]);
      }
    }
  }

  @Test
  void fill_wideFiller_seesTheOthersWorkAsKnown() {
    Grey grey = new Grey();

    List<MixedFilling> fillings = MixedFill.of(grey).fill(FillTask.of(ramp(), ALL_KINDS));

    assertThat(fillings).hasSize(2);
    assertThat(grey.tasks).hasSize(1);
    assertThat(grey.tasks.get(0).mask().isHole(45, 40)).isFalse();
    assertThat(grey.tasks.get(0).target().get(0, 45, 40)).isBetween(.4f, .45f);
  }

  @Test
  void fill_thinHoleOnly_doesNotAskTheWideFiller() {
    Grey grey = new Grey();

    MixedFilling filling =
        MixedFill.of(grey)
            .fill(FillTask.of(ramp(), Mask.rectangle(WIDTH, HEIGHT, 10, 30, 80, 3)))
            .get(0);

    assertThat(grey.tasks).isEmpty();
    assertThat(filling.status()).isEqualTo(FillStatus.COMPLETED);
  }

  @Test
  void fill_lowPictureMadeMuchWider_isFilled() {
    // All but a banner of 12 rows is missing, and single pixels of the banner.
    Mask mask = Mask.of(2100, 12, (x, y) -> x >= 100 || (x < 50 && (x + y) % 2 == 0));
    ImagePlanes image = ImagePlanes.zeros(3, mask.size());
    java.util.Arrays.fill(image.samples(), .4f);

    MixedFilling filling = MixedFill.of(new Grey()).fill(FillTask.of(image, mask)).get(0);

    assertThat(filling.status()).isEqualTo(FillStatus.COMPLETED);
    assertThat(filling.image().samples()).containsOnly(.4f);
  }

  @Test
  void fill_listener_seesOneWork() {
    List<Integer> steps = new ArrayList<>();
    FillTask task =
        new FillTask(
            ramp(),
            ALL_KINDS,
            0,
            1,
            (step, all, loss) -> {
              assertThat(all).isEqualTo(3000);
              steps.add(step);
              return true;
            });

    MixedFill.of(new Grey()).fill(task);

    assertThat(steps).isSorted().contains(1000, 2000);
  }

  @Test
  void fill_realFillers_progressNeverGoesBackAndShowsTheWholePicture() {
    List<Integer> steps = new ArrayList<>();
    List<ImagePlanes> previews = new ArrayList<>();
    FillListener listener =
        new FillListener() {
          @Override
          public boolean onStep(int step, int all, double loss) {
            throw new AssertionError("all of these fillers have previews");
          }

          @Override
          public boolean onStep(
              int step, int all, double loss, java.util.function.Supplier<ImagePlanes> preview) {
            assertThat(all).isEqualTo(3000);
            assertThat(step).isBetween(1, all);
            steps.add(step);
            previews.add(preview.get());
            return true;
          }
        };
    ImagePlanes image = ramp();

    MixedFill.of(PatchFill.create()).fill(new FillTask(image, ALL_KINDS, 0, 2, listener));

    assertThat(steps).isSorted();
    assertThat(steps.get(steps.size() - 1)).isEqualTo(3000);
    ImagePlanes last = previews.get(previews.size() - 1);
    for (int i = 0; i < image.samples().length; i++) {
      assertThat(last.samples()[i]).isBetween(.1f, .9f);
      if (!ALL_KINDS.isHole(i % WIDTH, i / WIDTH % HEIGHT)) {
        assertThat(last.samples()[i]).isEqualTo(image.samples()[i]);
      }
    }
  }

  @Test
  void fill_cancelledInTheFirstPart_asksNoMore() {
    int[] asked = new int[1];
    FillTask task =
        new FillTask(
            ramp(),
            ALL_KINDS,
            0,
            1,
            (step, all, loss) -> {
              asked[0]++;
              return false;
            });

    MixedFilling filling = MixedFill.of(PatchFill.create()).fill(task).get(0);

    assertThat(asked[0]).isEqualTo(1);
    assertThat(filling.status()).isEqualTo(FillStatus.CANCELLED);
    for (float sample : filling.image().samples()) {
      assertThat(sample).isBetween(.1f, .9f);
    }
  }

  @Test
  void fill_cancelled_isFilledEverywhere() {
    FillTask task = new FillTask(ramp(), ALL_KINDS, 0, 1, (step, all, loss) -> false);

    MixedFilling filling = MixedFill.of(new Grey()).fill(task).get(0);

    assertThat(filling.status()).isEqualTo(FillStatus.CANCELLED);
    for (float sample : filling.image().samples()) {
      assertThat(sample).isBetween(.1f, .9f);
    }
  }

  @Test
  void close_closesTheWideFiller() {
    Grey grey = new Grey();

    MixedFill.of(grey).close();

    assertThat(grey.closed).isTrue();
  }
}
