package org.inpaint4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.FillListener;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.InpaintWarning;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
import org.inpaint4j.image.Size;
import org.inpaint4j.image.Square;
import org.junit.jupiter.api.Test;

/** Turned squares, what is known about squares, and what lies in none of them. */
class RestTest {

  private static final int RED = 0xFFFF0000;

  /** A model of 4x4 red images. */
  private static final class Red implements Filler {
    @Override
    public Optional<ImageShape> imageShape() {
      return Optional.of(ImageShape.square(3, 4));
    }

    @Override
    public List<Filling> fill(FillTask task) {
      ImagePlanes image = ImagePlanes.zeros(3, task.target().size());
      Arrays.fill(image.samples(), 0, 16, 1);
      return List.of(Filling.of(image));
    }

    @Override
    public Map<String, String> provenance() {
      return Map.of("filler", "red");
    }
  }

  /** Notes what it is shown, and whether it is closed. */
  private static final class Noting extends ForwardingFiller {
    final List<FillTask> tasks = new ArrayList<>();
    boolean closed;

    Noting() {
      super(new MeanFiller());
    }

    @Override
    public int context() {
      return 1;
    }

    @Override
    public List<? extends Filling> fill(FillTask task) {
      tasks.add(task);
      return super.fill(task);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static Inpainter.Builder red(Framing framing) {
    return Inpainter.builder().filler(new Red()).blender(Blender.paste()).framing(framing);
  }

  private static BufferedImage gray(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, 0x808080);
    }
    return image;
  }

  @Test
  void holeAcrossTheSquaresEdge_restIsFilledAfterTheModel() {
    Noting rest = new Noting();
    Framing framing = Framing.square(new Square(0, 0, 8));
    try (Inpainter inpainter = red(framing).rest(rest).build()) {
      InpaintResult result = inpainter.inpaint(gray(16, 8), Mask.rectangle(16, 8, 6, 3, 4, 1));
      assertThat(result.image().getRGB(6, 3)).isEqualTo(RED);
      assertThat(result.image().getRGB(7, 3)).isEqualTo(RED);
      // The rest saw 3 rows of 4 pixels with a hole of 2; one of the others is red by then.
      FillTask task = rest.tasks.get(0);
      assertThat(task.target().size()).hasToString("4x3");
      assertThat(task.mask().holeCount()).isEqualTo(2);
      assertThat(task.target().get(0, 0, 1)).isEqualTo(1);
      assertThat(task.target().get(1, 0, 1)).isZero();
      int expected = Math.round((9 * 128 + 255) / 10f);
      assertThat(result.image().getRGB(8, 3) >> 16 & 255).isEqualTo(expected);
      assertThat(result.parts()).hasSize(2);
      assertThat(result.parts().get(0).square()).contains(new Square(0, 0, 8));
      assertThat(result.parts().get(1).square()).isEmpty();
      assertThat(result.status()).isEqualTo(FillStatus.COMPLETED);
      assertThat(result.warnings())
          .contains(
              new InpaintWarning(
                  InpaintWarning.Kind.OUTSIDE_SQUARES,
                  "2 of 4 missing pixels lie outside of what the model was shown and were filled by"
                      + " a mean"));
      assertThat(result.provenance().filler()).containsEntry("rest filler", "mean");
    }
    assertThat(rest.closed).isTrue();
  }

  @Test
  void rest_listener_isToldAndMayEndIt() {
    Noting rest = new Noting();
    Framing framing = Framing.square(new Square(0, 0, 8));
    InpaintRequest request =
        InpaintRequest.of(gray(16, 8), Mask.rectangle(16, 8, 6, 3, 4, 1)).candidates(1);
    List<String> told = new ArrayList<>();
    try (Inpainter inpainter = red(framing).rest(rest).build()) {
      inpainter.inpaint(
          request.onProgress(
              progress ->
                  progress
                      .preview()
                      .ifPresent(
                          preview ->
                              told.add(
                                  progress.step()
                                      + " of "
                                      + progress.steps()
                                      + " "
                                      + preview.at()))));
    }
    FillListener listener = rest.tasks.get(0).listener();
    boolean goesOn = listener.onStep(3, 9, 0.5, () -> ImagePlanes.zeros(3, new Size(4, 3)));
    assertThat(goesOn).isTrue();
    assertThat(told).containsExactly("3 of 18 4x3 at (7, 2)");
  }

