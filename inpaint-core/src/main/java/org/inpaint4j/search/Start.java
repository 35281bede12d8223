package org.inpaint4j.search;

import static com.google.common.base.Preconditions.checkState;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.LatentPath;
import org.inpaint4j.image.Seeds;
import org.inpaint4j.network.LatentSpace;
import org.jspecify.annotations.Nullable;

/**
 * One start of one image: its latent, the way it has taken, and the best it has seen.
 *
 * <p>It has a state of its own, so neither its batch mates nor their number matter to it.
 */
final class Start {

  /** A start is over when its best loss has not fallen by this part within the patience. */
  private static final double PLATEAU = 1e-3;

  /** What all starts of a search have in common. */
  record Settings(LatentSpace space, List<String> terms, SearchOptions options, int frameEvery) {}

  /** Which of the starts of its image it is. */
  private final int number;

  /** Whether it begins where the task says, and not at a draw. */
  final boolean given;

  private final LatentSpace space;
  private final List<String> terms;
  private final SearchOptions options;
  private final double[][] trace;
  private final Frames frames;

  /** The image it completes. */
  final ImageSearch image;

  /** Where it stands. */
  final float[] latent;

  /** Where its loss was lowest. */
  final float[] bestLatent;

  double bestLoss = Double.POSITIVE_INFINITY;
  private int bestStep;

  /** The steps taken. */
  int steps;

  /** Whether its loss no longer falls. */
  boolean converged;

  /** The loss of the latent that was drawn, if it was scored. */
  double score = Double.POSITIVE_INFINITY;

  /** G of the best latent, once it has been made. */
  @Nullable ImagePlanes generated;

  private @Nullable Stepper stepper;
  private int stage = -1;
  private int stageStep;
  private double plateau = Double.POSITIVE_INFINITY;
  private int plateauStep;

  /**
   * A start.
   *
   * @param settings of the search
   * @param image the image it completes
   * @param number which of the starts of the image it is: first those that the task gives, then
   *     draws, whose number decides with the seed of the task where they start
   */
  Start(Settings settings, ImageSearch image, int number) {
    this.options = settings.options();
    this.space = settings.space();
    this.terms = settings.terms();
    this.frames = new Frames(settings.frameEvery());
    this.image = image;
    this.number = number;
    this.latent = new float[space.size()];
    List<List<Float>> starts = image.task().latents().starts();
    this.given = number < starts.size();
    if (given) {
      for (int i = 0; i < latent.length; i++) {
        latent[i] = starts.get(number).get(i);
      }
    } else {
      int draw = number - starts.size();
      space.prior().draw(new Random(Seeds.split(image.task().seed(), draw)), latent);
    }
    options.bound().apply(latent);
    this.bestLatent = latent.clone();
    this.trace = new double[terms.size()][options.steps()];
  }

  /** Notes the loss of the latent that was drawn. */
  void score(double[][] losses, int place) {
    score = 0;
    for (double[] term : losses) {
      score += term[place];
    }
  }

  /** Notes what was evaluated at this step, and keeps the latent if it is the best. */
  void record(LatentObjective objective, double[][] losses, int place, int step) {
    frames.keep(objective, place, step);
    for (int t = 0; t < losses.length; t++) {
      trace[t][step] = losses[t][place];
    }
    double total = total(step);
    steps = step + 1;
    Optional<LatentPath.Listener> listener = image.task().latents().listener();
    if (listener.isPresent()) {
      listener.get().onLatent(number, step, total, latent.clone());
    }
    if (total < bestLoss) {
      bestLoss = total;
      bestStep = step;
      System.arraycopy(latent, 0, bestLatent, 0, latent.length);
    }
    if (plateau == Double.POSITIVE_INFINITY || total < plateau - PLATEAU * Math.abs(plateau)) {
      plateau = total;
      plateauStep = step;
    }
    converged = step - plateauStep >= options.patience();
  }

  /** Whether it has steps left to take. */
  boolean isActive() {
    return !converged && !image.isCancelled();
  }

  /** Steps from this latent; each stage of the space has an equal part of the steps. */
  void advance(float[] gradient, int step) {
    int stages = space.stages().size();
    int now = (int) ((long) step * stages / options.steps());
    if (stepper == null || now != stage) {
      stage = now;
      stageStep = 0;
      int stageSteps = (options.steps() + stages - 1) / stages;
      stepper = Stepper.of(options.optimizer(), space.stages(), stage, stageSteps);
    }
    LatentSpace.Stage moving = space.stages().get(stage);
    float[] part = Arrays.copyOfRange(latent, moving.from(), moving.to());
    float[] down = Arrays.copyOfRange(gradient, moving.from(), moving.to());
    stepper.step(part, down, total(step), stageStep++);
    System.arraycopy(part, 0, latent, moving.from(), part.length);
    options.bound().apply(latent);
  }

  private double total(int step) {
    double total = 0;
    for (double[] term : trace) {
      total += term[step];
    }
    return total;
  }

  /** G of the best latent, [C, H, W] in [-1, 1]. */
  ImagePlanes generated() {
    checkState(generated != null, "a start must have run");
    return generated;
  }

  /** The losses of the steps it took. */
  LossTrace trace() {
    double[][] taken = new double[trace.length][];
    for (int t = 0; t < trace.length; t++) {
      taken[t] = Arrays.copyOf(trace[t], steps);
    }
    return new LossTrace(terms, taken);
  }

  /** The step that found the best latent, from 0. */
  int bestStep() {
    return bestStep;
  }

  /** The pictures kept up to the best step, and a last one. */
  List<BufferedImage> frames(ImagePlanes last) {
    return frames.until(bestStep, last);
  }
}
