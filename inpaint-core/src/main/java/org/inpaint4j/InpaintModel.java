package org.inpaint4j;

import java.util.Optional;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.Filler;

/**
 * A way to fill with all that suits it: what {@code Inpainter.builder().model(…)} takes. Each part
 * can still be replaced in the builder.
 */
public interface InpaintModel {

  /**
   * Makes the filler.
   *
   * @return a new filler, which the caller closes
   */
  Filler filler();

  /**
   * The framing that the model was trained with.
   *
   * @return the framing
   */
  Framing framing();

  /**
   * The blending that suits the model.
   *
   * @return the blender
   */
  Blender blender();

  /**
   * Makes what fills the pixels that lie in no square of the framing.
   *
   * @return a new filler that works at the resolution of the photo, which the caller closes; empty
   *     if such holes are refused
   */
  default Optional<Filler> rest() {
    return Optional.empty();
  }
}
