package org.inpaint4j.consumers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import org.inpaint4j.InpaintResult;
import org.inpaint4j.Inpainter;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.Mask;
import org.inpaint4j.photo.Photos;
import org.junit.jupiter.api.Test;

/** {@code inpaint-photo} for those who may not use the weights of faces: no backend, no trouble. */
class PhotoWithoutFacesTest {

  private static final int SIDE = 96;

  private static BufferedImage stripes() {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < SIDE * SIDE; i++) {
      image.setRGB(i % SIDE, i / SIDE, i % SIDE / 4 % 2 == 0 ? 0x204080 : 0xC0A060);
    }
    return image;
  }

  @Test
  void classPath_hasNoBackend() {
    assertThatThrownBy(() -> Class.forName("org.nd4j.linalg.cpu.nativecpu.CpuBackend"))
        .isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void automatic_wideHole_isFilledFromThePhoto() {
    BufferedImage photo = stripes();
    Mask hole = Mask.rectangle(SIDE, SIDE, 30, 30, 32, 32);
    try (Inpainter inpainter = Photos.automatic()) {
      InpaintResult result = inpainter.inpaint(photo, hole);
      assertThat(result.status()).isEqualTo(FillStatus.COMPLETED);
      assertThat(result.warnings()).isEmpty();
      assertThat(result.map()).hasToString("1024 by patches");
      int wrong = 0;
      for (int i = 0; i < SIDE * SIDE; i++) {
        int x = i % SIDE;
        int y = i / SIDE;
        int blue = Math.abs((result.image().getRGB(x, y) & 255) - (photo.getRGB(x, y) & 255));
        wrong += blue > 4 ? 1 : 0;
      }
      // The stripes go on.
      assertThat(wrong).isLessThan(100);
    }
  }

  @Test
  void automatic_thinHole_isFilledThinly() {
    Mask hole = Mask.rectangle(SIDE, SIDE, 10, 48, 70, 3);
    try (Inpainter inpainter = Photos.automatic()) {
      assertThat(inpainter.inpaint(stripes(), hole).map()).hasToString("210 by thin fill");
    }
  }
}
