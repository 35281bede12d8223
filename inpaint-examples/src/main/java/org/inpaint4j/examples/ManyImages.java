package org.inpaint4j.examples;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.inpaint4j.InpaintRequest;
import org.inpaint4j.Inpainter;
import org.inpaint4j.LatentModel;
import org.inpaint4j.image.Mask;
import org.inpaint4j.search.SearchOptions;

/** Many photos, one mask, common batches: the results are those of filling them one by one. */
final class ManyImages {

  private ManyImages() {}

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
