package org.inpaint4j.eval.experiment;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.inpaint4j.image.Internal;

/**
 * What was filled and measured of a {@link TablePart}.
 *
 * @param rows of {@code images.csv}
 * @param traces rows of {@code traces.csv}
 * @param pictures PNG files by their names in the output folder, with slashes; empty once they are
 *     written. Not modified.
 * @serial exclude
 */
@Internal
@SuppressWarnings("InvalidBlockTag") // else javadoc asks for comments on what a record generates
public record TableFilled(
    List<List<String>> rows, List<List<String>> traces, Map<String, byte[]> pictures)
    implements Serializable {

  private static final long serialVersionUID = 1;

  /**
   * What is left to be told once the pictures are written.
   *
   * @return the same rows and traces, no pictures
   */
  public TableFilled written() {
    return new TableFilled(rows, traces, Map.of());
  }
}
