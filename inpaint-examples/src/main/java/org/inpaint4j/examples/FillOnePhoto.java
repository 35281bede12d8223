package org.inpaint4j.examples;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.inpaint4j.InpaintResult;
import org.inpaint4j.Inpainter;
import org.inpaint4j.image.Mask;
import org.inpaint4j.photo.Photos;

/** The short form: a photo, a mask; the library chooses what fills. The README shows this code. */
final class FillOnePhoto {

  private FillOnePhoto() {}

  /**
   * Fills the hole of one photo: faces by a model of faces, all else from the photo itself.
   *
   * @param args the photo, its mask (white is hole), the file to write
   */
  public static void main(String[] args) throws IOException {
    fill(ImageIO.read(new File(args[0])), ImageIO.read(new File(args[1])), new File(args[2]));
  }

  private static void fill(BufferedImage photo, BufferedImage maskImage, File file)
      throws IOException {
    try (Inpainter inpainter = Photos.automatic()) {
      InpaintResult result = inpainter.inpaint(photo, Mask.whiteIsHole(maskImage));
      ImageIO.write(result.image(), "png", file);
    }
  }
}
