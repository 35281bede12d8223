package org.inpaint4j.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TurnedResamplerTest {

  private static final double CLOSE = 1e-6;
  private static final ImageShape MODEL = ImageShape.square(3, 16);

  private static BufferedImage random(int width, int height) {
    Random random = new Random(width * 31L + height);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, random.nextInt(1 << 24));
    }
    return image;
  }

  private static Mask none(BufferedImage image) {
    return Mask.rectangle(image.getWidth(), image.getHeight(), 0, 0, 0, 0);
  }

  /** A diamond of half diagonal 1 around a pixel's centre holds it and a quarter of each side's. */
  @Test
  void shared_diamond_isComputedByHand() {
    double half = Math.sqrt(0.5);
    TurnedCell cell = new TurnedCell(2 * half, 2 * half, half, half);
    cell.moveTo(7.5, 3.5);
    assertThat(cell.shared(7, 3)).isCloseTo(1, within(CLOSE));
    assertThat(cell.shared(8, 3)).isCloseTo(0.25, within(CLOSE));
    assertThat(cell.shared(7, 2)).isCloseTo(0.25, within(CLOSE));
    assertThat(cell.shared(8, 4)).isCloseTo(0, within(CLOSE));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 7, 45, 120, -90})
  void shared_allPixelsTogether_areTheCell(double angle) {
    TurnedCell cell =
        new TurnedCell(3.3, 1.7, Math.cos(Math.toRadians(angle)), Math.sin(Math.toRadians(angle)));
    cell.moveTo(10.2, 9.9);
    double sum = 0;
    for (int y = 0; y < 20; y++) {
      for (int x = 0; x < 20; x++) {
        sum += cell.shared(x, y);
      }
    }
    assertThat(sum).isCloseTo(3.3 * 1.7, within(CLOSE));
  }

  /** Down and up: the ways of whole and of turned squares meet at no turn. */
  @ParameterizedTest
  @ValueSource(ints = {8, 40})
  void hardlyTurnedSquare_isLikeTheUprightOne(int side) {
    BufferedImage image = random(60, 50);
    Mask mask = Mask.rectangle(60, 50, 20, 15, 7, 9);
    Square upright = new Square(12, 5, side);
    Square turned = new Square(12, 5, side, 1e-9);
    Resampler.Shrunk expected = Resampler.shrink(Photo.of(image), mask, upright, MODEL);
    Resampler.Shrunk actual = Resampler.shrink(Photo.of(image), mask, turned, MODEL);
    assertThat(actual.mask()).isEqualTo(expected.mask());
    assertClose(actual.target(), expected.target());
    // Borders are repeated a little otherwise when a turned square shrinks.
    Bounds part = side == 8 ? new Bounds(13, 6, 6, 6) : new Bounds(10, 4, 20, 16);
    assertClose(
        Resampler.cover(expected.target(), turned, part),
        Resampler.cover(expected.target(), upright, part));
  }

  private static void assertClose(ImagePlanes actual, ImagePlanes expected) {
    for (int i = 0; i < expected.samples().length; i++) {
      assertThat(actual.samples()[i]).isCloseTo(expected.samples()[i], within((float) CLOSE));
    }
  }

  /** What stands upright in a square that is turned clockwise lies on its side in the photo. */
  @Test
  void quarterTurn_isTheUprightOneTurned() {
    BufferedImage image = random(50, 50);
    Square upright = new Square(9, 6, 32);
    ImagePlanes expected = Resampler.shrink(Photo.of(image), none(image), upright, MODEL).target();
    ImagePlanes actual =
        Resampler.shrink(Photo.of(image), none(image), new Square(9, 6, 32, 90), MODEL).target();
    for (int c = 0; c < 3; c++) {
      for (int j = 0; j < 16; j++) {
        for (int i = 0; i < 16; i++) {
          assertThat(actual.get(c, i, j))
              .isCloseTo(expected.get(c, 15 - j, i), within((float) CLOSE));
        }
      }
    }
  }

  /** An image that rises evenly along the square's own axes rises evenly in the photo. */
  @Test
  void cover_plane_staysAPlane() {
    Square square = Square.around(40, 40, 64, 30);
    ImagePlanes model = ImagePlanes.zeros(1, new Size(16, 16));
    for (int i = 0; i < 256; i++) {
      model.samples()[i] = (i % 16 + 0.5f) / 16;
    }
    Bounds part = new Bounds(30, 30, 20, 20);
    ImagePlanes covering = Resampler.cover(model, square, part);
    for (int y = 0; y < 20; y++) {
      for (int x = 0; x < 20; x++) {
        double expected =
            ((x - 9.5) * Math.cos(Math.PI / 6) + (y - 9.5) * Math.sin(Math.PI / 6)) / 64 + 0.5;
        assertThat((double) covering.get(0, x, y)).isCloseTo(expected, within(1e-6));
      }
    }
  }

  @Test
  void shrink_hiddenPixels_haveNoInfluence() {
    BufferedImage image = random(60, 60);
    BufferedImage other = random(60, 60);
    Mask mask = Mask.rectangle(60, 60, 24, 20, 9, 13);
    for (int y = 20; y < 33; y++) {
      for (int x = 24; x < 33; x++) {
        other.setRGB(x, y, ~image.getRGB(x, y));
      }
    }
    Square square = Square.around(30, 30, 40, 25);
    Resampler.Shrunk one = Resampler.shrink(Photo.of(image), mask, square, MODEL);
    Resampler.Shrunk two = Resampler.shrink(Photo.of(other), mask, square, MODEL);
    assertThat(two.mask()).isEqualTo(one.mask());
    assertThat(two.target().samples()).isEqualTo(one.target().samples());
    assertThat(one.mask().holeCount()).isBetween(10, 40);
  }

  /** The corners of a turned square lie outside: what is there is unknown, the middle is not. */
  @Test
  void shrink_beyondThePhoto_isUnknown() {
    BufferedImage image = random(40, 40);
    Resampler.Shrunk shrunk =
        Resampler.shrink(Photo.of(image), none(image), Square.around(20, 20, 40, 45), MODEL);
    assertThat(shrunk.mask().isHole(0, 0)).isTrue();
    assertThat(shrunk.mask().isHole(15, 0)).isTrue();
    assertThat(shrunk.mask().isHole(8, 8)).isFalse();
    assertThat(shrunk.target().get(0, 0, 0)).isZero();
    Resampler.Shrunk far =
        Resampler.shrink(Photo.of(image), none(image), Square.around(200, 20, 40, 45), MODEL);
    assertThat(far.mask().holeCount()).isEqualTo(256);
  }
}
