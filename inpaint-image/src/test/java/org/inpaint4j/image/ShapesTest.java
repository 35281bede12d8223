package org.inpaint4j.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes, rectangles, squares and shapes of images. */
class ShapesTest {

  @Test
  void size_isColumnsAndRows() {
    assertThat(Size.of(new BufferedImage(7, 3, BufferedImage.TYPE_BYTE_GRAY)))
        .isEqualTo(new Size(7, 3))
        .hasToString("7x3");
    assertThat(new Size(7, 3).pixels()).isEqualTo(21);
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> new Size(50_000, 50_000).pixels());
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 0", "-1, 1", "1, -1"})
  void size_withoutPixels_isRefused(int width, int height) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Size(width, height))
        .withMessage("a size must have at least one row and column: found %sx%s", width, height);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Bounds(0, 0, width, height))
        .withMessage(
            "a rectangle must have at least one row and column: found %sx%s", width, height);
    assertThat(new Bounds(-1, -1, 1, 1).size()).isEqualTo(new Size(1, 1));
  }

  @Test
  void bounds_ofASize_isAllOfIt() {
    assertThat(Bounds.of(new Size(7, 3)))
        .isEqualTo(new Bounds(0, 0, 7, 3))
        .hasToString("7x3 at (0, 0)");
  }

  @Test
  void bounds_ofPixels_isTheSmallestAround() {
    BitSet pixels = new BitSet();
    pixels.set(2 * 10 + 7);
    assertThat(Bounds.of(pixels, 10)).isEqualTo(new Bounds(7, 2, 1, 1));
    pixels.set(4 * 10 + 3);
    assertThat(Bounds.of(pixels, 10)).isEqualTo(new Bounds(3, 2, 5, 3));
    pixels.set(3 * 10 + 9);
    assertThat(Bounds.of(pixels, 10)).isEqualTo(new Bounds(3, 2, 7, 3));
  }

  @Test
  void contains_allOfAnother_atTheEdgesToo() {
    Bounds outer = new Bounds(2, 3, 5, 4);
    for (Bounds inside :
        List.of(outer, new Bounds(2, 3, 1, 1), new Bounds(6, 6, 1, 1), new Bounds(3, 4, 2, 2))) {
      assertThat(outer.contains(inside)).as("%s", inside).isTrue();
    }
    for (Bounds outside :
        List.of(
            new Bounds(1, 3, 2, 1),
            new Bounds(2, 2, 1, 2),
            new Bounds(6, 3, 2, 1),
            new Bounds(2, 6, 1, 2))) {
      assertThat(outer.contains(outside)).as("%s", outside).isFalse();
    }
  }

  @Test
  void union_holdsBoth() {
    Bounds one = new Bounds(2, 3, 5, 4);
    Bounds other = new Bounds(0, 6, 3, 9);
    assertThat(one.union(other)).isEqualTo(new Bounds(0, 3, 7, 12));
    assertThat(other.union(one)).isEqualTo(new Bounds(0, 3, 7, 12));
    assertThat(one.union(new Bounds(3, 4, 1, 1))).isEqualTo(one);
    assertThat(one.union(new Bounds(10, 0, 1, 1))).isEqualTo(new Bounds(2, 0, 9, 7));
  }

  @Test
  void grown_isCutAtThePicture() {
    Size picture = new Size(20, 10);
    Bounds hole = new Bounds(5, 3, 4, 2);
    assertThat(hole.grown(0, picture)).isEqualTo(hole);
    assertThat(hole.grown(2, picture)).isEqualTo(new Bounds(3, 1, 8, 6));
    assertThat(hole.grown(4, picture)).isEqualTo(new Bounds(1, 0, 12, 9));
    assertThat(hole.grown(6, picture)).isEqualTo(new Bounds(0, 0, 15, 10));
    assertThat(hole.grown(Integer.MAX_VALUE, picture)).isEqualTo(Bounds.of(picture));
  }

  @Test
  void square_isARectangle() {
    Square square = new Square(-3, 4, 5);
    assertThat(square.bounds()).isEqualTo(new Bounds(-3, 4, 5, 5));
    assertThat(square).hasToString("5x5 at (-3, 4)");
    assertThat(new Square(0, 0, 1).size()).isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Square(0, 0, 0))
        .withMessage("the size of a square must be positive: found 0");
  }

  @Test
  void imageShape_isChannelsAndPixels() {
    ImageShape shape = new ImageShape(3, new Size(8, 5));
    assertThat(shape.width()).isEqualTo(8);
    assertThat(shape.height()).isEqualTo(5);
    assertThat(shape.size()).isEqualTo(120);
    assertThat(shape).hasToString("3x5x8");
    assertThat(ImageShape.square(1, 4)).isEqualTo(new ImageShape(1, new Size(4, 4)));
    for (int channels : new int[] {0, 2, 4}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ImageShape.square(channels, 4))
          .withMessage("channels must be 1 or 3: found " + channels);
    }
  }
}
