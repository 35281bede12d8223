package org.inpaint4j.model;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.inpaint4j.LatentModel;
import org.inpaint4j.image.Internal;
import org.inpaint4j.loss.PerceptualLoss;
import org.inpaint4j.network.Discriminator;
import org.inpaint4j.network.Generator;
import org.inpaint4j.search.Optimizer;
import org.inpaint4j.search.SearchOptions;

/**
 * StyleGAN and StyleGAN2.
 *
 * <p>StyleGAN: Karras, Laine, Aila, <i>A Style-Based Generator Architecture for Generative
 * Adversarial Networks</i>, CVPR 2019, in the progressive layout of the PyTorch port
 * rosinality/style-based-gan-pytorch, whose checkpoints load as they are. The image size does not
 * follow from the shapes, because a checkpoint holds the layers of every size up to 1024, trained
 * or not. {@link Options#size} says which size was trained last; {@link #trainedSize} finds it.
 *
 * <p>StyleGAN2: Karras et al., <i>Analyzing and Improving the Image Quality of StyleGAN</i>, CVPR
 * 2020, with skip connections in the generator and a residual discriminator, in the layout of the
 * port rosinality/stylegan2-pytorch or of NVlabs/stylegan2-ada-pytorch. Its size is that of its
 * layers.
 *
 * <p>Weights are found by the keys of the layouts, below any prefix. From a training checkpoint the
 * running average, {@code g_running} or {@code g_ema}, is taken. Channels and the number of mapping
 * layers follow from the shapes.
 *
 * <p>Two things differ from the ports on purpose. The noise is part of the latent vector, so that
 * one latent gives one image. The minibatch statistic is taken over each image alone, where it is
 * the constant that the port computes for a batch of one.
 *
 * <p>Do not use it when a {@link Dcgan} of the same images is good enough: one step at 256 pixels
 * costs some hundred times as much as one at 64.
 */
public final class StyleGan {

  /** Of Yeh et al. 2017. */
  private static final int PAPER_SIZE = 256;

  /** Rows and columns of an image that is a batch of its own, and fills the cores. */
  private static final int ALONE = 128;

  private static final int MOST_TOGETHER = 16;

  private static final int W_PLUS_STEPS = 450;

  /** Of the length of a step over the root of the number of coordinates. */
  private static final double W_PLUS_RATE = 0.01;

  private static final int STAGE_STEPS = 150;

  private static final List<Double> STAGE_LENGTHS = List.of(0.08, 0.02, 0.005);

  /** SqueezeNet sees nothing in smaller images. */
  private static final int SMALLEST_SCALE = 32;

  /** Against the context loss, which is a sum over pixels: features count most, as in the paper. */
  private static final double FEATURE_WEIGHT = 1000;

  private static final double NOISE_WEIGHT = 100;

  /**
   * The name of the mean style [style size] in a file of the port of StyleGAN2, or of a StyleGAN
   * that was trained here. Without it, the mean style of a StyleGAN is computed.
   */
  @Internal public static final String MEAN_STYLE = "latent_avg";

  private StyleGan() {}

  /** The spaces a StyleGAN can be searched in. */
  public enum Space {
    /** The input of the mapping network, N(0, 1); styles are truncated towards the mean style. */
    Z,

    /** The output of the mapping network: one style for all layers. Starts at the mean style. */
    W,

    /**
     * A style for each layer. The latent vector is one common style, followed by a difference for
     * each layer. A search changes the common style first and then all. It starts at the mean
     * style.
     */
    W_PLUS,

    /**
     * What a layer does to each of its channels. The latent vector is that of {@link #W_PLUS},
     * followed by a difference for each number that a layer makes of its style, in units of the
     * length of the weights it is made with. A search changes the common style first, then those of
     * the layers, each apart, then these differences, each apart.
     */
    W_PLUS_PLUS
  }

  /**
   * What to make of the weights.
   *
   * @param size rows and columns of the images: 8, 16, … 1024
   * @param space the space to search
   * @param truncation in {@link Space#Z}, the distance of a style from the mean style is multiplied
   *     by this, from 0 to 1 (psi in the paper); 1 leaves styles as they are
   * @param searchNoise whether a search moves the noise of the layers, in its last stage, or draws
   *     it once and keeps it
   */
  public record Options(int size, Space space, double truncation, boolean searchNoise) {

