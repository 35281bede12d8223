package org.inpaint4j.loss;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Optional;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Mask;
import org.inpaint4j.network.LossInputs;
import org.inpaint4j.network.LossTerm;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * How far the generated image is from the known pixels: {@code ‖W ⊙ (G(z) - y)‖₁} (Yeh et al.,
 * "Semantic Image Inpainting with Deep Generative Models", 2017, section 3.2).
 *
 * <p>The sum is over pixels and channels, of samples in [-1, 1], as in the reference. It grows with
 * the size of the image and with the length of the hole's border, so losses of different masks
 * cannot be compared.
 *
 * <p>Do not use it for holes that are scattered over the whole image. There all known pixels have
 * about the same weight, and interpolation fills better than a generator.
 */
public final class ContextLoss implements LossTerm {

  private final int window;
  private final double everywhere;
  private final double inHole;

  private ContextLoss(int window, double everywhere, double inHole) {
    this.window = window;
    this.everywhere = everywhere;
    this.inHole = inHole;
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
    return new ContextLoss(window, 0, 0);
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
   * This loss with a weight added at all known pixels, those far from the hole included. The
   * paper's weights are 0 far from the hole, so that a search finds any face whose skin fits at the
   * hole's edge. With a small weight everywhere it finds the person of the photo.
   *
   * <p>When not to use it: to reproduce the paper, or if only the surroundings of the hole look
   * like the generator's images.
   *
   * @param weight added to W at known pixels; W itself is at most 0.5 beside a straight edge
   * @return a new term; this one is not changed
   * @throws IllegalArgumentException if the weight is negative or no number
   */
  public ContextLoss everywhere(double weight) {
    checkWeight("everywhere", weight);
    return new ContextLoss(window, weight, inHole);
  }

  /**
   * This loss with a weight of the missing pixels: for tasks whose target has a guess in the hole,
   * such as what a completion network made. A small weight lets the guess choose among the images
   * that fit the known pixels.
   *
   * <p>When not to use it: with targets that have nothing in the hole, which are all others.
   *
   * @param weight of each missing pixel
   * @return a new term; this one is not changed
   * @throws IllegalArgumentException if the weight is negative or no number
   */
  public ContextLoss inHole(double weight) {
    checkWeight("in the hole", weight);
    return new ContextLoss(window, everywhere, weight);
  }

  private static void checkWeight(String where, double weight) {
    checkArgument(
        weight >= 0 && weight < Double.POSITIVE_INFINITY,
        "the weight %s must be finite and at least 0: found %s",
        where,
        weight);
  }

  @Override
  public String name() {
    return "context";
  }

  @Override
  public String identity() {
    return "weightedL1("
        + window
        + ")"
        + (everywhere == 0 ? "" : ".everywhere(" + everywhere + ")")
        + (inHole == 0 ? "" : ".inHole(" + inHole + ")");
  }

  @Override
  public SDVariable add(LossInputs inputs) {
    ImageShape image = inputs.imageShape();
    SDVariable weights =
        inputs.perImage(
            "weights", (target, mask) -> weights(mask), 1, image.height(), image.width());
    SDVariable difference = inputs.generated().sub(inputs.target());
    return inputs.graph().math().abs(weights.mul(difference)).sum(1, 2, 3);
  }

  @Override
  public Optional<float[]> pixelWeights(Mask mask) {
    return Optional.of(weights(mask));
  }

  private float[] weights(Mask mask) {
    float[] weights = mask.importanceWeights(window);
    for (int i = 0; i < weights.length; i++) {
      boolean missing = mask.isHole(i % mask.width(), i / mask.width());
      weights[i] += (float) (missing ? inHole : everywhere);
    }
    return weights;
  }

  @Override
  public String toString() {
    return identity();
  }
}
