package org.inpaint4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.inpaint4j.image.InpaintWarning;
import org.inpaint4j.image.Mask;

/** Finds what a user should be told about the mask that a model sees. */
final class Warnings {

  private static final double NEARLY_EMPTY = 0.0005;
  private static final int FEW_PIXELS = 3;
  private static final double NEARLY_FULL = 0.9;

  private Warnings() {}

  /** The warnings of one part: of its mask first, then those of its filling. */
  static List<InpaintWarning> of(InpaintResult.Part part) {
    List<InpaintWarning> warnings = new ArrayList<>();
    if (part.square().isPresent()) {
      warnings.addAll(ofMask(part.mask()));
    }
    warnings.addAll(part.filling().warnings());
    return warnings;
  }

  /** The warnings of a mask at the size of a model. */
  static List<InpaintWarning> ofMask(Mask mask) {
    List<InpaintWarning> warnings = new ArrayList<>();
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
    return warnings;
  }

  private static void add(
      List<InpaintWarning> warnings, InpaintWarning.Kind kind, String format, Object... values) {
    warnings.add(new InpaintWarning(kind, String.format(Locale.ROOT, format, values)));
  }
}
