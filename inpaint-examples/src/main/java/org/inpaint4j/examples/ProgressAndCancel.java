package org.inpaint4j.examples;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import javax.imageio.ImageIO;
import org.inpaint4j.InpaintRequest;
import org.inpaint4j.InpaintResult;
import org.inpaint4j.Inpainter;
import org.inpaint4j.LatentModel;
import org.inpaint4j.faces.Faces64;
import org.inpaint4j.image.Mask;

/**
 * Follows a search, and cancels it when its time is up. The result is the best that was found until
 * then.
 */
final class ProgressAndCancel {

  private ProgressAndCancel() {}

  /**
   * Fills a portrait within a time.
   *
   * @param args the portrait, its mask (white is hole), the file to write, the time in seconds
   */
  public static void main(String[] args) throws IOException {
    BufferedImage photo = ImageIO.read(new File(args[0]));
    Mask mask = Mask.whiteIsHole(ImageIO.read(new File(args[1])));
    Duration limit = Duration.ofSeconds(Integer.parseInt(args[3]));
    InpaintResult result = fillWithin(photo, mask, Faces64.load(), limit);
    ImageIO.write(result.image(), "png", new File(args[2]));
    System.out.println(result.status());
  }

  /**
   * Fills a hole within a time.
   *
   * @param photo the photo. Not modified.
   * @param mask its hole
   * @param model the model
   * @param limit the time to search for; at least one step is taken
   * @return the result; its status tells whether the time was enough
   */
  static InpaintResult fillWithin(
      BufferedImage photo, Mask mask, LatentModel model, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    try (Inpainter inpainter = Inpainter.builder().model(model).build()) {
      return inpainter.inpaint(
          InpaintRequest.of(photo, mask)
              .onProgress(
                  progress -> {
                    if (System.nanoTime() - end >= 0) {
                      progress.cancel();
                    }
                  }));
    }
  }
}
