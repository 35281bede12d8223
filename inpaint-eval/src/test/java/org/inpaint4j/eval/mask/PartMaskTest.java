package org.inpaint4j.eval.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.Mask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartMaskTest {

  @ParameterizedTest
  @ValueSource(ints = {64, 128})
  void generate_everyPart_hasThePixelsOfTheTrainingScript(int size) throws IOException {
    BufferedImage column =
        ImageIO.read(PartMaskTest.class.getResourceAsStream("parts-" + size + ".png"));
    List<MaskGenerator> parts = MaskGenerator.parts();
    assertThat(column.getHeight()).isEqualTo(parts.size() * size);
    Mask all = Mask.whiteIsHole(column);
    for (int i = 0; i < parts.size(); i++) {
      assertThat(parts.get(i).generate(size, size, 7))
          .as(parts.get(i).name())
          .isEqualTo(all.crop(new Bounds(0, i * size, size, size)));
    }
  }

  @Test
  void parts_areNamedAndOfOneFamily() {
    for (MaskGenerator part : MaskGenerator.parts()) {
      assertThat(part.family()).isEqualTo("parts");
      assertThat(part.isRandom()).isFalse();
      assertThat(MaskGenerator.named(part.name())).isSameAs(part);
      assertThat(MaskGenerator.names()).contains(part.name());
    }
    assertThat(MaskGenerator.rectangle().family()).isEqualTo("rectangle");
    assertThat(MaskGenerator.rectangle().isRandom()).isTrue();
    assertThat(MaskGenerator.leftHalf().isRandom()).isFalse();
  }

  @Test
  void generate_otherShape_keepsTheShares() {
    Mask half = MaskGenerator.named("lower-half-face").generate(40, 20, 1);
    assertThat(half).isEqualTo(Mask.rectangle(40, 20, 0, 10, 40, 10));
    Mask eye = MaskGenerator.named("left-eye").generate(200, 100, 1);
    assertThat(eye.isHole(133, 31)).isTrue();
    assertThat(eye.isHole(67, 31)).isFalse();
  }

  @Test
  void generate_tinyImage_isRefused() {
    assertThatThrownBy(() -> MaskGenerator.named("nose").generate(15, 40, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 16x16: found 15x40");
  }
}
