package org.inpaint4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.inpaint4j.Pictures.noise;
import static org.inpaint4j.Pictures.pixels;
import static org.inpaint4j.Pictures.union;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Square;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fillers that are no latent search, through the same inpainter. */
class OtherFillersTest {

  /** Notes the tasks it is given. */
  private static class Noting extends ForwardingFiller {
    final List<FillTask> tasks = new ArrayList<>();

    private final boolean squares;

    Noting(boolean squares) {
      super(new MeanFiller());
      this.squares = squares;
    }

    /** If in squares: of 4x4 gray images. */
    @Override
    public Optional<ImageShape> imageShape() {
      return squares ? Optional.of(ImageShape.square(1, 4)) : Optional.empty();
    }

    @Override
    public List<? extends Filling> fill(FillTask task) {
      tasks.add(task);
      return super.fill(task);
    }
  }

  private static Inpainter pasting(Filler filler) {
    return Inpainter.builder().filler(filler).blender(Blender.paste()).build();
  }

  private static Inpainter mean() {
    return Inpainter.builder().filler(new MeanFiller()).build();
  }

  /** Half of the known pixels are 100, half are 200. */
  private static BufferedImage halves() {
    BufferedImage image = new BufferedImage(8, 4, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 32; i++) {
      image.getRaster().setSample(i % 8, i / 8, 0, i % 8 < 4 ? 100 : 200);
    }
    return image;
  }

  private static final Mask MIDDLE = Mask.rectangle(8, 4, 3, 1, 2, 2);

  @Test
  void inpaint_withAFillerOfOneClass_fillsTheHoleAlone() {
    BufferedImage image = halves();
    try (Inpainter inpainter = mean()) {
      InpaintResult result = inpainter.inpaint(image, MIDDLE);
      assertThat(result.status()).isEqualTo(FillStatus.COMPLETED);
      assertThat(result.warnings()).isEmpty();
      for (int i = 0; i < 32; i++) {
        assertThat(result.image().getRaster().getSample(i % 8, i / 8, 0))
            .isEqualTo(MIDDLE.isHole(i % 8, i / 8) ? 150 : i % 8 < 4 ? 100 : 200);
      }
      assertThat(result.parts()).hasSize(1);
      assertThat(result.parts().get(0).square()).isEmpty();
      assertThat(result.parts().get(0).bounds()).isEqualTo(new Bounds(0, 0, 8, 4));
      assertThat(result.provenance().filler()).isEqualTo(Map.of("filler", "mean"));
      assertThat(inpainter.provenance()).isEqualTo(result.provenance());
      assertThatIllegalStateException()
          .isThrownBy(result::search)
          .withMessageContaining("{filler=mean}");
      BufferedImage strip = Strip.of(result);
      // Input, hole, filling, result: a filler has no importance weights.
      assertThat(strip.getWidth()).isEqualTo(4 * 264 + 8);
    }
  }

  @Test
  void inpaint_withSeveralCandidates_givesThoseOfTheFiller() {
    try (Inpainter inpainter = mean()) {
      InpaintResult best = inpainter.inpaint(InpaintRequest.of(halves(), MIDDLE).candidates(3));
      assertThat(best.candidates().stream().map(c -> c.image().getRaster().getSample(3, 1, 0)))
          .containsExactly(150, 135, 120);
      assertThat(best.candidates().get(1).image().getRaster().getSample(0, 0, 0)).isEqualTo(100);
    }
  }

  @Test
  void inpaint_listener_isToldAndCancels() {
    List<String> told = new ArrayList<>();
    InpaintRequest request =
        InpaintRequest.of(halves(), MIDDLE)
            .candidates(4)
            .onProgress(
                progress -> {
                  told.add(progress.step() + " of " + progress.steps() + ", " + progress.loss());
                  if (progress.step() == 2) {
                    progress.cancel();
                  }
                });
    try (Inpainter inpainter = mean()) {
      InpaintResult result = inpainter.inpaint(request);
      assertThat(told).containsExactly("1 of 4, NaN", "2 of 4, NaN");
      assertThat(result.candidates().stream().map(InpaintResult::status))
          .containsExactly(FillStatus.COMPLETED, FillStatus.CANCELLED);
    }
  }

