package org.inpaint4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Margins;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
import org.inpaint4j.image.Size;
import org.junit.jupiter.api.Test;

/** What may be copied, what a hole looks like so far, and pictures that are extended. */
class SourcesTest {

  private static final int WIDTH = 60;
  private static final int HEIGHT = 50;

  /** 2x2 pixels. */
  private static final Mask HOLE = Mask.rectangle(WIDTH, HEIGHT, 10, 10, 2, 2);

  /** White, and shows half-white on the way. */
  private static final class White implements Filler {
    final List<FillTask> tasks = new ArrayList<>();

    @Override
    public List<Filling> fill(FillTask task) {
      tasks.add(task);
      boolean goesOn = task.listener().onStep(1, 2, 0.5, () -> level(task, 0.5f));
      assertThat(goesOn).isTrue();
      task.listener().onStep(2, 2, 0.5);
      return List.of(Filling.of(level(task, 1)));
    }

    private static ImagePlanes level(FillTask task, float level) {
      ImagePlanes image = ImagePlanes.zeros(task.target().channels(), task.target().size());
      Arrays.fill(image.samples(), level);
      return image;
    }

    @Override
    public int context() {
      return 4;
    }

    @Override
    public Map<String, String> provenance() {
      return Map.of("filler", "white");
    }
  }

  private record Whole(Filler filler, Optional<Mask> avoided) implements Composition {
    @Override
    public List<Stage> stages(Photo photo, Mask mask, Optional<Framing> framing) {
      Stage stage = Stage.of("white", mask, filler);
      return List.of(avoided.map(stage::avoiding).orElse(stage));
    }

    @Override
    public boolean isThreadSafe() {
      return true;
    }

    @Override
    public Map<String, String> provenance() {
      return filler.provenance();
    }

    @Override
    public void close() {
      filler.close();
    }
  }

  private static BufferedImage black() {
    return new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
  }

  private static Mask rectangle(int x, int y, int width, int height) {
    return Mask.rectangle(WIDTH, HEIGHT, x, y, width, height);
  }

  private static FillTask task(InpaintRequest request, Optional<Mask> avoided) {
    White white = new White();
    try (Inpainter inpainter = Inpainter.builder().composition(new Whole(white, avoided)).build()) {
      inpainter.inpaint(request);
    }
    return white.tasks.get(0);
  }

  private static InpaintRequest request() {
    return InpaintRequest.of(black(), HOLE);
  }

  @Test
  void noSources_everythingKnownMayBeCopied() {
    assertThat(task(request(), Optional.empty()).sources()).isEmpty();
  }

  @Test
  void sourcesAroundTheHole_areCutOutWithIt() {
    // Of 10x10 that are seen from (6, 6) on: the eight columns from x = 8 on.
    FillTask task = task(request().sources(rectangle(8, 0, 52, 50)), Optional.empty());
    assertThat(task.target().size()).isEqualTo(new Size(10, 10));
    assertThat(task.sources()).contains(Mask.rectangle(10, 10, 2, 0, 8, 10));
  }

  @Test
  void sourcesFarAway_areSeenAsWell() {
    FillTask task = task(request().sources(rectangle(40, 30, 5, 6)), Optional.empty());
    // From (6, 6) to the end of the sources.
    assertThat(task.target().size()).isEqualTo(new Size(39, 30));
    assertThat(task.sources()).contains(Mask.rectangle(39, 30, 34, 24, 5, 6));
  }

  @Test
  void oneFillerWithoutComposition_isToldTheSourcesToo() {
    White white = new White();
    try (Inpainter inpainter = Inpainter.builder().filler(white).build()) {
      inpainter.inpaint(request().sources(rectangle(8, 0, 52, 50)));
    }
    assertThat(white.tasks.get(0).sources()).contains(Mask.rectangle(10, 10, 2, 0, 8, 10));
  }

