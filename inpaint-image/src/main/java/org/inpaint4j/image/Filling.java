package org.inpaint4j.image;

import java.util.List;
import java.util.Map;

/**
 * What a {@link Filler} has made of a {@link FillTask}. A filler that has more to tell (the latent
 * of a search, say) has a type of its own for it.
 */
public interface Filling {

  /**
   * The filling.
   *
   * @return [C, H, W] of the task's size, samples from 0 (black) to 1 (white), perhaps not yet
   *     clamped; defined in the hole and around it. What it is on known pixels helps a {@link
   *     Blender} and never reaches the picture. Not modified.
   */
  ImagePlanes image();

  /**
   * How the work ended.
   *
   * @return the status, never {@link FillStatus#NOTHING_TO_FILL}
   */
  FillStatus status();

  /**
   * Why this filling may not be what was wanted.
   *
   * @return the reasons; empty unless a filler knows any
   */
  default List<InpaintWarning> warnings() {
    return List.of();
  }

  /**
   * Which part of the hole was made how, if a filler divides its work.
   *
   * @return names for people with masks as large as the image, in the order of the work: together
   *     the hole, and no pixel in two of them. Empty if all was made alike.
   */
  default Map<String, Mask> madeBy() {
    return Map.of();
  }

  /**
   * A finished filling without more to tell.
   *
   * @param image the filling
   * @return the filling, completed
   */
  static Filling of(ImagePlanes image) {
    return of(image, FillStatus.COMPLETED);
  }

  /**
   * A filling without more to tell.
   *
   * @param image the filling
   * @param status how the work ended
   * @return the filling
   */
  static Filling of(ImagePlanes image, FillStatus status) {
    return new Plain(image, status);
  }

  /**
   * A filling without more to tell.
   *
   * @param image the filling
   * @param status how the work ended
   */
  record Plain(ImagePlanes image, FillStatus status) implements Filling {}
}