  /** Photos go to a filler with a shape together, and to one without a shape one by one. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void inpaintAll_aFillerThatThrows_failsItsRequestAlone(boolean squares) {
    Noting choosy =
        new Noting(squares) {
          @Override
          public List<? extends Filling> fill(FillTask task) {
            if (task.seed() == 2) {
              throw new IllegalStateException("not this one");
            }
            return super.fill(task);
          }
        };
    InpaintRequest request = InpaintRequest.of(halves(), MIDDLE);
    try (Inpainter inpainter = pasting(choosy)) {
      List<InpaintOutcome> outcomes =
          inpainter.inpaintAll(List.of(request, request.seed(2), request.seed(3)));
      assertThat(outcomes.stream().map(outcome -> outcome.result().isPresent()))
          .containsExactly(true, false, true);
      assertThatIllegalStateException()
          .isThrownBy(outcomes.get(1)::orElseThrow)
          .withMessage("not this one");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void inpaintAll_interrupted_fillsNoneThatWasNotBegun(boolean squares) {
    Noting filler = new Noting(squares);
    InpaintRequest request = InpaintRequest.of(halves(), MIDDLE);
    InpaintRequest interrupting = request.onProgress(told -> Thread.currentThread().interrupt());
    try (Inpainter inpainter = pasting(filler)) {
      List<InpaintOutcome> outcomes =
          inpainter.inpaintAll(List.of(request, interrupting, request, request));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(outcomes.stream().map(outcome -> outcome.result().isPresent()))
          .containsExactly(true, true, false, false);
      assertThat(outcomes.get(3)).hasToString("cancelled before it was begun");
      assertThat(filler.tasks).hasSize(2);
      // The first is filled even if the thread is interrupted before.
      Thread.currentThread().interrupt();
      outcomes = inpainter.inpaintAll(List.of(request, request));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(outcomes.stream().map(outcome -> outcome.result().isPresent()))
          .containsExactly(true, false);
    }
  }

  /** What the filler is shown and what it fills, with two holes and a context of 3. */
  @Test
  void inpaint_fillerWithAContext_isShownTheHolesWithTheirSurroundings() {
    BufferedImage image = noise(60, 40, BufferedImage.TYPE_3BYTE_BGR, 1);
    Mask mask = union(Mask.rectangle(60, 40, 20, 10, 5, 4), Mask.rectangle(60, 40, 30, 18, 2, 2));
    Noting filler =
        new Noting(false) {
          @Override
          public int context() {
            return 3;
          }
        };
    try (Inpainter inpainter = Inpainter.builder().filler(filler).build()) {
      InpaintResult result = inpainter.inpaint(InpaintRequest.of(image, mask).seed(9));
      Bounds seen = new Bounds(17, 7, 18, 16);
      assertThat(result.parts().get(0).bounds()).isEqualTo(seen);
      assertThat(filler.tasks).hasSize(1);
      FillTask task = filler.tasks.get(0);
      assertThat(task.seed()).isEqualTo(9);
      assertThat(task.mask()).isEqualTo(mask.crop(seen));
      for (int y = 0; y < 16; y++) {
        for (int x = 0; x < 18; x++) {
          int red = image.getRGB(17 + x, 7 + y) >> 16 & 255;
          assertThat(task.target().get(0, x, y))
              .isEqualTo(mask.isHole(17 + x, 7 + y) ? 0 : red / 255f);
        }
      }
      int filled = result.image().getRGB(22, 12);
      for (int i = 0; i < 60 * 40; i++) {
        assertThat(result.image().getRGB(i % 60, i / 60))
            .isEqualTo(mask.isHole(i % 60, i / 60) ? filled : image.getRGB(i % 60, i / 60));
      }
    }
  }

