package org.inpaint4j.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.inpaint4j.InpaintResult;
import org.inpaint4j.Inpainter;
import org.inpaint4j.files.PictureException;
import org.inpaint4j.image.Mask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaceExamplesTest {

  private static final Path PORTRAIT =
      Path.of("../inpaint-cli/src/main/resources/org/inpaint4j/cli/portrait.jpg");

  /** Another photo of the same person, so to speak: turned, smaller, darker, less red. */
  private static BufferedImage another(BufferedImage portrait) {
    BufferedImage result = new BufferedImage(600, 700, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = result.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.translate(90, 20);
    graphics.rotate(Math.toRadians(8));
    graphics.scale(0.95, 0.95);
    graphics.drawImage(portrait, 0, 0, null);
    graphics.dispose();
    for (int y = 0; y < result.getHeight(); y++) {
      for (int x = 0; x < result.getWidth(); x++) {
        int rgb = result.getRGB(x, y);
        int red = (rgb >> 16 & 255) * 8 / 10;
        int green = (rgb >> 8 & 255) * 9 / 10;
        result.setRGB(x, y, red << 16 | green << 8 | (rgb & 255) * 9 / 10);
      }
    }
    return result;
  }

  private static double psnr(BufferedImage truth, BufferedImage result, Mask hole) {
    double squares = 0;
    for (int y = 0; y < hole.height(); y++) {
      for (int x = 0; x < hole.width(); x++) {
        for (int shift = 0; hole.isHole(x, y) && shift < 24; shift += 8) {
          double off = (truth.getRGB(x, y) >> shift & 255) - (result.getRGB(x, y) >> shift & 255);
          squares += off * off;
        }
      }
    }
    return 10 * Math.log10(255.0 * 255 * 3 * hole.holeCount() / squares);
  }

  @Test
  void inpaint_anotherPhotoOfTheFace_bringsItsMouthBack(@TempDir Path folder) throws IOException {
    BufferedImage portrait = ImageIO.read(PORTRAIT.toFile());
    ImageIO.write(another(portrait), "png", folder.resolve("another.png").toFile());
    ImageIO.write(
        new BufferedImage(200, 150, BufferedImage.TYPE_INT_RGB),
        "png",
        folder.resolve("nobody.png").toFile());
    Mask mouth = Mask.of(480, 600, (x, y) -> Math.hypot((x - 248) / 42.0, (y - 268) / 24.0) <= 1);

    try (Inpainter inpainter = Inpainter.builder().model(FaceExamples.of(folder)).build()) {
      InpaintResult result = inpainter.inpaint(portrait, mouth);

      assertThat(result.parts()).hasSize(1);
      assertThat(psnr(portrait, result.image(), mouth)).isGreaterThan(26);
    }
  }

  @Test
  void of_picturesWithoutFaces_saysSo(@TempDir Path folder) throws IOException {
    ImageIO.write(
        new BufferedImage(200, 150, BufferedImage.TYPE_INT_RGB),
        "png",
        folder.resolve("nobody.png").toFile());

    assertThatThrownBy(() -> FaceExamples.of(folder))
        .isInstanceOf(PictureException.class)
        .hasMessage(
            "examples must be pictures of faces of 96 pixels or more: found none in 1 pictures of "
                + folder);
  }
}
