package org.inpaint4j.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import org.junit.jupiter.api.Test;

class MarginsTest {

  private static final Margins MARGINS = new Margins(1, 2, 3, 0);

  @Test
  void extended_sixteenBitGray_keepsSamplesAndType() {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSample(0, 0, 0, 1);
    image.getRaster().setSample(1, 0, 0, 65_535);
    BufferedImage larger = MARGINS.extended(image);
    assertThat(larger.getType()).isEqualTo(BufferedImage.TYPE_USHORT_GRAY);
    assertThat(larger.getRaster().getSamples(0, 0, 6, 3, 0, (int[]) null))
        .containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 65_535, 0, 0, 0);
  }

  @Test
  void extended_transparentPicture_isTransparentInItsMargins() {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x80123456);
    BufferedImage larger = MARGINS.extended(image);
    assertThat(larger.getRGB(1, 2)).isEqualTo(0x80123456);
    assertThat(larger.getRGB(0, 0)).isZero();
  }

  @Test
  void extended_palette_becomesColours() {
    IndexColorModel palette =
        new IndexColorModel(
            1, 2, new byte[] {0, (byte) 200}, new byte[] {0, 100}, new byte[] {9, 50});
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY, palette);
    image.getRaster().setSample(1, 0, 0, 1);
    BufferedImage larger = MARGINS.extended(image);
    assertThat(larger.getType()).isEqualTo(BufferedImage.TYPE_INT_RGB);
    assertThat(larger.getRGB(1, 2)).isEqualTo(0xff000009);
    assertThat(larger.getRGB(2, 2)).isEqualTo(0xffc86432);
  }

  @Test
  void hole_isTheMarginsAndWhatWasMissing() {
    Mask mask = Mask.rectangle(2, 2, 1, 0, 1, 1);
    Mask larger = new Margins(1, 0, 0, 1).hole(mask);
    assertThat(larger).isEqualTo(Mask.of(3, 3, (x, y) -> x == 0 || y == 2 || (x == 2 && y == 0)));
    assertThat(new Margins(0, 0, 0, 0).hole(mask)).isEqualTo(mask);
    assertThat(new Margins(1, 0, 0, 0).hole(new Size(1, 2)))
        .isEqualTo(Mask.rectangle(2, 2, 0, 0, 1, 2));
    assertThat(MARGINS.of(new Size(4, 5))).isEqualTo(new Bounds(1, 2, 4, 5));
  }

  @Test
  void margins_negativeOrTooLarge_areRefused() {
    assertThatThrownBy(() -> new Margins(0, -1, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("margins must not be negative: found 0, -1, 0, 0");
    Margins huge = new Margins(50_000, 0, 0, 50_000);
    Size size = new Size(10, 10);
    assertThatThrownBy(() -> huge.extended(size))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an extended picture must have at most 2147483647 pixels: found 50010x50010");
  }
}
