package org.inpaint4j.network;

import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Mask;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** What a {@link LossTerm} may use while it adds itself to a graph. */
public interface LossInputs {

  /**
   * The graph to add to.
   *
   * @return the graph that all variables below belong to
   */
  SameDiff graph();

  /**
   * The size of one image.
   *
   * @return C, H and W of the variables below
   */
  ImageShape imageShape();

  /**
   * The latent vectors.
   *
   * @return [N, latent size]
   */
  SDVariable latent();

  /**
   * The generated images G(z).
   *
   * @return [N, C, H, W], black at -1 and white at 1, whatever the generator's own range is
   */
  SDVariable generated();

  /**
   * The images to complete.
   *
   * @return [N, C, H, W] in [-1, 1]; 0 throughout the hole, unless the task has a guess there
   */
  SDVariable target();

  /**
   * The masks.
   *
   * @return [N, 1, H, W]: 1 where a pixel is known, 0 in the hole
   */
  SDVariable mask();

  /**
   * The discriminator's logits of the generated images. The discriminator is added to the graph at
   * the first call.
   *
   * @return [N]
   * @throws IllegalStateException if the inpainter has no discriminator
   */
  SDVariable logits();

  /**
   * An input that is computed once for each image, before its search, from its mask and its known
   * pixels.
   *
   * @param name a name that is unique within the term
   * @param computation how to compute it
   * @param shape the shape of one image's part; its product is the length of the computed array
   * @return [N, shape…]
   */
  SDVariable perImage(String name, Computation computation, long... shape);

  /** Computes an input of one image. */
  @FunctionalInterface
  interface Computation {

    /**
     * Computes the input.
     *
     * @param target the image to complete, [C, H, W] in [-1, 1]; 0 in the hole, unless the task has
     *     a guess there. Not modified.
     * @param mask its mask, as large as the image. Not modified.
     * @return the values in row-major order
     */
    float[] compute(ImagePlanes target, Mask mask);
  }
}