    /**
     * Checks the ranges.
     *
     * @param size rows and columns of the images
     * @param space the space to search
     * @param truncation in {@link Space#Z}
     * @param searchNoise whether a search moves the noise of the layers
     */
    public Options {
      checkArgument(
          size >= 8 && size <= 1024 && Integer.bitCount(size) == 1,
          "a size must be a power of two from 8 to 1024: found %s",
          size);
      requireNonNull(space, "space");
      checkArgument(
          truncation >= 0 && truncation <= 1,
          "a truncation must be from 0 to 1: found %s",
          truncation);
    }

    /**
     * Of {@link #paperStyleGan}: 256 pixels, searched in z, truncation 0.7, noise kept.
     *
     * @return the options
     */
    public static Options paper() {
      return new Options(PAPER_SIZE, Space.Z, 0.7, false);
    }

    /**
     * For inversion: 256 pixels, searched in w and then in w+ together with the noise, no
     * truncation.
     *
     * @return the options
     */
    public static Options wPlus() {
      return new Options(PAPER_SIZE, Space.W_PLUS, 1, true);
    }

    /**
     * The same options for another size.
     *
     * @param size rows and columns of the images: 8, 16, … 1024
     * @return new options
     */
    public Options withSize(int size) {
      return new Options(size, space, truncation, searchNoise);
    }
  }

  /**
   * The size of the images that a generator was trained for. A checkpoint has layers up to 1024
   * pixels from the start, and those of a size that the training has not reached still have noise
   * strengths of exactly 0.
   *
   * @param weights what holds the weights of a StyleGAN generator, and perhaps other tensors
   * @return rows and columns: 8, 16, … 1024; the largest size that there are layers for if all
   *     noise strengths are 0, and for a StyleGAN2
   * @throws ModelFormatException if the weights hold no generator
   */
  public static int trainedSize(Weights weights) throws ModelFormatException {
    return StyleGan2Keys.isIn(weights, NetworkRole.GENERATOR)
        ? largestSize(weights, NetworkRole.GENERATOR)
        : StyleGanKeys.trainedSize(weights);
  }

  /**
   * The size that a generator is taken at where nobody says one: {@link #trainedSize}, but of the
   * first StyleGAN at most 256, the size of Yeh et al. 2017.
   *
   * @param weights what holds the weights of a StyleGAN generator, and perhaps other tensors
   * @return rows and columns
   * @throws ModelFormatException if the weights hold no generator
   */
  public static int usualSize(Weights weights) throws ModelFormatException {
    int trained = trainedSize(weights);
    return StyleGan2Keys.isIn(weights, NetworkRole.GENERATOR)
        ? trained
        : Math.min(PAPER_SIZE, trained);
  }

  /** Whether weights hold a network of a StyleGAN of either kind. */
  static boolean isIn(Weights weights, NetworkRole role) {
    return StyleGanKeys.isIn(weights, role) || StyleGan2Keys.isIn(weights, role);
  }

  /** Rows and columns of the largest images that a network has layers for. */
  static int largestSize(Weights weights, NetworkRole role) throws ModelFormatException {
    if (!StyleGan2Keys.isIn(weights, role)) {
      return StyleGanKeys.largestSize(weights, role);
    }
    StyleGan2Weights found = StyleGan2Keys.weights(weights, role);
    return role == NetworkRole.GENERATOR ? 4 << (found.sizes() - 1) : found.judgingSize();
  }

  /**
   * A generator from its weights.
   *
   * @param weights what holds the weights of a StyleGAN generator, and perhaps other tensors
   * @param options what to make of them
   * @return the generator; its range is -1 to 1, and samples may lie a little outside
   * @throws ModelFormatException if the weights hold no generator, or not the layers of the size,
   *     or if shapes do not fit together
   */
  public static Generator generator(Weights weights, Options options) throws ModelFormatException {
    return styleGenerator(weights, options);
  }

