package org.inpaint4j.train;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.model.ModelFormatException;
import org.inpaint4j.model.StyleGan;
import org.inpaint4j.model.Weights;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a StyleGAN: Karras, Laine, Aila, <i>A Style-Based Generator Architecture for Generative
 * Adversarial Networks</i>, CVPR 2019, in the progressive layout of the PyTorch port
 * rosinality/style-based-gan-pytorch.
 *
 * <pre>{@code
 * TrainingImages images = TrainingImages.read(folder, 64, 3);
 * try (StyleGanTrainer trainer =
 *     StyleGanTrainer.builder(images, Path.of("model.safetensors")).build()) {
 *   trainer.train(trainer.iterationsIn(80), Duration.ofHours(12));
 * }
 * }</pre>
 *
 * <p>Both networks learn images of 8 pixels first and then larger ones, each size faded in ({@link
 * StyleGanOptions.Schedule}). A model that is saved while a size fades in has its layers, but shows
 * them whole.
 *
 * <p>R1 is estimated by the squared change of the discriminator under a little Gaussian noise on
 * real images (Lin et al., <i>Diffusion Adversarial Post-Training for One-Step Video
 * Generation</i>, 2025), as the engine has no derivative of a derivative; see {@link
 * StyleGanOptions.Objective}.
 *
 * <p>Do not use it where a {@link DcganTrainer} is good enough: an image of 64 pixels takes several
 * times as long.
 */
public final class StyleGanTrainer extends Trainer {

  private static final Logger LOG = LoggerFactory.getLogger(StyleGanTrainer.class);

  private static final String AVERAGE = "g_running.";
  private static final String DISCRIMINATOR = "discriminator.";

  private final StyleGanOptions options;
  private final TrainingImages images;
  private final Draws draws;
  private final StyleBatches batches;
  private @Nullable StyleIteration iteration;

  private StyleGanTrainer(Builder builder) throws IOException {
    super(builder, builder.options.toString(), begin(builder.options, builder.start()));
    options = builder.options;
    images = builder.images;
    draws = new Draws(options.seed());
    batches = new StyleBatches(images, options, draws);
  }

  /** The state of a training that begins with random networks, or with some that are given. */
  private static TrainingState begin(StyleGanOptions options, @Nullable Weights start) {
    StyleIteration.Learned learned = StyleIteration.Learned.of(options);
    Network generator = learned.generator();
    Network discriminator = learned.discriminator();
    Draws draws = new Draws(options.seed());
    generator.initialize(draws.random(Draws.Purpose.GENERATOR_WEIGHTS, 0), 1);
    generator.scale(StyleShape::isTowardsStyleOrColour, (float) options.networks().spread());
    discriminator.initialize(draws.random(Draws.Purpose.DISCRIMINATOR_WEIGHTS, 0), 1);
    if (start != null) {
      generator.load(start.under(AVERAGE));
      discriminator.load(start.under(DISCRIMINATOR));
      if (!options.networks().noise()) {
        generator.clear(Shape.Kind.STRENGTH);
      }
    }
    return new TrainingState(
        generator,
        discriminator,
        Optional.empty(),
        List.of(generator.updates, discriminator.updates),
        StyleIteration.Losses.KINDS);
  }

  /**
   * Starts a trainer with {@link StyleGanOptions#of} for the size of the images.
   *
   * @param images what to train on, in colour
   * @param file the model to write, in the safetensors format; its name without ending is the start
   *     of the names of all other files
   * @return a builder
   */
  public static Builder builder(TrainingImages images, Path file) {
    return new Builder(images, file);
  }

  private StylePlace place(int done) {
    return StylePlace.of(options.schedule(), done);
  }

  @Override
  int batchSize() {
    return place(iterations()).batch();
  }

  @Override
  long seen(int done) {
    return place(done).first();
  }

  /** {@inheritDoc} They are more in an epoch of large images, whose batches are smaller. */
  @Override
  public int iterationsIn(int epochs) {
    return StylePlace.iterationsFor(options.schedule(), (long) epochs * images.count());
  }

