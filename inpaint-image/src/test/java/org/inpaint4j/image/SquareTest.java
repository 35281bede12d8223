package org.inpaint4j.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SquareTest {

  private static final double CLOSE = 1e-9;

  @Test
  void wholeSquare_hasItsPixelsAndPrintsWholeNumbers() {
    Square square = new Square(3, 5, 10);
    assertThat(square.isWhole()).isTrue();
    assertThat(square.bounds()).isEqualTo(new Bounds(3, 5, 10, 10));
    assertThat(square).hasToString("10x10 at (3, 5)");
    assertThat(square.contains(new Bounds(3, 5, 10, 10))).isTrue();
    assertThat(square.contains(new Bounds(3, 5, 11, 10))).isFalse();
    assertThat(square.contains(2, 5)).isFalse();
    assertThat(square.contains(12, 14)).isTrue();
  }

  /** A quarter turn clockwise brings the upper left corner to the upper right. */
  @Test
  void quarterTurn_movesCornersClockwise() {
    Square square = new Square(0, 0, 10, 90);
    assertThat(square.isWhole()).isFalse();
    assertThat(square.column(0, 0)).isEqualTo(10);
    assertThat(square.row(0, 0)).isZero();
    assertThat(square.column(1, 0)).isEqualTo(10);
    assertThat(square.row(1, 0)).isEqualTo(10);
    assertThat(square.bounds()).isEqualTo(new Bounds(0, 0, 10, 10));
  }

  /** The diagonal of a square of 10 is 14.1 pixels: a pixel in the corner of its box is outside. */
  @Test
  void eighthOfATurn_hasTheBoxOfItsDiagonal() {
    Square square = Square.around(20, 30, 10, 45);
    assertThat(square.bounds()).isEqualTo(new Bounds(12, 22, 16, 16));
    assertThat(square.contains(13, 23)).isFalse();
    assertThat(square.contains(20, 23)).isTrue();
    assertThat(square).hasToString("10x10 at (15, 25), turned by 45 degrees");
  }

  @Test
  void pointsOfThePhoto_comeBack() {
    Square square = Square.around(20.25, 31.5, 12.75, -20);
    double across = square.across(23, 29);
    double down = square.down(23, 29);
    assertThat(square.column(across, down)).isCloseTo(23, within(CLOSE));
    assertThat(square.row(across, down)).isCloseTo(29, within(CLOSE));
  }

  @Test
  void angle_isBroughtToOneTurn() {
    assertThat(new Square(0, 0, 1, 370).angle()).isEqualTo(10);
    assertThat(new Square(0, 0, 1, -360)).isEqualTo(new Square(0, 0, 1));
  }

  @Test
  void wrongValues_areRefused() {
    assertThatThrownBy(() -> new Square(0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the size of a square must be positive: found 0");
    assertThatThrownBy(() -> new Square(0, Double.NaN, 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be finite");
  }
}
