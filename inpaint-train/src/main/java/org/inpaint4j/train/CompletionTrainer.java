package org.inpaint4j.train;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.model.Completion;
import org.inpaint4j.model.CompletionVariant;
import org.inpaint4j.model.ModelFormatException;
import org.inpaint4j.model.Weights;
import org.jspecify.annotations.Nullable;

/**
 * Trains a completion network, which sees the known pixels of a picture and makes the whole picture
 * in one pass: after Pathak et al., <i>Context Encoders: Feature Learning by Inpainting</i>, CVPR
 * 2016, and what came after it, see {@link CompletionVariant}.
 *
 * <pre>{@code
 * TrainingImages images = TrainingImages.read(folder, 64, 3);
 * try (CompletionTrainer trainer =
 *     CompletionTrainer.builder(images, Path.of("model.safetensors")).build()) {
 *   trainer.train(5000, Duration.ofHours(3));
 * }
 * }</pre>
 *
 * <p>Holes of all kinds are drawn, from 3 to 60 % of the picture. The losses are those of {@link
 * CompletionLosses}.
 *
 * <p>Do not use it for images of many kinds or that are not aligned: a network of this size then
 * learns to blur.
 */
public final class CompletionTrainer extends Trainer {

  private static final String DISCRIMINATOR = "discriminator.";

  private final CompletionOptions options;
  private final TrainingImages images;
  private final Draws draws;
  private final CompletionBatches batches;
  private final SpectralNorm spectral;
  private final CompletionIteration iteration;

  /** A state, and what is needed of it besides. */
  private record Start(TrainingState state, SpectralNorm spectral) {

    static Start of(CompletionOptions options, @Nullable Weights start) {
      Draws draws = new Draws(options.seed());
      Adam.Rates rates = options.schedule().rates();
      Network generator = new Network(CompletionShape.generator(options.design()), rates);
      Network discriminator = new Network(CompletionShape.discriminator(options.judge()), rates);
      SpectralNorm spectral =
          new SpectralNorm(discriminator.shape, draws.random(Draws.Purpose.SINGULAR_VECTORS, 0));
      generator.initialize(draws.random(Draws.Purpose.GENERATOR_WEIGHTS, 0));
      discriminator.initialize(draws.random(Draws.Purpose.DISCRIMINATOR_WEIGHTS, 0));
      if (start != null) {
        generator.load(start);
        Weights judge = start.under(DISCRIMINATOR);
        if (!judge.names().isEmpty()) {
          discriminator.load(judge);
          spectral.load(judge);
        }
      }
      TrainingState state =
          new TrainingState(
              generator,
              discriminator,
              Optional.empty(),
              List.of(spectral.vectors),
              CompletionIteration.Losses.KINDS);
      return new Start(state, spectral);
    }
  }

  private CompletionTrainer(Builder builder, Start start) throws IOException {
    super(builder, builder.options.toString(), start.state);
    options = builder.options;
    images = builder.images;
    spectral = start.spectral;
    draws = new Draws(options.seed());
    batches = new CompletionBatches(images, options, draws);
    TrainingState state = state();
    iteration = new CompletionIteration(options, state.generator, state.discriminator, spectral);
  }

  /**
   * Starts a trainer of the network with skips at 64 pixels.
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
  int batchSize() {
    return options.batch().pictures();
  }

  @Override
  void step() {
    TrainingState state = state();
    int t = state.iteration();
    CompletionIteration.Losses losses = iteration.run(batches.of(Draws.Purpose.LATENTS, t), t);
    state.history().add(losses.inOrder());
    Adam.average(state.average, state.generator.values, options.schedule().decay(t));
  }

  /** {@code down.0.weight} and so on, {@code discriminator.convs.0.weight_orig} and so on. */
  @Override
  Weights export() {
    List<CompletionIteration.Pictures> pictures = new ArrayList<>();
    for (int k = 0; k < CALIBRATION_BATCHES; k++) {
      pictures.add(batches.of(Draws.Purpose.CALIBRATION, k));
    }
    TrainingState state = state();
    Weights.Builder builder = Weights.builder();
    state.generator.export(
        state.average, iteration.calibrate(state.average, pictures), "", builder);
    state.discriminator.export(
        state.discriminator.values, state.discriminator.running, DISCRIMINATOR, builder);
    spectral.export(DISCRIMINATOR, builder);
    return builder.build(fileName());
  }

  @Override
  BufferedImage samples() {
    try {
      return CompletionSheet.of(Completion.network(weights()), images, draws);
    } catch (ModelFormatException e) {
      throw new UncheckedIOException("our own weights must be a completion network", e);
    }
  }

  @Override
  BufferedImage losses() {
    return LossPlot.of(state().history(), "-log D(x) - log(1 - D(c))", "-log D(c)");
  }

  @Override
  public void close() {
    iteration.close();
  }

  /** Collects what a trainer needs. */
  public static final class Builder extends Trainer.Builder<Builder> {
    private CompletionOptions options = CompletionOptions.of(CompletionVariant.SKIPS, 64);

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
     * @param value the options; their size must be that of the images, which are in colour
     * @return this builder
     */
    public Builder options(CompletionOptions value) {
      options = value;
      return this;
    }

    @Override
    public CompletionTrainer build() throws IOException {
      check(options.design().imageSize(), 3, options.batch().pictures());
      return new CompletionTrainer(this, Start.of(options, start()));
    }
  }
}