  /**
   * The mean of the styles of 10,000 latents, the same ones each time, to which styles are
   * truncated.
   *
   * @param weights what holds the weights of the generator of a StyleGAN of the first kind
   * @return the mean style
   * @throws ModelFormatException if the weights hold no such generator
   */
  @Internal
  public static float[] meanStyle(Weights weights) throws ModelFormatException {
    return StyleGanMapping.of(StyleGanWeights.generator(weights)).meanStyle();
  }

  private static StyleGenerator styleGenerator(Weights weights, Options options)
      throws ModelFormatException {
    if (!StyleGan2Keys.isIn(weights, NetworkRole.GENERATOR)) {
      StyleGanWeights found = StyleGanWeights.generator(weights);
      return StyleGanGenerator.of(found, options, found.meanStyle(weights).orElse(null));
    }
    StyleGan2Weights found = StyleGan2Keys.weights(weights, NetworkRole.GENERATOR);
    float[] mean = StyleGan2Keys.meanStyle(weights, found.styleSize()).orElse(null);
    return StyleGan2Generator.of(found, options, mean);
  }

  /**
   * A discriminator from its weights.
   *
   * @param weights what holds the weights of a StyleGAN discriminator, and perhaps other tensors
   * @param size rows and columns of the images: 8, 16, … 1024
   * @return the discriminator
   * @throws ModelFormatException if the weights hold no discriminator, or not the layers of the
   *     size, or if shapes do not fit together
   */
  public static Discriminator discriminator(Weights weights, int size) throws ModelFormatException {
    checkArgument(
        size >= 8 && size <= 1024 && Integer.bitCount(size) == 1,
        "a size must be a power of two from 8 to 1024: found %s",
        size);
    return StyleGan2Keys.isIn(weights, NetworkRole.DISCRIMINATOR)
        ? StyleGan2Discriminator.of(StyleGan2Keys.weights(weights, NetworkRole.DISCRIMINATOR), size)
        : StyleGanDiscriminator.of(StyleGanWeights.discriminator(weights), size);
  }

  /**
   * StyleGAN (Karras et al. 2019) searched as Yeh et al. 2017 search a DCGAN: in z, by 3000 steps
   * of Adam, with the noise drawn once and kept; the context loss with a window of 28 at 256
   * pixels, and the prior loss if there is a discriminator.
   *
   * @param weights what holds the weights of a StyleGAN generator, and perhaps a discriminator
   * @param size rows and columns of the images: 8, 16, … 1024
   * @return the model
   * @throws ModelFormatException as {@link #generator} and {@link #discriminator} do
   */
  public static LatentModel paperStyleGan(Weights weights, int size) throws ModelFormatException {
    return FileModel.of(
        styleGenerator(weights, Options.paper().withSize(size)),
        judge(weights, size),
        paperSearch(size));
  }

  /**
   * The search of the paper. Small images are searched together, which takes less time and changes
   * nothing else.
   */
  static SearchOptions paperSearch(int size) {
    int together = Math.max(1, Math.min(MOST_TOGETHER, (ALONE / size) * (ALONE / size)));
    return SearchOptions.paperStyleGan().toBuilder().batchSize(together).build();
  }

  /**
   * A model that follows the known pixels more closely, after Poirier-Ginter and Lalonde, <i>Robust
   * Unsupervised StyleGAN Image Restoration</i>, CVPR 2023: from the mean style, half of {@value
   * #W_PLUS_STEPS} steps in w, the others in w+ and the noise; normalised gradient descent whose
   * steps get shorter; the losses of {@link #paperStyleGan} and the regulariser of the noise of
   * StyleGAN2's projector. The noise is left alone where its strengths are 0. Do not use it for
   * large holes without looking at the result: w+ holds much that is no face.
   *
   * @param weights what holds the weights of a StyleGAN generator, and perhaps a discriminator
   * @param size rows and columns of the images: 8, 16, … 1024
   * @return the model
   * @throws ModelFormatException as {@link #generator} and {@link #discriminator} do
   */
  public static LatentModel wPlus(Weights weights, int size) throws ModelFormatException {
    return wPlus(styleGenerator(weights, Options.wPlus().withSize(size)), judge(weights, size));
  }

