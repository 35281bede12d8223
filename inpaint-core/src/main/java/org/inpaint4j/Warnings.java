package org.inpaint4j;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds what a user should be told about a search. */
final class Warnings {

  private static final double NEARLY_EMPTY = 0.0005;
  private static final int FEW_PIXELS = 3;
  private static final double NEARLY_FULL = 0.9;

  /** What it catches, and how much it does not, is measured in docs/photos.md. */
  static final double UNEXPLAINED = 0.2;

  private Warnings() {}

  static List<InpaintWarning> of(InpaintResult.Search search) {
    List<InpaintWarning> warnings = new ArrayList<>();
    Mask mask = search.mask();
    double pixels = (double) mask.width() * mask.height();
    if (mask.holeCount() < Math.max(FEW_PIXELS, NEARLY_EMPTY * pixels)) {
      add(
          warnings,
          InpaintWarning.Kind.NEARLY_EMPTY,
          "the hole is nearly empty: the model sees %d of %.0f pixels missing",
          mask.holeCount(),
          pixels);
    }
    if (mask.holeFraction() > NEARLY_FULL) {
      add(
          warnings,
          InpaintWarning.Kind.NEARLY_FULL,
          "the hole is nearly everything: %.1f %% of what the model sees; is the mask the right way"
              + " round?",
          100 * mask.holeFraction());
    }
    double misfit = misfit(search.target(), mask, search.generated());
    if (misfit > UNEXPLAINED) {
      add(
          warnings,
          InpaintWarning.Kind.UNEXPLAINED,
          "the model could not explain the picture: what it found differs from the known pixels"
              + " around the hole by %.2f on average (more than %.2f, on a scale from -1 to 1); is it"
              + " the kind of picture the model knows, in the square it expects?",
          misfit,
          UNEXPLAINED);
    }
    return List.copyOf(warnings);
  }

  private static void add(
      List<InpaintWarning> warnings, InpaintWarning.Kind kind, String format, Object... values) {
    warnings.add(new InpaintWarning(kind, String.format(Locale.ROOT, format, values)));
  }

  /**
   * The mean absolute difference of known pixels, weighted by their importance.
   *
   * @param target what is known. Not modified.
   * @param mask of the same size
   * @param generated of the same size. Not modified.
   * @return from 0 to 2, in units of samples from -1 to 1; 0 if there is no hole
   */
  static double misfit(BufferedImage target, Mask mask, BufferedImage generated) {
    float[] weights = mask.importanceWeights(Mask.importanceWindow(mask.width()));
    double sum = 0;
    double weight = 0;
    for (int i = 0; i < weights.length; i++) {
      int x = i % mask.width();
      int y = i / mask.width();
      if (weights[i] > 0) {
        sum += weights[i] * difference(target.getRaster(), generated.getRaster(), x, y);
        weight += weights[i];
      }
    }
    return weight == 0 ? 0 : sum / weight;
  }

  /** The mean over the colours, from levels to the scale of the model. */
  private static double difference(Raster one, Raster other, int x, int y) {
    int levels = 0;
    int bands = one.getNumBands();
    for (int c = 0; c < bands; c++) {
      levels += Math.abs(one.getSample(x, y, c) - other.getSample(x, y, c));
    }
    return (double) levels / bands * 2 / 255;
  }
}
