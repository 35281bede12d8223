package org.inpaint4j.examples;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.inpaint4j.Inpainter;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;

/**
 * A filler of one's own takes one class. This one repeats the nearest known pixel to the left, and
 * is black where there is none.
 */
final class OwnFiller implements Filler {

  @Override
  public List<Filling> fill(FillTask task) {
    ImagePlanes image = task.target().copy();
    for (int c = 0; c < image.channels(); c++) {
      for (int y = 0, i = c * image.width() * image.height(); y < image.height(); y++, i++) {
        for (int x = 1; x < image.width(); x++) {
          i++;
          if (task.mask().isHole(x, y)) {
            image.samples()[i] = image.samples()[i - 1];
          }
        }
      }
    }
    return List.of(Filling.of(image));
  }

  @Override
  public Map<String, String> provenance() {
    return Map.of("filler", "the pixel to the left");
  }

  /**
   * Fills a photo with this filler.
   *
   * @param args the photo, its mask (white is hole), the file to write
   */
  public static void main(String[] args) throws IOException {
    BufferedImage photo = ImageIO.read(new File(args[0]));
    Mask mask = Mask.whiteIsHole(ImageIO.read(new File(args[1])));
    try (Inpainter inpainter = Inpainter.builder().filler(new OwnFiller()).build()) {
      ImageIO.write(inpainter.inpaint(photo, mask).image(), "png", new File(args[2]));
    }
  }
}
