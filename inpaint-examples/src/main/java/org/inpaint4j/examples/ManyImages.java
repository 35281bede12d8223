package org.inpaint4j.examples;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.inpaint4j.InpaintRequest;
import org.inpaint4j.Inpainter;
import org.inpaint4j.LatentModel;
import org.inpaint4j.faces.Faces64;
import org.inpaint4j.image.Mask;
import org.inpaint4j.search.SearchOptions;

/** Fills many photos in common batches. Each result is the same as if it were filled alone. */
final class ManyImages {

  private ManyImages() {}

  /**
   * Fills the same hole in many portraits of one size, quickly.
   *
   * @param args the mask (white is hole), the folder to write to, the portraits
   */
  public static void main(String[] args) throws IOException {
    Mask mask = Mask.whiteIsHole(ImageIO.read(new File(args[0])));
    List<BufferedImage> photos = new ArrayList<>();
    for (int i = 2; i < args.length; i++) {
      photos.add(ImageIO.read(new File(args[i])));
    }
    List<BufferedImage> filled = fill(photos, mask, Faces64.load(), SearchOptions.fast());
    for (int i = 0; i < filled.size(); i++) {
      ImageIO.write(filled.get(i), "png", new File(args[1], "filled-" + (i + 1) + ".png"));
    }
  }

  /**
   * Fills the same hole in many photos.
   *
   * @param photos photos of one size. Not modified.
   * @param mask the hole of all of them
   * @param model the model
   * @param search how to search
   * @return the filled photos, in order
   */
  static List<BufferedImage> fill(
      List<BufferedImage> photos, Mask mask, LatentModel model, SearchOptions search) {
    List<InpaintRequest> requests = new ArrayList<>();
    for (BufferedImage photo : photos) {
      requests.add(InpaintRequest.of(photo, mask));
    }
    try (Inpainter inpainter = Inpainter.builder().model(model).search(search).build()) {
      return inpainter.inpaintAll(requests).stream()
          .map(outcome -> outcome.orElseThrow().image())
          .toList();
    }
  }
}
