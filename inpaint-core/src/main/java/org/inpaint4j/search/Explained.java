package org.inpaint4j.search;

import java.util.List;
import java.util.Locale;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.InpaintWarning;
import org.inpaint4j.image.Mask;

/** Tells whether what a search found explains the known pixels. */
final class Explained {

  /** What it catches, and how much it does not, is measured in docs/photos.md. */
  static final double LEAST = 0.2;

  /** The same where the loss weighs all known pixels, and what is found is like all of them. */
  static final double LEAST_IF_ALL_WEIGH = 0.75;

  private Explained() {}

  /**
   * A warning if the picture that was found is unlike what is known.
   *
   * @param found what was found, of the task's size
   * @param weights how much each pixel weighed in the loss, row by row; may be empty
   */
  static List<InpaintWarning> warnings(FillTask task, ImagePlanes found, List<Float> weights) {
    double likeness = likeness(task.target(), task.mask(), found);
    double least = allWeigh(task.mask(), weights) ? LEAST_IF_ALL_WEIGH : LEAST;
    if (likeness >= least) {
      return List.of();
    }
    return List.of(
        new InpaintWarning(
            InpaintWarning.Kind.UNEXPLAINED,
            String.format(
                Locale.ROOT,
                "the model could not explain the picture: what it found has a correlation of %.2f"
                    + " with the known pixels (less than %.2f); is it the kind of picture the model"
                    + " knows, in the square it expects?",
                likeness,
                least)));
  }

  private static boolean allWeigh(Mask mask, List<Float> weights) {
    for (int i = 0; i < weights.size(); i++) {
      if (weights.get(i) <= 0 && !mask.isHole(i % mask.width(), i / mask.width())) {
        return false;
      }
    }
    return !weights.isEmpty();
  }

  /**
   * The correlation of known pixels with those of what was found at the same places, the colours
   * apart: how much both have the same lights and darks, whatever their contrast.
   *
   * @param target what is known. Not modified.
   * @param mask of the same size
   * @param found of the same size. Not modified.
   * @return from -1 to 1; 1 if the known pixels are all alike, for there is nothing to explain then
   */
  static double likeness(ImagePlanes target, Mask mask, ImagePlanes found) {
    double ofBoth = 0;
    double ofTarget = 0;
    double ofFound = 0;
    for (int c = 0; c < target.channels(); c++) {
      double[] known = known(target, mask, c);
      double[] there = known(found, mask, c);
      ofBoth += product(known, there);
      ofTarget += product(known, known);
      ofFound += product(there, there);
    }
    if (ofTarget == 0) {
      return 1;
    }
    return ofFound == 0 ? 0 : ofBoth / Math.sqrt(ofTarget * ofFound);
  }

  /** The samples of known pixels, less their mean. */
  private static double[] known(ImagePlanes image, Mask mask, int channel) {
    double[] samples = new double[mask.width() * mask.height() - mask.holeCount()];
    double sum = 0;
    for (int y = 0, n = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        if (!mask.isHole(x, y)) {
          samples[n] = image.get(channel, x, y);
          sum += samples[n++];
        }
      }
    }
    for (int n = 0; n < samples.length; n++) {
      samples[n] -= sum / samples.length;
    }
    return samples;
  }

  private static double product(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }
}
