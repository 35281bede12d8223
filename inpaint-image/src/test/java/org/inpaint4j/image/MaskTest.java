package org.inpaint4j.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskTest {

  private static Mask mask(String... rows) {
    return Mask.of(rows[0].length(), rows.length, (x, y) -> rows[y].charAt(x) == '#');
  }

  private static BufferedImage row(int type, int... argb) {
    BufferedImage image = new BufferedImage(argb.length, 1, type);
    for (int x = 0; x < argb.length; x++) {
      image.setRGB(x, 0, argb[x]);
    }
    return image;
  }

  @Test
  void of_test_isAskedOnceForEachPixel() {
    List<String> asked = new ArrayList<>();
    Mask mask =
        Mask.of(
            3,
            2,
            (x, y) -> {
              asked.add(x + "," + y);
              return (x == 2 && y == 0) || (x == 0 && y == 1);
            });
    assertThat(asked).containsExactly("0,0", "1,0", "2,0", "0,1", "1,1", "2,1");
    assertThat(mask.width()).isEqualTo(3);
    assertThat(mask.height()).isEqualTo(2);
    assertThat(mask.size()).isEqualTo(new Size(3, 2));
    assertThat(mask.holeBits().stream()).containsExactly(2, 3);
    assertThat(mask.isHole(2, 0)).isTrue();
    assertThat(mask.isHole(0, 1)).isTrue();
    assertThat(mask.isHole(1, 1)).isFalse();
    assertThat(mask).hasToString("3x2 mask with a hole of 2 pixels");
  }

  @ParameterizedTest
  @CsvSource({"0, 2", "2, 0", "-1, 2"})
  void of_noPixels_isRefused(int width, int height) {
    String message = "a mask must have at least one row and column: found " + width + "x" + height;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mask.of(width, height, (x, y) -> true))
        .withMessage(message);
  }

  @Test
  void of_bits_areCopiedBothWays() {
    BitSet bits = new BitSet();
    bits.set(1);
    bits.set(5);
    Mask mask = Mask.of(new Size(3, 2), bits);
    assertThat(mask).isEqualTo(mask(".#.", "..#"));
    bits.set(0);
    mask.holeBits().set(0);
    assertThat(mask).isEqualTo(mask(".#.", "..#"));
    bits.set(6);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mask.of(new Size(3, 2), bits))
        .withMessage("the bits of a mask must be of its 6 pixels: found one of pixel 6");
  }

  @Test
  void rectangle_isTheHole() {
    assertThat(Mask.rectangle(4, 3, 1, 0, 2, 2)).isEqualTo(mask(".##.", ".##.", "...."));
    assertThat(Mask.rectangle(2, 2, 0, 0, 2, 2)).isEqualTo(mask("##", "##"));
    assertThat(Mask.rectangle(2, 2, 1, 1, 1, 1)).isEqualTo(mask("..", ".#"));
    assertThat(Mask.rectangle(2, 2, 2, 2, 0, 0)).isEqualTo(mask("..", ".."));
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 0, 1, 1",
    "0, -1, 1, 1",
    "0, 0, -1, 1",
    "0, 0, 1, -1",
    "3, 0, 2, 1",
    "0, 2, 1, 2"
  })
  void rectangle_outsideTheImage_isRefused(int x, int y, int w, int h) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mask.rectangle(4, 3, x, y, w, h))
        .withMessage("the hole must lie inside the 4x3 image: found %sx%s at (%s, %s)", w, h, x, y);
  }

  /** 127 and 128 are the grays beside one half; alpha does not count. */
  @Test
  void whiteIsHole_countsFromOneHalf() {
    BufferedImage grays =
        row(
            BufferedImage.TYPE_INT_ARGB,
            0xFF000000,
            0xFF7F7F7F,
            0xFF808080,
            0xFFFFFFFF,
            0x00FFFFFF,
            0x00000000);
    assertThat(Mask.whiteIsHole(grays)).isEqualTo(mask("..###."));
    assertThat(Mask.blackIsHole(grays)).isEqualTo(mask("##...#"));
  }

  /** Luma: 0.299 red, 0.587 green, 0.114 blue. */
  @Test
  void whiteIsHole_ofColours_countsTheirLuma() {
    BufferedImage colours =
        row(
            BufferedImage.TYPE_INT_RGB,
            0xFF0000,
            0x00FF00,
            0x0000FF,
            0xFF00FF,
            0xFFFF00,
            0x00FFFF,
            0x00D900,
            0x00DA00);
    // 76, 150, 29, 105, 226, 179; and 127.4 and 128.0.
    assertThat(Mask.whiteIsHole(colours)).isEqualTo(mask(".#..##.#"));
    // 0.299 * 255 + 0.587 * 87 = 127.3; with a blue of 2 more, 127.5.
    // The third is 127.5 exactly.
    BufferedImage edge = row(BufferedImage.TYPE_INT_RGB, 0xFF5700, 0xFF5702, 0x00CC44);
    assertThat(Mask.whiteIsHole(edge)).isEqualTo(mask(".##"));
    assertThat(Mask.blackIsHole(edge)).isEqualTo(mask("#.."));
  }

  @Test
  void whiteIsHole_ofABitmap_isItsPixels() {
    BufferedImage bitmap = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_BINARY);
    bitmap.setRGB(1, 0, -1);
    assertThat(Mask.whiteIsHole(bitmap)).isEqualTo(mask(".#", ".."));
    assertThat(Mask.blackIsHole(bitmap)).isEqualTo(mask("#.", "##"));
  }

  @Test
  void transparentIsHole_countsBelowOneHalf() {
    BufferedImage image =
        row(BufferedImage.TYPE_INT_ARGB, 0x00FFFFFF, 0x7FFFFFFF, 0x80FFFFFF, 0xFF000000);
    assertThat(Mask.transparentIsHole(image)).isEqualTo(mask("##.."));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mask.transparentIsHole(row(BufferedImage.TYPE_INT_RGB, 0)))
        .withMessage(
            "a mask from transparency must have an alpha channel: found an image without one");
  }

  @Test
  void isHole_outsideTheImage_isRefused() {
    Mask mask = mask("##", "##", "##");
    List<ThrowingCallable> outside =
        List.of(
            () -> mask.isHole(-1, 1),
            () -> mask.isHole(2, 1),
            () -> mask.isHole(1, -1),
            () -> mask.isHole(1, 3));
    for (ThrowingCallable call : outside) {
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(call)
          .withMessageEndingWith("must lie in the 2x3 mask");
    }
    assertThat(mask.isHole(0, 0)).isTrue();
    assertThat(mask.isHole(1, 2)).isTrue();
  }

  @Test
  void holeBounds_isTheSmallestRectangle() {
    assertThat(mask("....", "..#.", ".#..").holeBounds()).contains(new Bounds(1, 1, 2, 2));
    assertThat(mask("#...", "....", "...#").holeBounds()).contains(new Bounds(0, 0, 4, 3));
    assertThat(mask("....", "..#.", "....").holeBounds()).contains(new Bounds(2, 1, 1, 1));
    assertThat(mask("...#", "#...").holeBounds()).contains(new Bounds(0, 0, 4, 2));
    assertThat(mask("...").holeBounds()).isEmpty();
  }

  @Test
  void crop_isThatPartOfTheMask() {
    Mask mask = mask("#..#", ".##.", "#..#");
    assertThat(mask.crop(new Bounds(1, 0, 3, 2))).isEqualTo(mask("..#", "##."));
    assertThat(mask.crop(new Bounds(0, 1, 2, 2))).isEqualTo(mask(".#", "#."));
    assertThat(mask.crop(new Bounds(0, 0, 4, 3))).isEqualTo(mask);
    assertThat(mask.crop(new Bounds(3, 2, 1, 1))).isEqualTo(mask("#"));
  }

  @ParameterizedTest
  @CsvSource({"-1, 0, 2, 2", "0, -1, 2, 2", "3, 0, 2, 2", "0, 2, 2, 2"})
  void crop_outsideTheMask_isRefused(int x, int y, int w, int h) {
    Mask mask = mask("#..#", ".##.", "#..#");
    Bounds part = new Bounds(x, y, w, h);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> mask.crop(part))
        .withMessage("the part must lie inside the image: expected one inside 4x3, found " + part);
  }

  @Test
  void holeFraction_isTheShare() {
    assertThat(mask("#...", "....").holeFraction()).isEqualTo(0.125);
    assertThat(mask("##").holeFraction()).isEqualTo(1);
    assertThat(mask("..").holeFraction()).isZero();
    assertThat(mask("#.#").holeCount()).isEqualTo(2);
    assertThat(mask("#.#").holeFraction()).isCloseTo(2 / 3.0, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"64, 7", "256, 28", "128, 14", "1, 2", "18, 2", "23, 3", "100, 11"})
  void importanceWindow_isInProportionToThePapers(int width, int window) {
    assertThat(Mask.importanceWindow(width)).isEqualTo(window);
  }

  @Test
  void toImage_isWhiteInTheHole() {
    Mask mask = mask("#.", ".#", "##");
    BufferedImage image = mask.toImage();
    assertThat(image.getType()).isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
    assertThat(image.getRaster().getSamples(0, 0, 2, 3, 0, (int[]) null))
        .containsExactly(255, 0, 0, 255, 255, 255);
    assertThat(Mask.whiteIsHole(image)).isEqualTo(mask);
  }

  @Test
  void equals_isBySizeAndHole() {
    Mask mask = mask("#.", "..");
    assertThat(mask).isEqualTo(mask("#.", "..")).hasSameHashCodeAs(mask("#.", ".."));
    assertThat(mask).isNotEqualTo(mask(".#", "..")).isNotEqualTo(mask("#...")).isNotEqualTo("#");
    assertThat(mask).isNotEqualTo(mask("#.", "..", ".."));
    assertThat(mask.hashCode()).isNotEqualTo(mask("#...").hashCode());
  }

  @Test
  void placed_aPart_isTheOppositeOfCrop() {
    Mask part = Mask.of(3, 2, (x, y) -> x == y);
    Bounds at = new Bounds(4, 1, 3, 2);

    Mask whole = part.placed(at, new Size(8, 5));

    assertThat(whole).isEqualTo(Mask.of(8, 5, (x, y) -> (x == 4 && y == 1) || (x == 5 && y == 2)));
    assertThat(whole.crop(at)).isEqualTo(part);
    assertThatThrownBy(() -> part.placed(new Bounds(4, 1, 2, 2), new Size(8, 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a mask must be placed where it fits: expected 3x2, found 2x2");
    assertThatThrownBy(() -> part.placed(at, new Size(6, 5)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
