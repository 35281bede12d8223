package org.inpaint4j.examples;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.inpaint4j.Inpainter;
import org.inpaint4j.faces.Faces64;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;

/**
 * A blender of one's own: it copies the generated face into the hole without any change, so that
 * the seam shows what blending is for.
 */
final class OwnBlender implements Blender {

  @Override
  public ImagePlanes blend(ImagePlanes image, ImagePlanes filling, Mask mask) {
    ImagePlanes result = image.copy();
    int plane = image.width() * image.height();
    for (int c = 0; c < image.channels(); c++) {
      for (int i = 0; i < plane; i++) {
        if (mask.isHole(i % image.width(), i / image.width())) {
          result.samples()[c * plane + i] = filling.samples()[c * plane + i];
        }
      }
    }
    return result;
  }

  /**
   * Fills a portrait with this blender.
   *
   * @param args the portrait, its mask (white is hole), the file to write
   */
  public static void main(String[] args) throws IOException {
    BufferedImage photo = ImageIO.read(new File(args[0]));
    Mask mask = Mask.whiteIsHole(ImageIO.read(new File(args[1])));
    try (Inpainter inpainter =
        Inpainter.builder().model(Faces64.load()).blender(new OwnBlender()).build()) {
      ImageIO.write(inpainter.inpaint(photo, mask).image(), "png", new File(args[2]));
    }
  }
}