  /** A filler of 4x4 gray images: the inpainter brings size and colours there and back. */
  @Test
  void inpaint_fillerWithAShape_isShownSquares() {
    BufferedImage image = new BufferedImage(16, 8, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 128; i++) {
      image.setRGB(i % 16, i / 16, i % 16 < 8 ? 0x404040 : 0x808080);
    }
    // The lower right quarter of the square from (4, 0) to (12, 8).
    Mask mask = Mask.rectangle(16, 8, 8, 4, 4, 4);
    Noting filler = new Noting(true);
    try (Inpainter inpainter = pasting(filler)) {
      InpaintResult result = inpainter.inpaint(image, mask);
      assertThat(result.parts().get(0).square()).contains(new Square(4, 0, 8));
      FillTask task = filler.tasks.get(0);
      assertThat(task.mask()).isEqualTo(Mask.rectangle(4, 4, 2, 2, 2, 2));
      for (int i = 0; i < 16; i++) {
        float expected = task.mask().isHole(i % 4, i / 4) ? 0 : (i % 4 < 2 ? 64 : 128) / 255f;
        assertThat(task.target().get(0, i % 4, i / 4)).isEqualTo(expected);
      }
      // The mean of eight pixels of 64 and four of 128: 85.3.
      for (int i = 0; i < 128; i++) {
        assertThat(result.image().getRGB(i % 16, i / 16) & 0xFFFFFF)
            .isEqualTo(mask.isHole(i % 16, i / 16) ? 0x555555 : i % 16 < 8 ? 0x404040 : 0x808080);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_BYTE_GRAY,
        BufferedImage.TYPE_USHORT_GRAY
      })
  void inPlace_writesTheHoleAloneAndTheBytesOfACopy(int type) {
    BufferedImage image = noise(30, 20, type, 5);
    BufferedImage before = noise(30, 20, type, 5);
    Mask mask = Mask.rectangle(30, 20, 11, 6, 8, 7);
    try (Inpainter inpainter = mean()) {
      InpaintResult copy = inpainter.inpaint(image, mask);
      assertThat(copy.image()).isNotSameAs(image);
      assertThat(pixels(image)).isEqualTo(pixels(before));
      InpaintResult inPlace = inpainter.inpaint(InpaintRequest.of(image, mask).inPlace());
      assertThat(inPlace.image()).isSameAs(image);
      assertThat(pixels(image)).isEqualTo(pixels(copy.image())).isNotEqualTo(pixels(before));
      for (int i = 0; i < 600; i++) {
        if (!mask.isHole(i % 30, i / 30)) {
          assertThat(image.getRGB(i % 30, i / 30)).isEqualTo(before.getRGB(i % 30, i / 30));
        }
      }
      InpaintRequest empty = InpaintRequest.of(image, Mask.of(30, 20, (x, y) -> false)).inPlace();
      assertThat(inpainter.inpaint(empty).image()).isSameAs(image);
    }
  }

  @Test
  void inPlace_withSeveralCandidates_isRefused() {
    InpaintRequest request = InpaintRequest.of(halves(), MIDDLE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> request.inPlace().candidates(2))
        .withMessage("a request in place must have a single candidate: found 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> request.candidates(2).inPlace())
        .withMessage("a request in place must have a single candidate: found 2");
    assertThat(request.candidates(2).candidates(1).inPlace().candidates(1).isInPlace()).isTrue();
  }

  @Test
  void inpaint_blenderThatFails_failsItsRequestAlone() {
    Blender choosy =
        (image, filling, mask) -> {
          if (mask.holeCount() == 1) {
            throw new UnsupportedOperationException("a single pixel");
          }
          return Blender.paste().blend(image, filling, mask);
        };
    try (Inpainter inpainter =
        Inpainter.builder().filler(new MeanFiller()).blender(choosy).build()) {
      InpaintRequest single = InpaintRequest.of(halves(), Mask.rectangle(8, 4, 1, 1, 1, 1));
      List<InpaintOutcome> outcomes =
          inpainter.inpaintAll(List.of(single, InpaintRequest.of(halves(), MIDDLE)));
      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(outcomes.get(0)::orElseThrow)
          .withMessage("a single pixel");
      assertThat(outcomes.get(1).orElseThrow().image().getRaster().getSample(3, 1, 0))
          .isEqualTo(150);
    }
  }

  /** A blender is given the pixels around the hole, and nothing of the hole. */
  @Test
  void blender_isGivenTheHoleWithItsReach() {
    List<ImagePlanes> known = new ArrayList<>();
    List<Mask> holes = new ArrayList<>();
    Blender noting =
        (image, filling, mask) -> {
          known.add(image);
          holes.add(mask);
          return Blender.paste().blend(image, filling, mask);
        };
    BufferedImage image = noise(60, 40, BufferedImage.TYPE_INT_RGB, 1);
    Mask mask = Mask.rectangle(60, 40, 20, 1, 5, 4);
    try (Inpainter inpainter =
        Inpainter.builder().filler(new MeanFiller()).blender(noting).build()) {
      inpainter.inpaint(image, mask);
    }
    Bounds crop = new Bounds(18, 0, 9, 7);
    assertThat(holes).containsExactly(mask.crop(crop));
    for (int y = 0; y < 7; y++) {
      for (int x = 0; x < 9; x++) {
        int blue = image.getRGB(18 + x, y) & 255;
        assertThat(known.get(0).get(2, x, y)).isEqualTo(mask.isHole(18 + x, y) ? 0 : blue / 255f);
      }
    }
  }
}
