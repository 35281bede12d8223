package org.inpaint4j.eval.experiment;

import java.io.Serializable;
import java.util.List;
import org.inpaint4j.image.Internal;

/**
 * A part of the work of a {@link TableExperiment}, that can be done anywhere: some images with one
 * kind of hole.
 *
 * @param mask the name of the kind
 * @param methods the names of the methods
 * @param images the names of the images in the table
 * @serial exclude
 */
@Internal
@SuppressWarnings("InvalidBlockTag") // else javadoc asks for comments on what a record generates
public record TablePart(String mask, List<String> methods, List<String> images)
    implements Serializable {

  private static final long serialVersionUID = 1;

  /**
   * Copies the lists.
   *
   * @param mask the name of the kind
   * @param methods the names of the methods
   * @param images the names of the images in the table
   */
  public TablePart {
    methods = List.copyOf(methods);
    images = List.copyOf(images);
  }
}
