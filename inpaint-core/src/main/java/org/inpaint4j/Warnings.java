package org.inpaint4j;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.inpaint4j.image.Mask;
import org.inpaint4j.network.LossTerm;

/** Finds what a user should be told about a search. */
final class Warnings {

  private static final double NEARLY_EMPTY = 0.0005;
  private static final int FEW_PIXELS = 3;
  private static final double NEARLY_FULL = 0.9;

  /** What it catches, and how much it does not, is measured in docs/photos.md. */
  static final double UNEXPLAINED = 0.2;

  /** The same where the loss looks at all known pixels, and what is found is like all of them. */
  static final double UNEXPLAINED_EVERYWHERE = 0.75;

  private Warnings() {}

  /**
   * The warnings of one search.
   *
   * @param everywhere {@link LossTerm#looksEverywhere} of its terms
   */
  static List<InpaintWarning> of(InpaintResult.Search search, boolean everywhere) {
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
    double likeness = likeness(search.target(), mask, search.generated());
    double least = everywhere ? UNEXPLAINED_EVERYWHERE : UNEXPLAINED;
    if (likeness < least) {
      add(
          warnings,
          InpaintWarning.Kind.UNEXPLAINED,
          "the model could not explain the picture: what it found has a correlation of %.2f with the"
              + " known pixels (less than %.2f); is it the kind of picture the model knows, in the"
              + " square it expects?",
          likeness,
          least);
    }
    return List.copyOf(warnings);
  }

  private static void add(
      List<InpaintWarning> warnings, InpaintWarning.Kind kind, String format, Object... values) {
    warnings.add(new InpaintWarning(kind, String.format(Locale.ROOT, format, values)));
  }

  /**
   * The correlation of known pixels with those of what was found at the same places, the colours
   * apart: how much both have the same lights and darks, whatever their contrast.
   *
   * @param target what is known. Not modified.
   * @param mask of the same size
   * @param generated of the same size. Not modified.
   * @return from -1 to 1; 1 if the known pixels are all alike, for there is nothing to explain then
   */
  static double likeness(BufferedImage target, Mask mask, BufferedImage generated) {
    double ofBoth = 0;
    double ofTarget = 0;
    double ofGenerated = 0;
    for (int c = 0; c < target.getRaster().getNumBands(); c++) {
      double[] known = known(target.getRaster(), mask, c);
      double[] found = known(generated.getRaster(), mask, c);
      ofBoth += product(known, found);
      ofTarget += product(known, known);
      ofGenerated += product(found, found);
    }
    if (ofTarget == 0) {
      return 1;
    }
    return ofGenerated == 0 ? 0 : ofBoth / Math.sqrt(ofTarget * ofGenerated);
  }

  /** The samples of known pixels, less their mean. */
  private static double[] known(Raster raster, Mask mask, int band) {
    double[] samples = new double[mask.width() * mask.height() - mask.holeCount()];
    double sum = 0;
    for (int y = 0, n = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        if (!mask.isHole(x, y)) {
          samples[n] = raster.getSample(x, y, band);
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