  /**
   * The networks of a model searched as {@link #wPlus(Weights, int)} searches them.
   *
   * @param model the networks and the framing; its losses, search and blending are not used
   * @return the model, searched in w+
   * @throws IllegalArgumentException if the generator is no StyleGAN
   */
  public static LatentModel wPlus(LatentModel model) {
    return wPlus(styleGenerator(model), model.discriminator()).framedAs(model);
  }

  private static FileModel wPlus(StyleGenerator any, Optional<Discriminator> discriminator) {
    boolean noise = any.usesNoise();
    StyleGenerator generator = any.with(new Options(any.options().size(), Space.W_PLUS, 1, noise));
    SearchOptions search =
        paperSearch(any.options().size()).toBuilder()
            .steps(W_PLUS_STEPS)
            .optimizer(
                new Optimizer.NormalizedGradientDescent(W_PLUS_RATE, new Optimizer.Schedule(0, 1)))
            .build();
    return noise
        ? FileModel.of(generator, discriminator, search, generator.noiseLoss(NOISE_WEIGHT))
        : FileModel.of(generator, discriminator, search);
  }

  /**
   * A model that is searched as Poirier-Ginter and Lalonde do it, <i>Robust Unsupervised StyleGAN
   * Image Restoration</i>, CVPR 2023: from the mean style, {@value #STAGE_STEPS} steps each in w,
   * in w+ and in w++ ({@link Space#W_PLUS_PLUS}); every vector moves by a fixed length, 0.08, 0.02
   * and 0.005; features at several scales, down to 32 pixels, are compared. The noise is drawn once
   * and kept, and no discriminator judges.
   *
   * <p>Four things differ: the features are SqueezeNet's, and without learned weights; the hole is
   * gray in both images, not noise; colours are fixed by the context loss, not by L1 of the
   * smallest images; the latent of the lowest loss is taken, not the last one. On a network of
   * faces its fills were as sharp as photographs, and farther from the truth than those of {@link
   * #wPlus(Weights, int)} (docs/model-card-style-faces64.md).
   *
   * @param weights what holds the weights of a StyleGAN generator
   * @param size rows and columns of the images: 32, 64, … 1024
   * @return the model
   * @throws ModelFormatException as {@link #generator} does
   */
  public static LatentModel robust(Weights weights, int size) throws ModelFormatException {
    return robust(styleGenerator(weights, new Options(size, Space.W_PLUS_PLUS, 1, false)));
  }

  /**
   * The networks of a model searched as {@link #robust(Weights, int)} searches them.
   *
   * @param model the networks and the framing; its losses, search and blending are not used
   * @return the model, searched in w, w+ and w++
   * @throws IllegalArgumentException if the generator is no StyleGAN, or of less than 32 pixels
   */
  public static LatentModel robust(LatentModel model) {
    StyleGenerator generator = styleGenerator(model);
    int size = generator.options().size();
    return robust(generator.with(new Options(size, Space.W_PLUS_PLUS, 1, false))).framedAs(model);
  }

  private static FileModel robust(StyleGenerator generator) {
    int size = generator.options().size();
    checkArgument(size >= SMALLEST_SCALE, "a size must be at least 32: found %s", size);
    int scales = Integer.numberOfTrailingZeros(size / SMALLEST_SCALE) + 1;
    return FileModel.of(
        generator,
        Optional.empty(),
        paperSearch(size).toBuilder()
            .steps(3 * STAGE_STEPS)
            .optimizer(new Optimizer.PartwiseDescent(STAGE_LENGTHS))
            .build(),
        PerceptualLoss.of(SqueezeNet.load(), FEATURE_WEIGHT).atScales(scales).ofDirections());
  }

  private static StyleGenerator styleGenerator(LatentModel model) {
    Generator generator = model.generator();
    checkArgument(
        generator instanceof StyleGenerator,
        "a search in w+ must be of a StyleGAN: found %s",
        generator.identity());
    return (StyleGenerator) generator;
  }

  private static Optional<Discriminator> judge(Weights weights, int size)
      throws ModelFormatException {
    return isIn(weights, NetworkRole.DISCRIMINATOR)
        ? Optional.of(discriminator(weights, size))
        : Optional.empty();
  }
}
