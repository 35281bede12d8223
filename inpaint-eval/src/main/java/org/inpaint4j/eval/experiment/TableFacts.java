package org.inpaint4j.eval.experiment;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.inpaint4j.eval.metric.Frechet;
import org.inpaint4j.eval.metric.ImageFeatures;

/** How a table came about, for its heading. */
final class TableFacts {

  private TableFacts() {}

  /**
   * The facts, by their names.
   *
   * @param measured the weights of the feature distance
   * @param nanos how long this run took
   */
  static Map<String, String> of(
      TableSetup setup, TableResults results, String measured, long nanos) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Images", results.images().size() + " of " + setup.images().getFileName());
    facts.put("Seed", Long.toString(setup.seed()));
    facts.put("Feature distance", measured);
    ImageFeatures features = setup.features();
    if (features != null) {
      facts.put(features.distanceName(), features.identity());
      int fewest =
          setup.masks().stream()
              .mapToInt(mask -> results.images().names(mask).size())
              .min()
              .orElse(0);
      if (fewest < Frechet.FEW) {
        facts.put(
            "Caution",
            features.distanceName()
                + " from "
                + fewest
                + " fills is biased upwards (2,048 or more are usual): compare it within this table"
                + " only, or use the kernel distance");
      }
    }
    facts.put(
        "Time",
        String.format(
            Locale.ROOT,
            "%.1f s of filling in all runs; this run took %.1f s",
            results.seconds(),
            nanos / 1e9));
    for (TableMethod method : results.methods()) {
      facts.put(method.name(), method.description());
    }
    return facts;
  }
}
