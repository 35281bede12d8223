package org.inpaint4j.train;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.model.Dcgan;
import org.inpaint4j.model.ModelFormatException;
import org.inpaint4j.model.Weights;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
 * <p>Beside the model it writes {@code model.state} (all that is needed to go on), {@code
 * model-samples-NNNN.png} after each epoch, and {@code model-losses.png}. The model's generator is
 * the moving average of the generator that is trained; its batch norm applies statistics of that
 * average, over batches of its own.
 *
 * <p>Do not use it for images of many kinds, for images that are not aligned, or for fewer than
 * some thousand images: a DCGAN then learns little, or learns the images by heart.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class DcganTrainer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DcganTrainer.class);

  /** Batches over which the statistics of the average are taken. */
  private static final int CALIBRATION_BATCHES = 16;

  private static final int SMOOTHED = 50;

  private final TrainingImages images;
  private final TrainingFiles files;
  private final Duration checkpointEvery;
  private final TrainingListener listener;
  private final Draws draws;
  private final Batches batches;
  private final TrainingState state;
  private final Iteration iteration;
  private int savedIteration;

  private DcganTrainer(Builder builder) throws IOException {
    images = builder.images;
    files = builder.files;
    checkpointEvery = builder.checkpointEvery;
    listener = builder.listener;
    TrainingOptions options = builder.options;
    draws = new Draws(options.seed());
    batches = new Batches(images, options, draws);
    state =
        builder.resume
            ? TrainingState.load(files.state(), options, images)
            : begin(options, builder.start);
    savedIteration = state.iteration();
    iteration = new Iteration(options, state.generator, state.discriminator, state.encoder);
  }

  private static TrainingState begin(TrainingOptions options, @Nullable Weights start)
      throws IOException {
    return start == null
        ? new TrainingState(options)
        : new TrainingState(
            options, Dcgan.generatorWeights(start), Dcgan.discriminatorWeights(start));
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

  /**
   * Whether there is a checkpoint to resume from.
   *
   * @param file the model
   * @return whether its state lies beside it
   */
  public static boolean canResume(Path file) {
    return Files.exists(new TrainingFiles(file).state());
  }

  /**
   * How many iterations are done, over all runs.
   *
   * @return from 0
   */
  public int iterations() {
    return state.iteration();
  }

  /**
   * How many iterations make an epoch: each takes a whole batch, and images that are left over wait
   * for an epoch with another order.
   *
   * @return from 1
   */
  public int iterationsPerEpoch() {
    return batches.perEpoch();
  }

  /**
   * Trains, saving every few minutes and at the end.
   *
   * @param iterations until so many are done, over all runs
   * @param time or this time has passed
   * @return how it ended
   * @throws IOException if a file cannot be written
   */
  public TrainingResult train(int iterations, Duration time) throws IOException {
    long start = System.nanoTime();
    long saved = start;
    int before = state.iteration();
    TrainingResult.Status status = TrainingResult.Status.COMPLETED;
    while (state.iteration() < iterations) {
      step();
      Optional<String> collapse = CollapseWatch.collapse(state.history());
      if (collapse.isPresent()) {
        return new TrainingResult(TrainingResult.Status.COLLAPSED, savedIteration, collapse.get());
      }
      long now = System.nanoTime();
      boolean goOn = listener.onIteration(progress(before, (now - start) / 1e9));
      if (!goOn || Thread.currentThread().isInterrupted() || now - start >= time.toNanos()) {
        status = TrainingResult.Status.STOPPED;
        break;
      }
      if (now - saved >= checkpointEvery.toNanos()) {
        save();
        saved = System.nanoTime();
      }
      if (state.iteration() % iterationsPerEpoch() == 0) {
        draw();
      }
    }
    if (state.iteration() > savedIteration) {
      // An interrupt that is still set would close the files.
      boolean interrupted = Thread.interrupted();
      try {
        save();
        draw();
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
    return new TrainingResult(status, savedIteration, "");
  }

  /** One iteration with the next batch. */
  private void step() {
    TrainingOptions options = state.options;
    int t = state.iteration();
    float[] z = new float[options.batchSize() * options.latentSize()];
    draws.normal(Draws.Purpose.LATENTS, t, z);
    state.history().add(iteration.run(z, batches.images(t), draws, t + 1));
    double decay = Math.min(options.averageDecay(), (1.0 + t) / (5 + t));
    Adam.average(state.average, state.generator.values, decay);
  }

  private TrainingProgress progress(int before, double seconds) {
    LossHistory history = state.history();
    int done = history.iterations();
    return new TrainingProgress(
        done,
        iterationsPerEpoch(),
        history.mean(0, SMOOTHED),
        history.mean(1, SMOOTHED),
        history.mean(2, SMOOTHED),
        history.mean(3, SMOOTHED),
        (done - before) * state.options.batchSize() / seconds);
  }

  /**
   * The model as of now: {@code generator.main.0.weight} and so on, the averaged generator, and
   * {@code discriminator.main.0.weight} and so on.
   *
   * @return weights that {@link Dcgan} reads
   */
  public Weights weights() {
    List<float[]> latents = new ArrayList<>();
    TrainingOptions options = state.options;
    for (int k = 0; k < CALIBRATION_BATCHES; k++) {
      float[] z = new float[options.batchSize() * options.latentSize()];
      draws.normal(Draws.Purpose.CALIBRATION, k, z);
      latents.add(z);
    }
    Weights.Builder builder = Weights.builder();
    state.generator.export(
        state.average, iteration.calibrate(state.average, latents), "generator.", builder);
    state.discriminator.export(
        state.discriminator.values, state.discriminator.running, "discriminator.", builder);
    return builder.build(String.valueOf(files.model().getFileName()));
  }

  /** Saves state and model, unless the state is not worth keeping. */
  private void save() throws IOException {
    if (!CollapseWatch.isGood(state)) {
      LOG.warn("iteration {} is not saved: the discriminator is certain", state.iteration());
      return;
    }
    state.save(files.state(), images);
    weights().save(files.model(), Weights.Precision.FLOAT16);
    savedIteration = state.iteration();
  }

  /** Draws the samples of the current epoch and the losses. */
  private void draw() throws IOException {
    int epoch = (state.iteration() + iterationsPerEpoch() - 1) / iterationsPerEpoch();
    try {
      files.drawSamples(epoch, SampleSheet.of(Dcgan.generator(weights()), draws));
    } catch (ModelFormatException e) {
      throw new UncheckedIOException("our own weights must be a DCGAN", e);
    }
    files.drawLosses(LossPlot.of(state.history()));
  }

  /** Frees the memory outside of Java. */
  @Override
  public void close() {
    iteration.close();
  }

  /** Collects what a trainer needs. */
  public static final class Builder {
    private final TrainingImages images;
    private final TrainingFiles files;
    private TrainingOptions options = TrainingOptions.dcgan64();
    private Duration checkpointEvery = Duration.ofMinutes(5);
    private TrainingListener listener = progress -> true;
    private @Nullable Weights start;
    private boolean resume;

    private Builder(TrainingImages images, Path file) {
      this.images = images;
      this.files = new TrainingFiles(file);
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

    /**
     * Sets how often a checkpoint is written.
     *
     * @param interval a positive time; 5 minutes if not set
     * @return this builder
     */
    public Builder checkpointEvery(Duration interval) {
      checkArgument(
          !interval.isNegative() && !interval.isZero(),
          "the time between checkpoints must be positive: found %s",
          interval);
      checkpointEvery = interval;
      return this;
    }

    /**
     * Sets who is told of the progress.
     *
     * @param value the listener
     * @return this builder
     */
    public Builder onProgress(TrainingListener value) {
      listener = value;
      return this;
    }

    /**
     * Sets networks to begin with in place of random ones: a model that was trained before, on
     * images of the same kind, say. Resuming goes on from the checkpoint, whatever this is.
     *
     * @param weights one generator and one discriminator, of the size, channels, latent size and
     *     filters of the options
     * @return this builder
     */
    public Builder start(Weights weights) {
      start = weights;
      return this;
    }

    /**
     * Sets whether to go on from the checkpoint beside the model. The result has the bits of a
     * training that was never interrupted, on the same machine with the same number of threads. The
     * options must be those it began with; only {@link TrainingOptions#averageDecay} may change.
     *
     * @param goOn whether to resume
     * @return this builder
     */
    public Builder resume(boolean goOn) {
      resume = goOn;
      return this;
    }

    /**
     * Makes the trainer, which takes some 2 GB of memory for 64 images of 64 pixels.
     *
     * @return the trainer
     * @throws IllegalArgumentException if the images do not fit the options or are fewer than a
     *     batch, or the networks to begin with do not fit the options
     * @throws IllegalStateException if there is no checkpoint to resume from
     * @throws IOException if the checkpoint is broken, or of other options or images, or the
     *     weights to begin with are not one generator and one discriminator
     */
    public DcganTrainer build() throws IOException {
      checkArgument(
          images.size() == options.imageSize() && images.channels() == options.channels(),
          "the images must fit the network: expected %s channels of %s pixels, found %s of %s",
          options.channels(),
          options.imageSize(),
          images.channels(),
          images.size());
      checkArgument(
          images.count() >= options.batchSize(),
          "training data must fill a batch: expected at least %s images, found %s",
          options.batchSize(),
          images.count());
      checkState(
          !resume || Files.exists(files.state()),
          "a checkpoint must be there to resume: found no %s",
          files.state());
      return new DcganTrainer(this);
    }
  }
}
