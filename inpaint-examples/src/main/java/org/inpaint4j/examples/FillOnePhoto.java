package org.inpaint4j.examples;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.inpaint4j.Framing;
import org.inpaint4j.InpaintResult;
import org.inpaint4j.Inpainter;
import org.inpaint4j.faces.Faces64;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Square;

/** The short form: a photo, a mask, the shipped model. This is the code of the README. */
final class FillOnePhoto {

  private FillOnePhoto() {}

  /**
   * Fills the hole of one photo.
   *
   * @param args the photo, its mask (white is hole), the file to write, and the square that shows
   *     the face: its left column, its upper row, its side
   */
  public static void main(String[] args) throws IOException {
    fill(
        ImageIO.read(new File(args[0])),
        ImageIO.read(new File(args[1])),
        new File(args[2]),
        new Square(
            Integer.parseInt(args[3]), Integer.parseInt(args[4]), Integer.parseInt(args[5])));
  }

  private static void fill(BufferedImage photo, BufferedImage maskImage, File file, Square face)
      throws IOException {
    try (Inpainter inpainter =
        Inpainter.builder().model(Faces64.load()).framing(Framing.square(face)).build()) {
      InpaintResult result = inpainter.inpaint(photo, Mask.whiteIsHole(maskImage));
      ImageIO.write(result.image(), "png", file);
    }
  }
}
