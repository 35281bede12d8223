package org.inpaint4j.image;

import static java.util.Objects.requireNonNull;

/**
 * A reason why a filling may not be what was wanted. The image is filled all the same.
 *
 * @param kind what it is about
 * @param message one sentence for people, with the figures
 */
public record InpaintWarning(Kind kind, String message) {

  /** What a warning is about. */
  public enum Kind {
    /**
     * Less than 0.05 % of the pixels that the model sees, or fewer than 3 of them, are hole: at
     * 64x64 a speck, which the blender fills from around it and the generator hardly matters to.
     */
    NEARLY_EMPTY,

    /**
     * More than 90 % of the pixels that the model sees are hole: the filling is the model's
     * invention. Also what a mask of the other convention looks like.
     */
    NEARLY_FULL,

    /**
     * The best image found is unlike the picture: its correlation with the known pixels, over the
     * whole square that the model sees, is less than 0.75, or less than 0.2 if the loss gives no
     * weight to pixels far from the hole. The picture is of something else than the model was
     * trained on, is framed otherwise, or the search was too short.
     */
    UNEXPLAINED
  }

  /**
   * Checks that nothing is missing.
   *
   * @param kind what it is about
   * @param message one sentence
   */
  public InpaintWarning {
    requireNonNull(kind, "kind");
    requireNonNull(message, "message");
  }
}
