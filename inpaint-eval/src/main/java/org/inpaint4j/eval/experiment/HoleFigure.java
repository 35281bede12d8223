package org.inpaint4j.eval.experiment;

import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.inpaint4j.eval.metric.HoleFigures;

/** One of the figures of a hole, as a column of files and a row of tables. */
enum HoleFigure {
  PSNR("PSNR dB", "%.2f", TableLayout.Best.HIGH),
  SSIM("SSIM", "%.3f", TableLayout.Best.HIGH),
  FEATURE_DISTANCE("feature distance", "%.3f", TableLayout.Best.LOW),
  SHARPNESS("sharpness", "%.2f", TableLayout.Best.ONE),
  SEAM("seam", "%.2f", TableLayout.Best.ONE);

  private final String label;
  private final String format;
  private final TableLayout.Best best;

  HoleFigure(String label, String format, TableLayout.Best best) {
    this.label = label;
    this.format = format;
    this.best = best;
  }

  String label() {
    return label;
  }

  String format() {
    return format;
  }

  TableLayout.Best best() {
    return best;
  }

  /** The name of the column in images.csv. */
  String column() {
    return "hole_" + name().toLowerCase(Locale.ROOT);
  }

  double of(HoleFigures figures) {
    return switch (this) {
      case PSNR -> figures.psnr();
      case SSIM -> figures.ssim();
      case FEATURE_DISTANCE -> figures.featureDistance();
      case SHARPNESS -> figures.sharpness();
      case SEAM -> figures.seam();
    };
  }

  /** Figures that come one by one. */
  static HoleFigures figures(ToDoubleFunction<HoleFigure> values) {
    return new HoleFigures(
        values.applyAsDouble(PSNR),
        values.applyAsDouble(SSIM),
        values.applyAsDouble(FEATURE_DISTANCE),
        values.applyAsDouble(SHARPNESS),
        values.applyAsDouble(SEAM));
  }
}
