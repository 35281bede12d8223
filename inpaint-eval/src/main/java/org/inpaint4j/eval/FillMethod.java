package org.inpaint4j.eval;

import java.util.ArrayList;
import java.util.List;
import org.inpaint4j.ImagePlanes;
import org.inpaint4j.Mask;

/**
 * A way to fill holes, as a method of a {@link TableExperiment}.
 *
 * <p>Implementations may be used by several threads.
 */
public interface FillMethod {

  /**
   * The name in tables and file names.
   *
   * @return letters, digits, spaces, dots and hyphens
   */
  String name();

  /**
   * What exactly this is, so that a table that is continued later does not mix two methods.
   *
   * @return for example the model's hash and the options; the name unless overridden
   */
  default String identity() {
    return name();
  }

  /**
   * Whether one call already keeps all cores busy. If not, several batches run at once.
   *
   * @return false unless overridden
   */
  default boolean usesAllCores() {
    return false;
  }

  /**
   * Fills a batch of images. The result of an image may not depend on its batch mates.
   *
   * @param images 3 channels of samples from 0 to 1, and 0 throughout the hole. Not modified.
   * @param masks one mask for each image. Not modified.
   * @param seeds one seed for each image; the same seed gives the same result
   * @return one fill for each image
   */
  List<Fill> fill(List<ImagePlanes> images, List<Mask> masks, long[] seeds);

  /**
   * A filled image.
   *
   * @param image the image, of the shape given; its known pixels are those given
   * @param losses the loss at every step of a search; empty for a method without steps
   */
  record Fill(ImagePlanes image, List<Double> losses) {

    /**
     * A fill by a method without steps.
     *
     * @param image the image
     */
    public Fill(ImagePlanes image) {
      this(image, List.of());
    }
  }

  /** Fills one image. */
  @FunctionalInterface
  interface One {

    /**
     * Fills one image.
     *
     * @param image 3 channels of samples from 0 to 1, and 0 throughout the hole. Not modified.
     * @param mask the hole. Not modified.
     * @return a new image with the same known pixels
     */
    ImagePlanes fill(ImagePlanes image, Mask mask);
  }

  /**
   * A method that fills images one by one, without chance.
   *
   * @param name the name in tables and file names
   * @param one fills one image; called by several threads
   * @return the method
   */
  static FillMethod of(String name, One one) {
    return new FillMethod() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public List<Fill> fill(List<ImagePlanes> images, List<Mask> masks, long[] seeds) {
        List<Fill> fills = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
          fills.add(new Fill(one.fill(images.get(i), masks.get(i))));
        }
        return fills;
      }
    };
  }

  /**
   * {@code nearest}: every pixel of the hole takes the colour of the known pixel nearest to it; of
   * several as near, the leftmost, and of these the uppermost. The floor of the floor.
   *
   * @return the method
   */
  static FillMethod nearest() {
    return of("nearest", NearestFill::fill);
  }
}
