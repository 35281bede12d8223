package org.inpaint4j.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.inpaint4j.eval.experiment.FillMethod;
import org.inpaint4j.eval.experiment.NamedMethods;

/** The methods of {@code inpaint table}. */
final class TableColumns {

  private TableColumns() {}

  /** What {@code --methods} knows. */
  static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Names() {
      super(NamedMethods.names());
    }
  }

  /** Searches that need a model of one kind. */
  private static final Set<String> OF_ONE_KIND = Set.of("reference", "wplus", "robust");

  /**
   * The methods that are taken if none is named: not those that need a DCGAN or a StyleGAN.
   *
   * @param photographs whether the images are no aligned faces: then the searches say nothing
   */
  static List<String> usual(boolean photographs) {
    return FillMethod.names().stream()
        .filter(name -> !OF_ONE_KIND.contains(name))
        .filter(name -> !photographs || FillMethod.filler(name).isPresent())
        .toList();
  }
}
