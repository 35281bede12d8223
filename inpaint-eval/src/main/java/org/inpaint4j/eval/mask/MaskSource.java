package org.inpaint4j.eval.mask;

import java.io.IOException;
import org.inpaint4j.image.Mask;

/**
 * Gives each image of a table its hole: from a seed ({@link MaskGenerator}) or from files ({@link
 * MaskFiles}).
 *
 * <p>May be used by several threads.
 */
public interface MaskSource {

  /**
   * The name in tables, file names and on the command line.
   *
   * @return lower case letters, digits and hyphens
   */
  String name();

  /**
   * The name of the group of kinds that this one belongs to. A table sums groups up.
   *
   * @return for example {@code parts}; the name itself if there is no group
   */
  default String family() {
    return name();
  }

  /**
   * Whether an image has a hole of this kind.
   *
   * @param image the name of the image, without ending
   * @return true unless there is no mask for it
   */
  default boolean covers(String image) {
    return true;
  }

  /**
   * Whether another seed gives another hole.
   *
   * @return false if all holes of an image are the same
   */
  default boolean isRandom() {
    return true;
  }

  /**
   * The hole of an image.
   *
   * @param image the name of the image, without ending; one that is {@link #covers covered}
   * @param width columns of the image
   * @param height rows of the image
   * @param seed which mask, if it is {@link #isRandom random}
   * @return the mask, of the size of the image
   * @throws IOException if it has to be read from a file and cannot, or the file does not fit
   * @throws IllegalArgumentException if the image is too small for this kind of mask
   */
  Mask maskOf(String image, int width, int height, long seed) throws IOException;
}
