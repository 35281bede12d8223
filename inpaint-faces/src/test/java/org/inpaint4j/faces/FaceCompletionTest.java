package org.inpaint4j.faces;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.inpaint4j.Framing;
import org.inpaint4j.Inpainter;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
import org.inpaint4j.image.Square;
import org.inpaint4j.model.CompletionGolden;
import org.inpaint4j.model.Models;
import org.inpaint4j.model.ShippedModel;
import org.inpaint4j.model.Weights;
import org.inpaint4j.model.face.FaceFinder;
import org.inpaint4j.model.face.Faces;
import org.jspecify.annotations.Nullable;
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

  /**
   * Over four parts of the demo's portrait: 0.82 times as far; over many faces, see
   * docs/faces-found.md.
   */
  @Test
  void finder_faceIsHiddenInPart_findsItsSquareBetterThanWithoutTheNetwork() throws IOException {
    BufferedImage image =
        ImageIO.read(
            Path.of("../inpaint-cli/src/main/resources/org/inpaint4j/cli/portrait.jpg").toFile());
    Photo photo = Photo.of(image);
    try (FaceFinder completing = Faces.finder();
        FaceFinder plain = FaceFinder.load()) {
      Square right = plain.all(photo, hidden(photo, null, 0, 0, 0, 0)).get(0).square();
      List<Mask> masks =
          List.of(
              hidden(photo, right, 0, 0.5, 0, 1),
              hidden(photo, right, 0.5, 1, 0, 1),
              hidden(photo, right, 0.14, 0.86, 0.2, 0.46),
              hidden(photo, right, 0.26, 0.74, 0.57, 0.83));

      double with = masks.stream().mapToDouble(m -> error(completing, photo, m, right)).sum();
      double without = masks.stream().mapToDouble(m -> error(plain, photo, m, right)).sum();

      assertThat(with).isLessThan(0.9 * without);
    }
  }

  private static double error(FaceFinder finder, Photo photo, Mask mask, Square right) {
    Square found = finder.atHole(photo, mask).get(0).square();
    double sum = 0;
    for (int corner = 0; corner < 4; corner++) {
      double u = corner & 1;
      double v = corner >> 1;
      sum += Math.hypot(found.column(u, v) - right.column(u, v), found.row(u, v) - right.row(u, v));
    }
    return sum / 4 / right.size();
  }

  /** A rectangle of a square, in shares of its sides; no hole without a square. */
  private static Mask hidden(
      Photo photo, @Nullable Square square, double u0, double u1, double v0, double v1) {
    return Mask.of(
        photo.size().width(),
        photo.size().height(),
        (x, y) -> {
          if (square == null) {
            return false;
          }
          double u = square.across(x + 0.5, y + 0.5);
          double v = square.down(x + 0.5, y + 0.5);
          return u > u0 && u < u1 && v > v0 && v < v1;
        });
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
