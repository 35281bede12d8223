package org.inpaint4j;

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
}
