package org.inpaint4j.model;

import java.io.IOException;
import java.util.Arrays;

/**
 * A file of weights is broken, truncated, hostile, or not the model that was asked for.
 *
 * <p>The message names the file, the key in it when there is one, and what was expected and found.
 */
public final class ModelFormatException extends IOException {

  private static final long serialVersionUID = 1;

  /** What is wrong, without the file: kept so that a file name can be put before it. */
  private final String problem;

  /**
   * Describes a problem.
   *
   * @param file which file, as a user knows it
   * @param problem what is wrong with it: {@code <what> must <rule>: expected <x>, found <y>}
   */
  public ModelFormatException(String file, String problem) {
    super(file + ": " + problem);
    this.problem = problem;
  }

  /**
   * Describes a problem that another exception has told of.
   *
   * @param file which file, as a user knows it
   * @param problem what is wrong with it: {@code <what> must <rule>: expected <x>, found <y>}
   * @param cause the other exception
   */
  public ModelFormatException(String file, String problem, Throwable cause) {
    super(file + ": " + problem, cause);
    this.problem = problem;
  }

  static ModelFormatException shape(String file, String key, String expected, int[] found) {
    return new ModelFormatException(
        file,
        "tensor "
            + key
            + " must have the network's shape: expected "
            + expected
            + ", found "
            + Arrays.toString(found));
  }

  String problem() {
    return problem;
  }
}
