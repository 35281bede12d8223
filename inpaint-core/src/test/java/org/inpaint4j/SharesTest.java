package org.inpaint4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Square;
import org.junit.jupiter.api.Test;

class SharesTest {

  private static final Square LEFT = new Square(0, 0, 10);
  private static final Square RIGHT = new Square(8, 0, 10);

  /** Which pixels of the mask a share has, as text. */
  private static String shown(Shares.Share share) {
    StringBuilder text = new StringBuilder().append(share.square()).append(':');
    for (int y = 0; y < share.crop().height(); y++) {
      for (int x = 0; x < share.crop().width(); x++) {
        if (share.hole().isHole(x, y)) {
          text.append(' ').append(share.crop().x() + x).append(',').append(share.crop().y() + y);
        }
      }
    }
    return text.toString();
  }

  private static List<String> divided(Mask mask, boolean mayRest, Square... squares) {
    return Shares.of(mask, List.of(squares), mayRest).stream().map(SharesTest::shown).toList();
  }

  @Test
  void partThatBothShow_isTheFirstOnes() {
    assertThat(divided(Mask.rectangle(30, 10, 8, 2, 2, 1), true, LEFT, RIGHT))
        .containsExactly("0: 8,2 9,2");
  }

  @Test
  void partThatTheSecondShowsEntirely_isTheSeconds() {
    assertThat(divided(Mask.rectangle(30, 10, 8, 2, 4, 1), true, LEFT, RIGHT))
        .containsExactly("1: 8,2 9,2 10,2 11,2");
  }

  @Test
  void partThatNoneShowsEntirely_isDividedPixelByPixel() {
    assertThat(divided(Mask.rectangle(30, 10, 7, 2, 13, 1), true, LEFT, RIGHT))
        .containsExactly(
            "0: 7,2 8,2 9,2", "1: 10,2 11,2 12,2 13,2 14,2 15,2 16,2 17,2", "-1: 18,2 19,2");
  }

  @Test
  void wholePartsAndPixels_shareACrop() {
    Mask mask =
        Pictures.union(Mask.rectangle(30, 10, 1, 1, 1, 1), Mask.rectangle(30, 10, 8, 8, 12, 1));
    assertThat(divided(mask, true, LEFT))
        .containsExactly("0: 1,1 8,8 9,8", "-1: 10,8 11,8 12,8 13,8 14,8 15,8 16,8 17,8 18,8 19,8");
  }

  @Test
  void turnedSquare_hasThePixelsUnderIt() {
    // A diamond: its middle row is 14 pixels wide.
    Square diamond = Square.around(15, 5, 10, 45);
    assertThat(divided(Mask.rectangle(30, 11, 0, 5, 30, 1), true, diamond).get(0))
        .startsWith("0: 8,5 ")
        .endsWith(" 21,5");
  }

  @Test
  void noSquare_restsEntirely() {
    assertThat(divided(Mask.rectangle(30, 10, 8, 2, 1, 1), true)).containsExactly("-1: 8,2");
  }

  @Test
  void nothingMayRest_refusesPartsThatNoneShows() {
    Mask mask = Mask.rectangle(30, 10, 7, 2, 13, 1);
    List<Square> squares = List.of(LEFT, RIGHT);
    assertThatThrownBy(() -> Shares.of(mask, squares, false))
        .isInstanceOf(HoleOutsideSquareException.class)
        .hasMessageContaining("found missing pixels from (7, 2) to (19, 2)");
  }

  @Test
  void nothingMayRestAndNoSquare_saysThatThereIsNone() {
    Mask mask = Mask.rectangle(30, 10, 7, 2, 13, 1);
    assertThatExceptionOfType(HoleOutsideSquareException.class)
        .isThrownBy(() -> Shares.of(mask, List.of(), false))
        .withMessage(
            "the hole must lie inside the square that is shown to the model: expected at least one"
                + " square, found none for the missing pixels from (7, 2) to (19, 2)")
        .satisfies(error -> assertThat(error.squares()).isEmpty());
  }

  @Test
  void squaresThatShowNothingOfTheHole_areRefusedThoughItMayRest() {
    Mask mask = Mask.rectangle(30, 10, 25, 2, 2, 1);
    List<Square> squares = List.of(LEFT, RIGHT);
    assertThatThrownBy(() -> Shares.of(mask, squares, true))
        .isInstanceOf(HoleOutsideSquareException.class);
  }
}
