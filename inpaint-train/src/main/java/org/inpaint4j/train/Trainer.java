package org.inpaint4j.train;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.inpaint4j.model.Weights;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a model on images, with checkpoints from which a training goes on as if it had never been
 * interrupted.
 *
 * <p>Beside the model it writes {@code model.state} (all that is needed to go on), {@code
 * model-samples-NNNN.png} after each epoch, and {@code model-losses.png}. The network of the model
 * is the moving average of the one that is trained; its batch norm applies statistics of that
 * average, over batches of its own.
 *
 * <p>Not safe for use by several threads at once.
 */
public abstract sealed class Trainer implements AutoCloseable
    permits DcganTrainer, CompletionTrainer, StyleGanTrainer {

  private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);

  private static final int SMOOTHED = 50;

  /** Batches over which the statistics of the average are taken. */
  static final int CALIBRATION_BATCHES = 16;

  private final TrainingImages images;
  private final TrainingFiles files;
  private final Duration checkpointEvery;
  private final TrainingListener listener;
  private final String options;
  private final TrainingState state;
  private int savedIteration;
  private @Nullable Weights latest;
  private int latestIteration;

  /**
   * Starts or resumes.
   *
   * @param options those of the training, as a text
   * @param state the start. Modified: if the training is resumed, it is that of the checkpoint.
   */
  Trainer(Builder<?> builder, String options, TrainingState state) throws IOException {
    images = builder.images;
    files = builder.files;
    checkpointEvery = builder.checkpointEvery;
    listener = builder.listener;
    this.options = options;
    this.state = state;
    if (builder.resume) {
      state.load(files.state(), options, images);
    }
    savedIteration = state.iteration();
  }

  /** One iteration with the next batch; its losses are added to the history. */
  abstract void step();

  /** How many images the next iteration takes. */
  abstract int batchSize();

  /** How many images some iterations take. */
  long seen(int done) {
    return (long) done * batchSize();
  }

  /** How many epochs are complete after some iterations. */
  int epochs(int done) {
    return done / iterationsPerEpoch();
  }

  /** Whether a loss near 0 says that the discriminator is certain: it is that of a probability. */
  boolean canBeCertain() {
    return true;
  }

  /** What is looked at to judge the training: the averaged network's work. */
  abstract BufferedImage samples();

  /** Both losses over the iterations. */
  abstract BufferedImage losses();

  /**
   * The model as of now, as it is saved: the averaged network and the discriminator.
   *
   * @return weights with PyTorch's names and layout, which {@link org.inpaint4j.model.Dcgan},
   *     {@link org.inpaint4j.model.StyleGan} or {@link org.inpaint4j.model.Completion} reads
   */
  public final Weights weights() {
    if (latest == null || latestIteration != iterations()) {
      latest = export();
      latestIteration = iterations();
    }
    return latest;
  }

  /** Makes the model: the average's batch norm is measured anew, which takes a while. */
  abstract Weights export();

  /** Frees the memory outside of Java. */
  @Override
  public abstract void close();

  TrainingState state() {
    return state;
  }

  String fileName() {
    return String.valueOf(files.model().getFileName());
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
   * How many iterations make an epoch, with the batches of now: each takes a whole batch, and
   * images that are left over wait for an epoch with another order.
   *
   * @return from 1
   */
  public int iterationsPerEpoch() {
    return images.count() / batchSize();
  }

  /**
   * How many iterations make some epochs, from the start of a training.
   *
   * @param epochs from 0
   * @return how many
   */
  public int iterationsIn(int epochs) {
    return (int) Math.min(Integer.MAX_VALUE, (long) epochs * iterationsPerEpoch());
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
      Optional<String> collapse = CollapseWatch.collapse(state.history(), canBeCertain());
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
      if (epochs(state.iteration()) > epochs(state.iteration() - 1)) {
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

  private TrainingProgress progress(int before, double seconds) {
    LossHistory history = state.history();
    int done = history.iterations();
    return new TrainingProgress(
        done,
        epochs(done - 1) + 1,
        history.mean(0, SMOOTHED),
        history.mean(1, SMOOTHED),
        history.mean(2, SMOOTHED),
        history.mean(3, SMOOTHED),
        (seen(done) - seen(before)) / seconds);
  }

  /** Saves state and model, unless the state is not worth keeping. */
  private void save() throws IOException {
    if (!CollapseWatch.isGood(state, canBeCertain())) {
      LOG.warn("iteration {} is not saved: the discriminator is certain", state.iteration());
      return;
    }
    state.save(files.state(), options, images);
    weights().save(files.model(), Weights.Precision.FLOAT16);
    savedIteration = state.iteration();
  }

  /** Draws the samples of the current epoch and the losses. */
  private void draw() throws IOException {
    files.drawSamples(epochs(state.iteration() - 1) + 1, samples());
    files.drawLosses(losses());
  }

  /**
   * Collects what a trainer needs.
   *
   * @param <B> the builder of a kind of trainer
   */
  public abstract static sealed class Builder<B extends Builder<B>>
      permits DcganTrainer.Builder, CompletionTrainer.Builder, StyleGanTrainer.Builder {
    final TrainingImages images;
    final TrainingFiles files;
    private Duration checkpointEvery = Duration.ofMinutes(5);
    private TrainingListener listener = progress -> true;
    private @Nullable Weights start;
    private boolean resume;

    Builder(TrainingImages images, Path file) {
      this.images = images;
      this.files = new TrainingFiles(file);
    }

    /** This builder. */
    abstract B self();

    /**
     * Makes the trainer, which takes some 2 GB of memory for 64 images of 64 pixels.
     *
     * @return the trainer
     * @throws IllegalArgumentException if the images do not fit the options or are fewer than a
     *     batch, or the networks to begin with do not fit the options
     * @throws IllegalStateException if there is no checkpoint to resume from
     * @throws IOException if the checkpoint is broken, or of other options or images, or the
     *     weights to begin with are not those of such a model
     */
    public abstract Trainer build() throws IOException;

    /**
     * Sets how often a checkpoint is written.
     *
     * @param interval a positive time; 5 minutes if not set
     * @return this builder
     */
    public B checkpointEvery(Duration interval) {
      checkArgument(
          !interval.isNegative() && !interval.isZero(),
          "the time between checkpoints must be positive: found %s",
          interval);
      checkpointEvery = interval;
      return self();
    }

    /**
     * Sets who is told of the progress.
     *
     * @param value the listener
     * @return this builder
     */
    public B onProgress(TrainingListener value) {
      listener = value;
      return self();
    }

    /**
     * Sets networks to begin with in place of random ones: a model that was trained before, on
     * images of the same kind, say. Resuming goes on from the checkpoint, whatever this is.
     *
     * @param weights those of such a model, of the sizes that the options say
     * @return this builder
     */
    public B start(Weights weights) {
      start = weights;
      return self();
    }

    /**
     * Sets whether to go on from the checkpoint beside the model. The result has the bits of a
     * training that was never interrupted, on the same machine with the same number of threads. The
     * options must be those it began with; only the decay of the average may change.
     *
     * @param goOn whether to resume
     * @return this builder
     */
    public B resume(boolean goOn) {
      resume = goOn;
      return self();
    }

    /** What a training begins with; nothing if it goes on from a checkpoint. */
    @Nullable Weights start() {
      return resume ? null : start;
    }

    /** Whether images and checkpoint are there. */
    void check(int size, int channels, int batch) {
      checkArgument(
          images.size() == size && images.channels() == channels,
          "the images must fit the network: expected %s channels of %s pixels, found %s of %s",
          channels,
          size,
          images.channels(),
          images.size());
      checkArgument(
          images.count() >= batch,
          "training data must fill a batch: expected at least %s images, found %s",
          batch,
          images.count());
      checkState(
          !resume || Files.exists(files.state()),
          "a checkpoint must be there to resume: found no %s",
          files.state());
    }
  }
}