  @Override
  int epochs(int done) {
    return (int) (seen(done) / images.count());
  }

  @Override
  boolean canBeCertain() {
    return options.objective().loss() == AdversarialLoss.LOGISTIC;
  }

  @Override
  void step() {
    TrainingState state = state();
    int t = state.iteration();
    StylePlace place = place(t);
    StyleIteration.Losses losses = iteration(place).run(batches.of(place, t), place.alpha());
    state.history().add(losses.inOrder());
    Adam.average(state.average, state.generator.values, options.schedule().decay(t));
  }

  /** The iteration of a place: plans are made anew when its networks change. */
  private StyleIteration iteration(StylePlace place) {
    StyleIteration current = iteration;
    if (current == null || !place.hasNetworksOf(current.place())) {
      LOG.info("{} pixels{}", place.size(), place.fading() ? ", fading in" : "");
      close();
      TrainingState state = state();
      current =
          new StyleIteration(
              options, place, new StyleIteration.Learned(state.generator, state.discriminator));
      iteration = current;
    }
    return current;
  }

  /**
   * {@code g_running.generator.progression.0.conv1.input} and so on, {@code
   * discriminator.progression.0.conv1.0.conv.weight_orig} and so on; with the port's constants, the
   * kernels of its blurs, and the mean style.
   */
  @Override
  Weights export() {
    TrainingState state = state();
    Weights.Builder builder = Weights.builder();
    state.generator.export(state.average, state.generator.running, AVERAGE, builder);
    state.discriminator.export(
        state.discriminator.values, state.discriminator.running, DISCRIMINATOR, builder);
    int last = options.networks().generator().size() - 1;
    for (int i = 1; i <= last; i++) {
      int channels = options.networks().generator().get(i);
      blur(builder, AVERAGE + "generator.progression." + i + ".conv1.2.", channels);
      int judged = options.networks().discriminator().get(last - i);
      blur(builder, DISCRIMINATOR + "progression." + (i - 1) + ".conv2.0.", judged);
    }
    try {
      float[] mean = StyleGan.meanStyle(builder.build(fileName()));
      builder.put(StyleGan.MEAN_STYLE, new int[] {mean.length}, mean);
    } catch (ModelFormatException e) {
      throw new UncheckedIOException("our own weights must be a StyleGAN", e);
    }
    return builder.build(fileName());
  }

  private static void blur(Weights.Builder builder, String name, int channels) {
    float[] kernel = StyleLayers.filled(9 * channels, i -> StyleLayers.tap(i % 9));
    int[] shape = {channels, 1, 3, 3};
    builder.put(name + "weight", shape, kernel).put(name + "weight_flip", shape, kernel);
  }

  @Override
  BufferedImage samples() {
    try {
      StylePlace place = place(Math.max(0, iterations() - 1));
      return StyleSheet.of(weights(), place, options.networks().imageSize(), draws);
    } catch (ModelFormatException e) {
      throw new UncheckedIOException("our own weights must be a StyleGAN", e);
    }
  }

  @Override
  BufferedImage losses() {
    AdversarialLoss loss = options.objective().loss();
    return LossPlot.of(state().history(), loss.ofDiscriminator, loss.ofGenerator);
  }

  @Override
  public void close() {
    if (iteration != null) {
      iteration.close();
      iteration = null;
    }
  }

  /** Collects what a trainer needs. */
  public static final class Builder extends Trainer.Builder<Builder> {
    private StyleGanOptions options;

    private Builder(TrainingImages images, Path file) {
      super(images, file);
      options = StyleGanOptions.of(images.size());
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
    public Builder options(StyleGanOptions value) {
      options = value;
      return this;
    }

    @Override
    public StyleGanTrainer build() throws IOException {
      int largest = options.schedule().batches().stream().mapToInt(i -> i).max().orElse(0);
      check(options.networks().imageSize(), 3, largest);
      return new StyleGanTrainer(this);
    }
  }
}
