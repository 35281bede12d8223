package org.inpaint4j.examples;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.inpaint4j.InpaintResult;
import org.inpaint4j.Inpainter;
import org.inpaint4j.faces.Faces64;
import org.inpaint4j.image.Mask;

/** The short form: a photo, a mask, the shipped model. The README shows this code. */
final class FillOnePhoto {

  private FillOnePhoto() {}

  /**
   * Fills the hole of one photo: the faces at it are found.
   *
   * @param args the photo, its mask (white is hole), the file to write
   */
  public static void main(String[] args) throws IOException {
    fill(ImageIO.read(new File(args[0])), ImageIO.read(new File(args[1])), new File(args[2]));
  }

  private static void fill(BufferedImage photo, BufferedImage maskImage, File file)
      throws IOException {
    try (Inpainter inpainter = Inpainter.builder().model(Faces64.load()).build()) {
      InpaintResult result = inpainter.inpaint(photo, Mask.whiteIsHole(maskImage));
      ImageIO.write(result.image(), "png", file);
    }
  }
}
