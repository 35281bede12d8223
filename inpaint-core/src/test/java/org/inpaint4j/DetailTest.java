package org.inpaint4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.Detail;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Square;
import org.junit.jupiter.api.Test;

/** What adds detail after the blending. */
class DetailTest {

  private static final Mask HOLE = Mask.rectangle(12, 8, 3, 2, 2, 3);

  /** Adds 51 of 255 in the hole, and notes what it is given. */
  private static final class Brighter implements Detail {
    final List<ImagePlanes> pictures = new ArrayList<>();
    final List<Mask> missing = new ArrayList<>();
    final List<Mask> holes = new ArrayList<>();
    final List<Square> squares = new ArrayList<>();
    final List<Integer> sides = new ArrayList<>();

    @Override
    public ImagePlanes add(ImagePlanes picture, Mask unknown, Mask hole, Square square, int side) {
      pictures.add(picture);
      missing.add(unknown);
      holes.add(hole);
      squares.add(square);
      sides.add(side);
      ImagePlanes result = picture.copy();
      for (int i = 0; i < result.samples().length; i++) {
        // Known pixels too: they must not reach the photo.
        result.samples()[i] += 0.2f;
      }
      return result;
    }
  }

  private static final class MeanOfSquares extends ForwardingFiller {
    MeanOfSquares() {
      super(new MeanFiller());
    }

    @Override
    public Optional<ImageShape> imageShape() {
      return Optional.of(ImageShape.square(1, 4));
    }
  }

  private static BufferedImage gray() {
    BufferedImage image = new BufferedImage(12, 8, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 96; i++) {
      image.getRaster().setSample(i % 12, i / 12, 0, 100);
    }
    return image;
  }

  private static InpaintResult fill(Filler filler, Detail detail) {
    try (Inpainter inpainter =
        Inpainter.builder()
            .filler(filler)
            .framing(Framing.square(new Square(1, 0, 8)))
            .blender(Blender.paste().with(detail))
            .build()) {
      return inpainter.inpaint(gray(), HOLE);
    }
  }

  @Test
  void inpaint_withDetail_isShownTheSquareWithTheFillingInItsPlace() {
    Brighter detail = new Brighter();
    BufferedImage filled = fill(new MeanOfSquares(), detail).image();

    assertThat(detail.squares).containsExactly(new Square(0, 0, 8));
    assertThat(detail.sides).containsExactly(4);
    assertThat(detail.holes).containsExactly(Mask.rectangle(8, 8, 2, 2, 2, 3));
    assertThat(detail.missing).isEqualTo(detail.holes);
    for (float sample : detail.pictures.get(0).samples()) {
      assertThat(sample).isBetween(99.5f / 255, 100.5f / 255);
    }
    for (int i = 0; i < 96; i++) {
      int x = i % 12;
      int y = i / 12;
      assertThat(filled.getRaster().getSample(x, y, 0)).isEqualTo(HOLE.isHole(x, y) ? 151 : 100);
    }
  }

  /** A detail that would go on for ever. */
  private static final class Endless implements Detail {
    @Override
    public ImagePlanes add(ImagePlanes picture, Mask unknown, Mask hole, Square square, int side) {
      throw new AssertionError("the one that can be ended is asked for");
    }

    @Override
    public ImagePlanes add(
        ImagePlanes picture,
        Mask unknown,
        Mask hole,
        Square square,
        int side,
        BooleanSupplier goesOn) {
      int asked = 0;
      while (goesOn.getAsBoolean()) {
        asked++;
      }
      assertThat(asked).isPositive();
      return picture;
    }
  }

  @Test
  void inpaint_cancelledWhileDetailIsAdded_endsWithoutIt() {
    int[] asked = {0};
    try (Inpainter inpainter =
        Inpainter.builder()
            .filler(new MeanOfSquares())
            .framing(Framing.square(new Square(1, 0, 8)))
            .blender(Blender.paste().with(new Endless()))
            .build()) {
      InpaintResult result =
          inpainter.inpaint(InpaintRequest.of(gray(), HOLE).cancelWhen(() -> ++asked[0] > 5));
      assertThat(result.status()).isEqualTo(FillStatus.CANCELLED);
      assertThat(result.image().getRaster().getSample(3, 2, 0)).isEqualTo(100);
    }
  }

  @Test
  void inpaint_conditionThrowsWhileDetailIsAdded_failsWithItsError() {
    int[] asked = {0};
    IllegalStateException thrown = new IllegalStateException("nobody wants it");
    try (Inpainter inpainter =
        Inpainter.builder()
            .filler(new MeanOfSquares())
            .framing(Framing.square(new Square(1, 0, 8)))
            .blender(Blender.paste().with(new Endless()))
            .build()) {
      InpaintRequest request =
          InpaintRequest.of(gray(), HOLE)
              .cancelWhen(
                  () -> {
                    if (++asked[0] > 5) {
                      throw thrown;
                    }
                    return false;
                  });
      assertThatThrownBy(() -> inpainter.inpaint(request)).isSameAs(thrown);
    }
  }

  @Test
  void inpaint_byAFillerOfThePhotosResolution_needsNoDetail() {
    Brighter detail = new Brighter();
    fill(new MeanFiller(), detail);

    assertThat(detail.squares).isEmpty();
  }
}
