package org.inpaint4j.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.junit.jupiter.api.Test;

class MaskConventionTest {

  /** Opaque white, opaque black, transparent. */
  private static BufferedImage three() {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0xffffffff);
    image.setRGB(1, 0, 0xff000000);
    return image;
  }

  @Test
  void read_eachConvention_takesItsPixels() throws Exception {
    assertThat(MaskConvention.WHITE.read(three(), "m").isHole(0, 0)).isTrue();
    assertThat(MaskConvention.WHITE.read(three(), "m").isHole(1, 0)).isFalse();
    assertThat(MaskConvention.BLACK.read(three(), "m").isHole(0, 0)).isFalse();
    assertThat(MaskConvention.BLACK.read(three(), "m").isHole(1, 0)).isTrue();
    Mask erased = MaskConvention.ALPHA.read(three(), "m");
    assertThat(erased.holeCount()).isEqualTo(1);
    assertThat(erased.isHole(2, 0)).isTrue();
  }

  @Test
  void read_alphaOfAnOpaquePicture_isRefused() {
    BufferedImage opaque = new BufferedImage(3, 1, BufferedImage.TYPE_INT_RGB);
    assertThatThrownBy(() -> MaskConvention.ALPHA.read(opaque, "m.png"))
        .isInstanceOf(PictureException.class)
        .hasMessage(
            "the mask must have transparency for the convention alpha: found none in m.png");
  }

  @Test
  void check_whatIsNoMaskOfThePhoto_isRefusedInASentence() throws Exception {
    Size size = new Size(3, 2);
    MaskConvention.BLACK.check(Mask.rectangle(3, 2, 0, 0, 1, 1), "m", size, "p");
    assertThatThrownBy(
            () -> MaskConvention.WHITE.check(Mask.rectangle(2, 2, 0, 0, 1, 1), "m", size, "p"))
        .hasMessage("the mask must be as large as the photo: expected 3x2 (p), found 2x2 (m)");
    assertThatThrownBy(
            () -> MaskConvention.ALPHA.check(Mask.of(3, 2, (x, y) -> false), "m", size, "p"))
        .hasMessage("the mask must show a hole: expected transparent pixels, found none in m");
    assertThatThrownBy(
            () -> MaskConvention.BLACK.check(Mask.of(3, 2, (x, y) -> true), "m", size, "p"))
        .hasMessage("the mask must leave something known: found only black pixels in m");
  }

  @Test
  void toString_isTheWordOfCommandLines() {
    assertThat(MaskConvention.values())
        .extracting(String::valueOf)
        .containsExactly("white", "black", "alpha");
  }
}
