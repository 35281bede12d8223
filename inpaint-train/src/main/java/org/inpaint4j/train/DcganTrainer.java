package org.inpaint4j.train;

import static com.google.common.base.Preconditions.checkArgument;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.model.Dcgan;
import org.inpaint4j.model.ModelFormatException;
import org.inpaint4j.model.Weights;
import org.jspecify.annotations.Nullable;

/**
 * Trains a DCGAN: Radford, Metz, Chintala, <i>Unsupervised Representation Learning with Deep
 * Convolutional Generative Adversarial Networks</i>, ICLR 2016.
 *
 * <pre>{@code
 * TrainingImages images = TrainingImages.read(folder, 64, 3);
 * try (DcganTrainer trainer =
 *     DcganTrainer.builder(images, Path.of("model.safetensors")).build()) {
 *   trainer.train(5000, Duration.ofHours(3));
 * }
 * }</pre>
 *
 * <p>Do not use it for images of many kinds, for images that are not aligned, or for fewer than
 * some thousand images: a DCGAN then learns little, or learns the images by heart.
 */
public final class DcganTrainer extends Trainer {

  private final TrainingOptions options;
  private final Draws draws;
  private final Batches batches;
  private final Iteration iteration;

  private DcganTrainer(Builder builder) throws IOException {
    super(builder, builder.options.toString(), begin(builder.options, builder.start()));
    options = builder.options;
    draws = new Draws(options.seed());
    batches = new Batches(builder.images, options.batchSize(), options.flips(), draws);
    TrainingState state = state();
    iteration = new Iteration(options, state.generator, state.discriminator, state.encoder);
  }

  /** The state of a training that begins with random networks, or with some that are given. */
  static TrainingState begin(TrainingOptions options, @Nullable Weights start) throws IOException {
    Network generator = new Network(DcganShape.generator(options), options.rates());
    Network discriminator = new Network(DcganShape.discriminator(options), options.rates());
    Draws draws = new Draws(options.seed());
    generator.initialize(draws.random(Draws.Purpose.GENERATOR_WEIGHTS, 0));
    discriminator.initialize(draws.random(Draws.Purpose.DISCRIMINATOR_WEIGHTS, 0));
    Optional<Network> encoder =
        options.reconstruction() > 0
            ? Optional.of(new Network(DcganShape.encoder(options), options.rates()))
            : Optional.empty();
    encoder.ifPresent(
        network -> network.initialize(draws.random(Draws.Purpose.ENCODER_WEIGHTS, 0)));
    if (start != null) {
      generator.load(Dcgan.generatorWeights(start));
      Weights judging = Dcgan.discriminatorWeights(start);
      checkNorms(judging, options);
      discriminator.load(judging);
    }
    return new TrainingState(generator, discriminator, encoder, List.of(), Iteration.Losses.KINDS);
  }

  private static void checkNorms(Weights discriminator, TrainingOptions options) {
    boolean batchNorm = Dcgan.hasBatchNorm(discriminator);
    checkArgument(
        batchNorm != options.hasInstanceNorm(),
        "a discriminator to start with must have the norm of the loss: expected %s, found %s",
        batchNorm ? "instance norm" : "batch norm",
        batchNorm ? "batch norm" : "instance norm");
  }

  /**
   * Starts a trainer with {@link TrainingOptions#dcgan64()}.
   *
   * @param images what to train on
   * @param file the model to write, in the safetensors format; its name without ending is the start
   *     of the names of all other files
   * @return a builder
   */
  public static Builder builder(TrainingImages images, Path file) {
    return new Builder(images, file);
  }

  @Override
  boolean canBeCertain() {
    return options.loss() == AdversarialLoss.LOGISTIC;
  }

  @Override
  int batchSize() {
    return options.batchSize();
  }

  @Override
  void step() {
    TrainingState state = state();
    int t = state.iteration();
    DcganDraw draw = DcganDraw.of(options, draws, batches.images(t), t);
    Iteration.Losses losses = iteration.run(draw, draws, t + 1);
    state.history().add(losses.inOrder());
    double decay = Math.min(options.averageDecay(), (1.0 + t) / (5 + t));
    Adam.average(state.average, state.generator.values, decay);
  }

  /** {@code generator.main.0.weight} and so on, {@code discriminator.main.0.weight} and so on. */
  @Override
  Weights export() {
    List<float[]> latents = new ArrayList<>();
    for (int k = 0; k < CALIBRATION_BATCHES; k++) {
      float[] z = new float[options.batchSize() * options.latentSize()];
      draws.normal(Draws.Purpose.CALIBRATION, k, z);
      latents.add(z);
    }
    TrainingState state = state();
    Weights.Builder builder = Weights.builder();
    state.generator.export(
        state.average, iteration.calibrate(state.average, latents), "generator.", builder);
    state.discriminator.export(
        state.discriminator.values, state.discriminator.running, "discriminator.", builder);
    return builder.build(fileName());
  }

  @Override
  BufferedImage samples() {
    try {
      return SampleSheet.of(Dcgan.generator(weights()), draws);
    } catch (ModelFormatException e) {
      throw new UncheckedIOException("our own weights must be a DCGAN", e);
    }
  }

  @Override
  BufferedImage losses() {
    AdversarialLoss loss = options.loss();
    return LossPlot.of(state().history(), loss.ofDiscriminator, loss.ofGenerator);
  }

  @Override
  public void close() {
    iteration.close();
  }

  /** Collects what a trainer needs. */
  public static final class Builder extends Trainer.Builder<Builder> {
    private TrainingOptions options = TrainingOptions.dcgan64();

    private Builder(TrainingImages images, Path file) {
      super(images, file);
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * Sets what is trained and how.
     *
     * @param value the options; size and channels must be those of the images
     * @return this builder
     */
    public Builder options(TrainingOptions value) {
      options = value;
      return this;
    }

    @Override
    public DcganTrainer build() throws IOException {
      check(options.imageSize(), options.channels(), options.batchSize());
      return new DcganTrainer(this);
    }
  }
}
