package org.inpaint4j.cli;

import java.util.ArrayList;
import java.util.List;
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

  /**
   * The methods that are taken if none is named: not the reference, which needs a DCGAN, and whose
   * results depend on the batches.
   *
   * @param photographs whether the images are no aligned faces: then the searches say nothing
   */
  static List<String> usual(boolean photographs) {
    return FillMethod.names().stream()
        .filter(name -> !name.equals("reference"))
        .filter(name -> !photographs || FillMethod.filler(name).isPresent())
        .toList();
  }
}
