package org.inpaint4j.loss;

import static com.google.common.base.Preconditions.checkArgument;

import org.inpaint4j.ImageShape;
import org.inpaint4j.LossInputs;
import org.inpaint4j.LossTerm;
import org.inpaint4j.Mask;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * How far the generated image is from the known pixels: {@code ‖W ⊙ (G(z) - y)‖₁} (Yeh et al.,
 * "Semantic Image Inpainting with Deep Generative Models", 2017, section 3.2).
 *
 * <p>The sum is over pixels and channels, in units of samples in [-1, 1], as in the reference; it
 * grows with the size of the image and with the hole's border, so losses of different masks do not
 * compare.
 *
 * <p>Not for holes scattered all over the image: there every known pixel weighs about the same, and
 * plain interpolation fills better than a generator.
 */
public final class ContextLoss implements LossTerm {

  private final int window;

  private ContextLoss(int window) {
    this.window = window;
  }

  /**
   * The weighted L1 loss of the paper.
   *
   * @param window the side, in pixels of the model, of the neighbourhood that makes known pixels
   *     near the hole weigh more; the paper has 7 at 64x64, the reference 28 at 256x256
   * @return the term
   * @throws IllegalArgumentException if the window is not at least 2
   */
  public static ContextLoss weightedL1(int window) {
    checkArgument(window >= 2, "the window must be at least 2 pixels: found %s", window);
    return new ContextLoss(window);
  }

  /**
   * The weighted L1 loss of the paper for images of any size, with {@link Mask#importanceWindow}.
   *
   * @param images the shape of the model's images
   * @return the term
   */
  public static ContextLoss weightedL1(ImageShape images) {
    return weightedL1(Mask.importanceWindow(images.width()));
  }

  /**
   * The importance weights W of a mask.
   *
   * @param mask at the size of the model
   * @param window the side of the neighbourhood, at least 2
   * @return as {@link Mask#importanceWeights}
   */
  public static float[] importanceWeights(Mask mask, int window) {
    return mask.importanceWeights(window);
  }

  @Override
  public String name() {
    return "context";
  }

  @Override
  public SDVariable add(LossInputs inputs) {
    ImageShape image = inputs.imageShape();
    SDVariable weights =
        inputs.perImage(
            "weights",
            (target, mask) -> mask.importanceWeights(window),
            1,
            image.height(),
            image.width());
    SDVariable difference = inputs.generated().sub(inputs.target());
    return inputs.graph().math().abs(weights.mul(difference)).sum(1, 2, 3);
  }

  @Override
  public String toString() {
    return "weightedL1(" + window + ")";
  }
}
