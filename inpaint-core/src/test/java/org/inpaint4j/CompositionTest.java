package org.inpaint4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.InpaintWarning;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
import org.inpaint4j.image.Square;
import org.inpaint4j.search.FoundLatent;
import org.inpaint4j.search.LossTrace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fillers one after the other. */
class CompositionTest {

  /** One level everywhere, a little darker for each candidate; notes its tasks. */
  private static final class Level implements Filler {
    final float level;
    final Optional<ImageShape> shape;
    final List<FillTask> tasks = new ArrayList<>();

    Level(double level, int side) {
      this.level = (float) level;
      this.shape = side == 0 ? Optional.empty() : Optional.of(ImageShape.square(3, side));
    }

    @Override
    public List<Filling> fill(FillTask task) {
      tasks.add(task);
      List<Filling> fillings = new ArrayList<>();
      for (int k = 0; k < task.candidates(); k++) {
        ImagePlanes image = ImagePlanes.zeros(task.target().channels(), task.target().size());
        Arrays.fill(image.samples(), level - 0.2f * k);
        fillings.add(Filling.of(image));
      }
      boolean goesOn = task.listener().onStep(1, 1, Double.NaN);
      return goesOn ? fillings : List.of(Filling.of(fillings.get(0).image(), FillStatus.CANCELLED));
    }

    @Override
    public Optional<ImageShape> imageShape() {
      return shape;
    }

    @Override
    public int context() {
      return 1;
    }

    @Override
    public Map<String, String> provenance() {
      return Map.of("filler", "level " + level);
    }
  }

  /** Stages that are given. */
  private static final class Given implements Composition {
    final List<Stage> stages = new ArrayList<>();
    boolean closed;

    @Override
    public List<Stage> stages(Photo photo, Mask mask, Optional<Framing> framing) {
      return stages;
    }

    @Override
    public boolean isThreadSafe() {
      return true;
    }

