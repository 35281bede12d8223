package org.inpaint4j.model;

import java.util.Optional;
import org.inpaint4j.LatentModel;
import org.inpaint4j.image.Internal;
import org.inpaint4j.network.Discriminator;
import org.inpaint4j.network.Generator;

/**
 * DCGAN: Radford, Metz, Chintala, <i>Unsupervised Representation Learning with Deep Convolutional
 * Generative Adversarial Networks</i>, ICLR 2016, in the layout that PyTorch's tutorial made
 * common.
 *
 * <p>Weights are found by the keys of that layout, below any prefix: {@code main.0.weight} and so
 * on. A generator is a row of 4x4 transposed convolutions with batch norm and ReLU between them and
 * tanh at the end; a discriminator is a row of 4x4 convolutions with LeakyReLU 0.2 and, but for the
 * first and the last, batch norm. Latent size, number of filters, channels, and image size (32, 64,
 * 128, …: four times two to the number of layers less one) follow from the shapes of the weights.
 *
 * <p>A discriminator without running statistics has instance norm (Ulyanov et al. 2016), as one
 * that was trained with a gradient penalty has: each image is normalised by itself.
 *
 * <p>Both are used at inference: batch norm applies the statistics of training, folded into the
 * convolutions, so that images of a batch do not influence one another. {@link BatchNorm} has other
 * statistics, for comparisons.
 *
 * <p>Do not use it for images of more than one kind or above 128 pixels: its samples lose coherence
 * there.
 */
public final class Dcgan {

  private Dcgan() {}

  /** Whose mean and variance batch norm normalises with. */
  public enum BatchNorm {
    /**
     * The running statistics of the training, which are in the weights: inference as it is meant. A
     * discriminator without any has instance norm, whatever is asked for.
     */
    TRAINED,

    /**
     * Those of each image by itself: what a network that was left in training mode makes of a batch
     * of one image. Images do not influence one another. Slower, since nothing can be folded.
     */
    IMAGE,

    /**
     * Those of all images of a batch: what a network that was left in training mode makes of a
     * batch, as the reference does in its search. The images of a batch influence one another: a
     * result depends on the batch it is searched in, and so on the number and the order of the
     * requests of a call. No contract of independence holds. For comparisons with the reference
     * alone.
     */
    BATCH
  }

  /**
   * A generator like that of a DCGAN with losses, search and blending that suit it: the weighted
   * context loss with a weight of 0.02 on all known pixels, {@link
   * org.inpaint4j.search.SearchOptions#balanced}, and blending by the distance to known pixels.
   * They were chosen on faces of 64 pixels (docs/notes/searching.md).
   *
   * @param generator the network that is searched
   * @param discriminator its discriminator, if there is one; the losses do not need it
   * @return the model
   */
  public static LatentModel model(Generator generator, Optional<Discriminator> discriminator) {
    return FileModel.likeDcgan(generator, discriminator);
  }

  /**
   * A generator from its weights.
   *
   * @param weights what holds the weights of one DCGAN generator, and perhaps other tensors
   * @return the generator; its latent space is N(0, 1), its range -1 to 1
   * @throws ModelFormatException if the weights hold none, more than one, or one whose shapes do
   *     not fit together
   */
  public static Generator generator(Weights weights) throws ModelFormatException {
    return generator(weights, BatchNorm.TRAINED);
  }

  /**
   * A generator from its weights, with other statistics of batch norm.
   *
   * @param weights what holds the weights of one DCGAN generator, and perhaps other tensors
   * @param batchNorm whose statistics batch norm takes
   * @return the generator; its latent space is N(0, 1), its range -1 to 1
   * @throws ModelFormatException if the weights hold none, more than one, or one whose shapes do
   *     not fit together
   */
  public static Generator generator(Weights weights, BatchNorm batchNorm)
      throws ModelFormatException {
    return new DcganGenerator(generatorWeights(weights), batchNorm);
  }

  /**
   * The part of weights that is a generator, for training it further.
   *
   * @param weights what holds the weights of one DCGAN generator, and perhaps other tensors
   * @return its tensors, {@code main.0.weight} and so on
   * @throws ModelFormatException if the weights hold none or more than one
   */
  public static Weights generatorWeights(Weights weights) throws ModelFormatException {
    return DcganWeights.find(weights, NetworkRole.GENERATOR);
  }

  /**
   * The part of weights that is a discriminator, for training it further.
   *
   * @param weights what holds the weights of one DCGAN discriminator, and perhaps other tensors
   * @return its tensors, {@code main.0.weight} and so on
   * @throws ModelFormatException if the weights hold none or more than one
   */
  public static Weights discriminatorWeights(Weights weights) throws ModelFormatException {
    return DcganWeights.find(weights, NetworkRole.DISCRIMINATOR);
  }

  /**
   * Whether the norms of a discriminator are batch norms: an instance norm keeps no statistics.
   *
   * @param discriminator its tensors, {@code main.0.weight} and so on
   * @return whether there are running statistics
   */
  @Internal
  public static boolean hasBatchNorm(Weights discriminator) {
    return discriminator.names().stream()
        .anyMatch(name -> name.matches("main\\.\\d+\\.running_.*"));
  }

  /**
   * A discriminator from its weights.
   *
   * @param weights what holds the weights of one DCGAN discriminator, and perhaps other tensors
   * @return the discriminator; it returns the logit, before the sigmoid of its training. One with
   *     instance norm was trained without a sigmoid: a prior loss says little with it
   * @throws ModelFormatException if the weights hold none, more than one, or one whose shapes do
   *     not fit together
   */
  public static Discriminator discriminator(Weights weights) throws ModelFormatException {
    return discriminator(weights, BatchNorm.TRAINED);
  }

  /**
   * A discriminator from its weights, with other statistics of batch norm.
   *
   * @param weights what holds the weights of one DCGAN discriminator, and perhaps other tensors
   * @param batchNorm whose statistics batch norm takes
   * @return the discriminator; it returns the logit, before the sigmoid of its training
   * @throws ModelFormatException if the weights hold none, more than one, or one whose shapes do
   *     not fit together
   */
  public static Discriminator discriminator(Weights weights, BatchNorm batchNorm)
      throws ModelFormatException {
    return new DcganDiscriminator(discriminatorWeights(weights), batchNorm);
  }
}