  @Test
  void sourcesOfAnotherSize_areRefused() {
    InpaintRequest request = request();
    Mask other = Mask.rectangle(5, 5, 0, 0, 2, 2);
    assertThatThrownBy(() -> request.sources(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mask of sources must be as large as the picture: expected 60x50, found 5x5");
  }

  @Test
  void avoidedPixels_areNoSources_unlessLittleElseIsLeft() {
    Mask hole = rectangle(10, 10, 30, 30);
    InpaintRequest request = InpaintRequest.of(black(), hole);
    // Seen is 38x38 from (6, 6) on; known are 38 * 38 - 900 = 544 of them: too few to be choosy.
    assertThat(task(request, Optional.of(rectangle(0, 0, 60, 8))).sources()).isEmpty();
  }

  @Test
  void avoidedPixels_areLeftOut_missingOnesAreNot() {
    Mask face = Mask.rectangle(200, 100, 20, 10, 30, 30);
    Mask sources = wideTask(Mask.rectangle(200, 100, 5, 5, 190, 4), face).sources().orElseThrow();
    // Seen are 198x12 from (1, 1) on. What is missing can be filled first, and then be copied.
    assertThat(sources).isEqualTo(Mask.of(198, 12, (x, y) -> !face.isHole(x + 1, y + 1)));
  }

  @Test
  void avoidedPixels_givenSourcesWithoutThem() {
    Mask face = Mask.rectangle(200, 100, 20, 0, 30, 100);
    Mask given = Mask.rectangle(200, 100, 0, 0, 150, 100);
    BufferedImage image = new BufferedImage(200, 100, BufferedImage.TYPE_BYTE_GRAY);
    InpaintRequest request =
        InpaintRequest.of(image, Mask.rectangle(200, 100, 5, 5, 190, 4)).sources(given);
    // Few sources are near, so all of them are seen: from (0, 0) to the end of what is near.
    Mask sources = task(request, Optional.of(face)).sources().orElseThrow();
    assertThat(sources).isEqualTo(Mask.of(199, 100, (x, y) -> x < 150 && !face.isHole(x, y)));
  }

  @Test
  void avoidedPixels_lonePixelsElsewhere_areNoSourcesToChooseInstead() {
    // Seen are 153 columns, three of them of the face. Beside it, no known square is left.
    Mask face = Mask.rectangle(200, 100, 150, 0, 50, 100);
    Mask hole = Mask.of(200, 100, (x, y) -> x < 150 && x % 3 == 1);
    assertThat(wideTask(hole, face).sources()).isEmpty();
    // With columns three pixels wide there are squares.
    Mask other = Mask.of(200, 100, (x, y) -> x < 150 && x % 4 == 1);
    assertThat(wideTask(other, face).sources()).isPresent();
  }

  private static FillTask wideTask(Mask hole, Mask avoided) {
    BufferedImage image = new BufferedImage(200, 100, BufferedImage.TYPE_BYTE_GRAY);
    return task(InpaintRequest.of(image, hole), Optional.of(avoided));
  }

  @Test
  void progress_withAPreview_showsThePartOfThePhoto() {
    List<Progress.Preview> previews = new ArrayList<>();
    List<Boolean> any = new ArrayList<>();
    BufferedImage image = black();
    image.setRGB(9, 10, 0x123456);
    InpaintRequest request =
        InpaintRequest.of(image, HOLE)
            .onProgress(
                progress -> {
                  any.add(progress.preview().isPresent());
                  progress.preview().ifPresent(previews::add);
                });
    for (boolean composed : new boolean[] {false, true}) {
      White white = new White();
      Inpainter.Builder builder = Inpainter.builder();
      if (composed) {
        builder.composition(new Whole(white, Optional.empty()));
      } else {
        builder.filler(white);
      }
      try (Inpainter inpainter = builder.build()) {
        inpainter.inpaint(request);
      }
    }
    assertThat(any).containsExactly(true, false, true, false);
    for (Progress.Preview preview : previews) {
      // The hole and two pixels around it.
      assertThat(preview.at()).hasToString("6x6 at (8, 8)");
      assertThat(preview.picture().getRGB(2, 2) & 0xffffff).isEqualTo(0x808080);
      assertThat(preview.picture().getRGB(1, 2) & 0xffffff).isEqualTo(0x123456);
      assertThat(preview.picture().getRGB(0, 0) & 0xffffff).isZero();
    }
    // What is shown is not the photo itself.
    assertThat(image.getRGB(10, 10) & 0xffffff).isZero();
  }

  /** By then the filler works on, perhaps with the same memory. */
  @Test
  void progress_previewAfterTheListener_isRefused() {
    List<Progress> kept = new ArrayList<>();
    InpaintRequest request =
        InpaintRequest.of(black(), HOLE)
            .onProgress(
                progress -> {
                  kept.forEach(SourcesTest::assertNoPreview);
                  kept.add(progress);
                });
    try (Inpainter inpainter = Inpainter.builder().filler(new White()).build()) {
      inpainter.inpaint(request);
      assertThat(kept).hasSize(2);
      kept.forEach(SourcesTest::assertNoPreview);
      Progress last = kept.get(1);
      assertThat(List.of(last.step(), last.steps())).containsExactly(2, 2);
    }
  }

  private static void assertNoPreview(Progress progress) {
    assertThatIllegalStateException()
        .isThrownBy(progress::preview)
        .withMessage(
            "a preview must be asked for within the listener: expected a call before it returns,"
                + " found one after it");
  }

  @Test
  void extending_fillsTheMarginsAndNothingElse() {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSample(2, 1, 0, 54_321);
    InpaintRequest request = InpaintRequest.extending(image, new Margins(2, 1, 0, 3));
    try (Inpainter inpainter = Inpainter.builder().filler(new White()).build()) {
      BufferedImage result = inpainter.inpaint(request).image();
      assertThat(result.getWidth()).isEqualTo(5);
      assertThat(result.getHeight()).isEqualTo(6);
      assertThat(result.getType()).isEqualTo(BufferedImage.TYPE_USHORT_GRAY);
      for (int y = 0; y < 6; y++) {
        for (int x = 0; x < 5; x++) {
          boolean old = x >= 2 && y >= 1 && y < 3;
          int expected = old ? (x == 4 && y == 2 ? 54_321 : 0) : 65_535;
          assertThat(result.getRaster().getSample(x, y, 0)).as("%s, %s", x, y).isEqualTo(expected);
        }
      }
    }
  }
}
