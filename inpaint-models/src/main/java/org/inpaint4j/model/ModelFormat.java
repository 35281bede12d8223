package org.inpaint4j.model;

import java.io.IOException;
import java.nio.file.Path;
import org.inpaint4j.InpaintModel;

/**
 * Reads model files of one format. {@link Models} finds the formats of other modules and of
 * programs by {@link java.util.ServiceLoader}.
 */
public interface ModelFormat {

  /**
   * Whether a file is of this format, by what is in it.
   *
   * @param file any file. Not modified.
   * @return true if {@link #load} and {@link #inspect} are to be asked
   * @throws IOException if it cannot be read
   */
  boolean isFormatOf(Path file) throws IOException;

  /**
   * Loads the model of a file.
   *
   * @param file of this format. Not modified.
   * @return the model
   * @throws ModelFormatException if the file is broken, or holds nothing that fills
   * @throws IOException if it cannot be read
   */
  InpaintModel load(Path file) throws IOException;

  /**
   * Tells what a file holds.
   *
   * @param file of this format. Not modified.
   * @return what was found
   * @throws ModelFormatException if the file is broken
   * @throws IOException if it cannot be read
   */
  ModelInfo inspect(Path file) throws IOException;
}
