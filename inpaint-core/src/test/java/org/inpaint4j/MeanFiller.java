package org.inpaint4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.ImagePlanes;

/** All that a new way of filling takes: the mean of the known pixels, a little darker each time. */
final class MeanFiller implements Filler {
  @Override
  public List<Filling> fill(FillTask task) {
    List<Filling> fillings = new ArrayList<>();
    boolean going = true;
    for (int n = 0; going && n < task.candidates(); n++) {
      ImagePlanes image = ImagePlanes.zeros(task.target().channels(), task.target().size());
      int pixels = image.size().pixels();
      for (int c = 0; c < image.channels(); c++) {
        double sum = 0; // of the plane: the hole is 0
        for (int i = c * pixels; i < (c + 1) * pixels; i++) {
          sum += task.target().samples()[i];
        }
        float mean = (float) (sum / (pixels - task.mask().holeCount()) * (1 - 0.1 * n));
        Arrays.fill(image.samples(), c * pixels, (c + 1) * pixels, mean);
      }
      going = task.listener().onStep(n + 1, task.candidates(), Double.NaN);
      fillings.add(Filling.of(image, going ? FillStatus.COMPLETED : FillStatus.CANCELLED));
    }
    return fillings;
  }

  @Override
  public Map<String, String> provenance() {
    return Map.of("filler", "mean");
  }
}
