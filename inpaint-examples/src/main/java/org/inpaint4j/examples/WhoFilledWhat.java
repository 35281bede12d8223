package org.inpaint4j.examples;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.inpaint4j.FillMap;
import org.inpaint4j.InpaintResult;
import org.inpaint4j.Inpainter;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Mask;
import org.inpaint4j.model.Models;
import org.inpaint4j.model.ShippedModel;
import org.inpaint4j.patch.MixedFill;
import org.inpaint4j.patch.PatchFill;
import org.inpaint4j.patch.PatchOptions;
import org.inpaint4j.photo.Photos;

/** Which filler made which pixel; with a model and a filler of the rest that are chosen by hand. */
final class WhoFilledWhat {

  private WhoFilledWhat() {}

  /**
   * Fills one photo and draws who filled what.
   *
   * @param args the photo, its mask (white is hole), the file to write, the file of the map
   */
  public static void main(String[] args) throws IOException {
    BufferedImage photo = ImageIO.read(new File(args[0]));
    Mask mask = Mask.whiteIsHole(ImageIO.read(new File(args[1])));
    Optional<ShippedModel> faces = Models.shipped("facecompletion");
    // Colours as they are at the source: for graphics, say.
    Filler rest =
        MixedFill.of(PatchFill.of(PatchOptions.balanced().toBuilder().colourAdaptation(0).build()));
    try (Inpainter inpainter = Photos.of(faces, rest)) {
      InpaintResult result = inpainter.inpaint(photo, mask);
      ImageIO.write(result.image(), "png", new File(args[2]));
      ImageIO.write(draw(photo, result.map()), "png", new File(args[3]));
      System.out.println(result.map());
    }
  }

  private static BufferedImage draw(BufferedImage photo, FillMap map) {
    BufferedImage drawn =
        new BufferedImage(photo.getWidth(), photo.getHeight(), BufferedImage.TYPE_INT_RGB);
    drawn.createGraphics().drawImage(photo, 0, 0, null);
    List<FillMap.Share> shares = map.shares();
    for (int n = 0; n < shares.size(); n++) {
      int colour = Color.HSBtoRGB((float) n / shares.size(), 1, 1);
      Mask pixels = shares.get(n).pixels();
      for (int y = 0; y < pixels.height(); y++) {
        for (int x = 0; x < pixels.width(); x++) {
          if (pixels.isHole(x, y)) {
            drawn.setRGB(x, y, colour);
          }
        }
      }
    }
    return drawn;
  }
}
