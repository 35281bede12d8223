package org.inpaint4j.model;

import org.inpaint4j.network.CompletionNetwork;

/**
 * Completion networks from their weights: encoders and decoders with skips between them, after the
 * context encoder (Pathak, Krähenbühl, Donahue, Darrell, Efros, <i>Context Encoders: Feature
 * Learning by Inpainting</i>, CVPR 2016) and U-Net (Ronneberger, Fischer, Brox, 2015).
 *
 * <p>The first stage sees known pixels and mask. Convolutions 4x4 of stride 2 lead down to 4x4
 * pixels, one more to a vector, to which the latent is appended; transposed convolutions lead back
 * up, each after the first beside the encoder's map of its size. Batch norm follows each but the
 * first and the one to the vector, LeakyReLU 0.2 on the way down, ReLU on the way up. A 3x3
 * convolution over the last map and the input makes the image, through tanh. Channels and size
 * follow from the weights: {@code down.0.weight}, {@code down_norm.1.weight}, {@code
 * bottleneck.weight}, {@code up.0.weight}, {@code up_norm.0.weight}, {@code last.weight} and so on,
 * as {@code tools/completion/networks.py} has them.
 *
 * <p>If the first convolution has eight input planes, the network sees known pixels and mask once
 * more, mirrored: what is covered on one side of an upright, centred face is often known on the
 * other.
 *
 * <p>The {@link CompletionVariant} follows from the weights, too: without skips {@code up.1.weight}
 * has the channels of the map below alone; gates are {@code down_gate.N.…} and {@code up_gate.N.…},
 * with a bias; what is attended is joined by {@code attention.weight} and {@code attention_norm};
 * {@code edges.…} are the weights of the network of the edges.
 *
 * <p>A second stage doubles the size: {@code first.…} are the weights of a first stage, which is
 * shown means of 2x2 pixels, and {@code refiner.…} those of a network that adds the details to its
 * enlarged image. With {@code both_ways} among the weights, that image is the mean of the first
 * stage's images of a picture and of its mirror image: two opinions on one face.
 *
 * <p>Do not use them for images unlike those of the training, or for holes unlike those drawn
 * there.
 */
public final class Completion {

  private static final String ONE = "down.0.weight";
  private static final String BOTH = "first.down.0.weight";

  private Completion() {}

  static boolean isIn(Weights weights) {
    return weights.has(ONE) || weights.has(BOTH);
  }

  /**
   * A network from its weights.
   *
   * @param weights those of one network, of one stage or of two
   * @return the network; its latent is N(0, 1)
   * @throws ModelFormatException if the weights hold none, or one whose shapes do not fit together
   */
  public static CompletionNetwork network(Weights weights) throws ModelFormatException {
    if (weights.has(BOTH)) {
      return new TwoStageCompletion(weights);
    }
    if (!weights.has(ONE)) {
      throw weights.problem(
          "weights must hold a completion network: expected a key down.0.weight, found "
              + weights.firstNames());
    }
    return new OneStageCompletion(weights);
  }
}