  @Test
  void framingWithoutSquares_leavesAllToTheRest() {
    Noting rest = new Noting();
    try (Inpainter inpainter = red((photo, mask, model) -> List.of()).rest(rest).build()) {
      InpaintResult result = inpainter.inpaint(gray(16, 8), Mask.rectangle(16, 8, 6, 3, 4, 1));
      assertThat(result.image().getRGB(6, 3)).isEqualTo(0xFF808080);
      assertThat(result.parts()).hasSize(1);
      assertThat(result.status()).isEqualTo(FillStatus.COMPLETED);
      assertThat(rest.tasks).hasSize(1);
    }
  }

  @Test
  void holeInsideOfTheSquare_needsNoRest() {
    Noting rest = new Noting();
    Framing framing = Framing.square(new Square(0, 0, 8));
    try (Inpainter inpainter = red(framing).rest(rest).build()) {
      InpaintResult result = inpainter.inpaint(gray(16, 8), Mask.rectangle(16, 8, 2, 3, 4, 1));
      assertThat(result.parts()).hasSize(1);
      assertThat(rest.tasks).isEmpty();
    }
  }

  @Test
  void rest_ofOneSizeOnly_isRefused() {
    Inpainter.Builder builder = Inpainter.builder();
    Filler red = new Red();
    assertThatThrownBy(() -> builder.rest(red))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must work at the resolution of the photo");
  }

  @Test
  void turnedSquareBeyondThePhoto_fillsItsShare() {
    Square square = Square.around(2, 4, 12, 30);
    try (Inpainter inpainter = red((photo, mask, model) -> List.of(square)).build()) {
      BufferedImage photo = Pictures.noise(16, 8, BufferedImage.TYPE_INT_RGB, 1);
      Mask hole = Mask.rectangle(16, 8, 1, 3, 2, 2);
      InpaintResult result = inpainter.inpaint(photo, hole);
      for (int y = 0; y < 8; y++) {
        for (int x = 0; x < 16; x++) {
          assertThat(result.image().getRGB(x, y))
              .isEqualTo(hole.isHole(x, y) ? RED : photo.getRGB(x, y));
        }
      }
      InpaintResult.Part part = result.parts().get(0);
      assertThat(part.square()).contains(square);
      assertThat(part.bounds().x()).isZero();
      assertThat(part.mask().isHole(0, 0)).isTrue();
      assertThat(Strip.of(result).getHeight()).isPositive();
    }
  }

  @Test
  void framed_scoreAndWarnings_reachTheResult() {
    InpaintWarning warning = new InpaintWarning(InpaintWarning.Kind.UNSURE_SQUARE, "hardly seen");
    Framing.Framed framed =
        new Framing.Framed(new Square(0, 0, 8), OptionalDouble.of(0.5), List.of(warning));
    Framing framing =
        new Framing() {
          @Override
          public List<Square> squares(Photo photo, Mask mask, ImageShape model) {
            return List.of(framed.square());
          }

          @Override
          public List<Framed> frame(Photo photo, Mask mask, ImageShape model) {
            return List.of(framed);
          }
        };
    try (Inpainter inpainter = red(framing).build()) {
      InpaintResult result = inpainter.inpaint(gray(16, 8), Mask.rectangle(16, 8, 2, 3, 4, 1));
      assertThat(result.parts().get(0).framed()).contains(framed);
      assertThat(result.warnings()).startsWith(warning);
    }
  }
}
