package org.inpaint4j.faces;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Random;
import org.inpaint4j.Framing;
import org.inpaint4j.Inpainter;
import org.inpaint4j.image.Mask;
import org.inpaint4j.model.CompletionGolden;
import org.inpaint4j.model.Models;
import org.inpaint4j.model.ShippedModel;
import org.inpaint4j.model.Weights;
import org.junit.jupiter.api.Test;

class FaceCompletionTest {

  private static final double TOLERANCE = 1e-4;

  /** The script that made the file is make_completion_golden.py of inpaint-models. */
  @Test
  void network_shippedWeights_equalsPyTorch() throws IOException, URISyntaxException {
    Path golden =
        Path.of(FaceCompletionTest.class.getResource("face-completion-golden.safetensors").toURI());

    CompletionGolden.check(FaceCompletion.load().network(), Weights.load(golden), TOLERANCE);
  }

  @Test
  void faceCompletion_isFoundByItsName() {
    assertThat(Models.shipped()).extracting(ShippedModel::name).contains("facecompletion");
    assertThat(Models.named("facecompletion")).isInstanceOf(FaceCompletion.class);
  }

  @Test
  void inpaint_anyPicture_keepsKnownPixelsAndIgnoresHiddenOnes() {
    BufferedImage photo = picture(0);
    BufferedImage otherInTheHole = picture(0x777777);
    Mask mask = Mask.rectangle(150, 150, 40, 50, 30, 25);

    try (Inpainter inpainter =
        Inpainter.builder()
            .model(FaceCompletion.load())
            .framing(Framing.centeredSquare())
            .build()) {
      BufferedImage filled = inpainter.inpaint(photo, mask).image();
      BufferedImage again = inpainter.inpaint(otherInTheHole, mask).image();

      int changed = 0;
      for (int y = 0; y < 150; y++) {
        for (int x = 0; x < 150; x++) {
          assertThat(again.getRGB(x, y)).isEqualTo(filled.getRGB(x, y));
          if (!mask.isHole(x, y)) {
            assertThat(filled.getRGB(x, y)).isEqualTo(photo.getRGB(x, y));
          } else if (filled.getRGB(x, y) != photo.getRGB(x, y)) {
            changed++;
          }
        }
      }
      assertThat(changed).isGreaterThan(30 * 25 / 2);
    }
  }

  /** Random blocks, with one colour in the hole. */
  private static BufferedImage picture(int hidden) {
    BufferedImage picture = new BufferedImage(150, 150, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(5);
    for (int y = 0; y < 150; y += 10) {
      for (int x = 0; x < 150; x += 10) {
        int rgb = random.nextInt(0x1000000);
        for (int i = 0; i < 100; i++) {
          picture.setRGB(x + i % 10, y + i / 10, rgb);
        }
      }
    }
    for (int y = 50; y < 75; y++) {
      for (int x = 40; x < 70; x++) {
        picture.setRGB(x, y, hidden);
      }
    }
    return picture;
  }
}