    @Override
    public Map<String, String> provenance() {
      return new LinkedHashMap<>(Map.of("filler", "given"));
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static final Mask HOLE = Mask.rectangle(16, 8, 6, 3, 4, 1);

  private static Mask columns(int from, int to) {
    return Mask.rectangle(16, 8, from, 3, to - from, 1);
  }

  private static BufferedImage gray() {
    BufferedImage image = new BufferedImage(16, 8, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 16 * 8; i++) {
      image.setRGB(i % 16, i / 16, 0x808080);
    }
    return image;
  }

  private static int level(InpaintResult result, int x) {
    return result.image().getRGB(x, 3) & 255;
  }

  @Test
  void twoStages_theSecondSeesTheFirst() {
    Level square = new Level(1, 4);
    Level rest = new Level(0.2, 0);
    Framing.Framed framed = Framing.Framed.of(new Square(0, 0, 8));
    Given given = new Given();
    given.stages.add(
        new Composition.Stage(
            "square", columns(6, 8), square, Optional.of(framed), Blender.paste()));
    given.stages.add(Composition.Stage.of("rest", columns(8, 10), rest));
    try (Inpainter inpainter = Inpainter.builder().composition(given).build()) {
      assertThat(inpainter.provenance().filler()).containsEntry("filler", "given");
      assertThat(inpainter.isConcurrent()).isTrue();
      InpaintResult result = inpainter.inpaint(InpaintRequest.of(gray(), HOLE).seed(5));
      assertThat(List.of(level(result, 5), level(result, 6), level(result, 7)))
          .containsExactly(128, 255, 255);
      assertThat(List.of(level(result, 8), level(result, 9), level(result, 10)))
          .containsExactly(51, 51, 128);
      assertThat(rest.tasks.get(0).mask().holeCount()).isEqualTo(2);
      assertThat(rest.tasks.get(0).target().get(0, 0, 1)).isEqualTo(1);
      assertThat(rest.tasks.get(0).seed()).isEqualTo(5);
      assertThat(result.map()).hasToString("2 by square, 2 by rest");
      assertThat(result.map().filler(7, 3)).contains("square");
      assertThat(result.map().filler(8, 3)).contains("rest");
      assertThat(result.map().filler(8, 4)).isEmpty();
      assertThat(result.map().fraction("rest")).isEqualTo(0.5);
      assertThat(result.map().fraction("nobody")).isZero();
      assertThat(result.warnings())
          .noneMatch(warning -> warning.kind() == InpaintWarning.Kind.OUTSIDE_SQUARES);
      assertThat(result.parts()).hasSize(2);
      assertThat(result.parts().get(0).framed()).contains(framed);
      assertThat(result.provenance().filler())
          .containsEntry("square filler", "level 1.0")
          .containsEntry("rest filler", "level 0.2");
      assertThat(Strip.of(result).getHeight()).isPositive();
    }
    assertThat(given.closed).isTrue();
  }

  @Test
  void stageOverAnother_makesItsPixelsAgain() {
    Given given = new Given();
    Level first = new Level(0.2, 0);
    Level second = new Level(1, 0);
    given.stages.add(Composition.Stage.of("all", HOLE, first));
    given.stages.add(Composition.Stage.of("some", columns(7, 8), second));
    try (Inpainter inpainter = Inpainter.builder().composition(given).build()) {
      InpaintResult result = inpainter.inpaint(gray(), HOLE);
      assertThat(result.map()).hasToString("3 by all, 1 by some");
      assertThat(level(result, 7)).isEqualTo(255);
      assertThat(level(result, 8)).isEqualTo(51);
      // What the first has made there is not known to the second.
      assertThat(second.tasks.get(0).mask().holeCount()).isEqualTo(1);
      assertThat(second.tasks.get(0).target().get(0, 1, 1)).isZero();
    }
  }

  @Test
  void candidates_partAtTheFirstFillerThatMakesSeveral() {
    Given given = new Given();
    Level second = new Level(0.2, 0);
    given.stages.add(Composition.Stage.of("first", columns(6, 8), new Level(1, 0)));
    given.stages.add(Composition.Stage.of("second", columns(8, 10), second));
    try (Inpainter inpainter = Inpainter.builder().composition(given).build()) {
      List<InpaintResult> results =
          inpainter.inpaint(InpaintRequest.of(gray(), HOLE).candidates(2).seed(9)).candidates();
      assertThat(results).hasSize(2);
      assertThat(level(results.get(0), 6)).isEqualTo(255);
      assertThat(level(results.get(1), 6)).isEqualTo(204);
      assertThat(second.tasks.get(0).seed()).isEqualTo(9);
      assertThat(second.tasks.get(1).seed()).isNotEqualTo(9);
      assertThat(second.tasks.get(1).target().get(0, 0, 1)).isEqualTo(0.8f);
      assertThat(results.get(1).map()).hasToString("2 by first, 2 by second");
    }
  }

  @Test
  void progress_countsByPixels_andCancelReachesTheLaterStages() {
    Given given = new Given();
    given.stages.add(Composition.Stage.of("first", columns(6, 7), new Level(1, 0)));
    given.stages.add(Composition.Stage.of("second", columns(7, 10), new Level(0.2, 0)));
    List<String> told = new ArrayList<>();
    try (Inpainter inpainter = Inpainter.builder().composition(given).build()) {
      InpaintRequest request = InpaintRequest.of(gray(), HOLE);
      inpainter.inpaint(request.onProgress(p -> told.add(p.step() + "/" + p.steps())));
      assertThat(told).containsExactly("250/1000", "1000/1000");
      told.clear();
      InpaintResult result =
          inpainter.inpaint(
              request.onProgress(
                  p -> {
                    told.add("told");
                    p.cancel();
                  }));
      assertThat(told).hasSize(1);
      assertThat(result.status()).isEqualTo(FillStatus.CANCELLED);
      assertThat(level(result, 9)).isEqualTo(51);
    }
  }

  @Test
  void listenerThatThrows_failsItsRequestAlone() {
    Given given = new Given();
    given.stages.add(Composition.Stage.of("all", HOLE, new Level(1, 0)));
    try (Inpainter inpainter = Inpainter.builder().composition(given).build()) {
      InpaintRequest good = InpaintRequest.of(gray(), HOLE);
      RuntimeException error = new IllegalStateException("from the listener");
      InpaintRequest bad =
          good.onProgress(
              p -> {
                throw error;
              });
      List<InpaintOutcome> outcomes = inpainter.inpaintAll(List.of(bad, good));
      assertThat(outcomes.get(0).error()).contains(error);
      assertThat(outcomes.get(1).result()).isPresent();
    }
  }

  @Test
  void holes_thatAreEmptyOrEverything_areTold() {
    Given given = new Given();
    try (Inpainter inpainter = Inpainter.builder().composition(given).build()) {
      InpaintResult none = inpainter.inpaint(gray(), Mask.rectangle(16, 8, 0, 0, 0, 0));
      assertThat(none.status()).isEqualTo(FillStatus.NOTHING_TO_FILL);
      assertThat(none.map().shares()).isEmpty();
      BufferedImage image = gray();
      Mask all = Mask.rectangle(16, 8, 0, 0, 16, 8);
      assertThatThrownBy(() -> inpainter.inpaint(image, all))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must leave at least one pixel known");
      assertThatThrownBy(() -> inpainter.inpaint(image, HOLE))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("found 4 pixels left");
    }
  }

  @Test
  void builder_ofACompositionAndAnythingElse_isRefused() {
    Inpainter.Builder builder =
        Inpainter.builder().composition(new Given()).blender(Blender.paste());
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a composition must be all there is");
  }

  /** Inpainters without a composition have a map too. */
  @Test
  void map_ofSquareAndRest_tellsBoth() {
    Framing framing = Framing.square(new Square(0, 0, 8));
    try (Inpainter inpainter =
        Inpainter.builder()
            .filler(new Level(1, 4))
            .rest(new Level(0.2, 0))
            .blender(Blender.paste())
            .framing(framing)
            .build()) {
      InpaintResult result = inpainter.inpaint(gray(), HOLE);
      assertThat(result.map()).hasToString("2 by level 1.0, 2 by level 0.2");
    }
  }

  /** What a search found: its strip has a panel more, for the weights. */
  private static final class Found implements Filler {
    @Override
    public List<Filling> fill(FillTask task) {
      LossTrace trace = new LossTrace(List.of("made"), new double[][] {{1}});
      List<Float> weights = Collections.nCopies(task.mask().size().pixels(), 1f);
      return List.of(
          new FoundLatent(
              ImagePlanes.zeros(task.target().channels(), task.target().size()),
              FillStatus.COMPLETED,
              List.of(0f),
              0,
              trace,
              List.of(),
              weights,
              List.of()));
    }

    @Override
    public Map<String, String> provenance() {
      return Map.of("filler", "found");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void strip_ofRowsOfFourAndFivePanels_showsAllOnPaper(boolean longerFirst) {
    Given given = new Given();
    Filler first = longerFirst ? new Found() : new Level(0.2, 0);
    Filler second = longerFirst ? new Level(0.2, 0) : new Found();
    given.stages.add(Composition.Stage.of("one", columns(6, 8), first));
    given.stages.add(Composition.Stage.of("two", columns(8, 10), second));
    try (Inpainter inpainter = Inpainter.builder().composition(given).build()) {
      BufferedImage strip = Strip.of(inpainter.inpaint(gray(), HOLE));
      assertThat(strip.getWidth()).isEqualTo(5 * 264 + 8);
      int row = strip.getHeight() / 2;
      int last = 4 * 264 + 8 + 128;
      // The upper edge of the result is known, and gray; beside a short row there is paper.
      assertThat(strip.getRGB(last, (longerFirst ? 0 : row) + 20) & 0xffffff).isEqualTo(0x808080);
      assertThat(strip.getRGB(last, (longerFirst ? row : 0) + 20) & 0xffffff).isEqualTo(0xffffff);
    }
  }
}
