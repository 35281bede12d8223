package org.inpaint4j.train;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;
import org.inpaint4j.model.CompletionDesign;
import org.inpaint4j.model.CompletionVariant;

/**
 * What a completion network is and how it is trained. Immutable.
 *
 * @param design the network
 * @param losses what it is trained for
 * @param judge channels of the discriminator's maps, from half the size of the image down to 4x4
 * @param batch the pictures of an iteration
 * @param schedule how fast it learns
 * @param seed of everything that is drawn: weights, latents, order of the images, holes
 */
public record CompletionOptions(
    CompletionDesign design,
    CompletionLosses losses,
    List<Integer> judge,
    Batch batch,
    Schedule schedule,
    long seed) {

  private static final List<Integer> JUDGE_SMALL = List.of(48, 96, 192, 384);
  private static final List<Integer> JUDGE_LARGE = List.of(32, 64, 128, 192, 384);

  /**
   * The pictures of an iteration.
   *
   * @param size pictures in a batch, pairs included, from 2
   * @param pairs how many pictures of a batch are there twice, with two latents, for the difference
   *     of two answers; from 0 to half the batch
   * @param flips whether each picture is mirrored with probability 1/2 each time it is seen
   * @param moves whether half of the pictures are moved by up to a 32nd of their side, and half
   *     changed a little in contrast and colour
   */
  public record Batch(int size, int pairs, boolean flips, boolean moves) {

    /**
     * Checks all values.
     *
     * @param size pictures in a batch
     * @param pairs how many pictures are there twice
     * @param flips whether pictures are mirrored at random
     * @param moves whether pictures are moved and changed at random
     */
    public Batch {
      checkArgument(size >= 2, "the batch size must be at least 2: found %s", size);
      checkArgument(
          pairs >= 0 && 2 * pairs <= size,
          "pairs must be from 0 to half the batch: found %s of %s",
          pairs,
          size);
    }

    /** How many different pictures a batch has. */
    int pictures() {
      return size - pairs;
    }
  }

  /**
   * How fast a network learns, by Adam with betas of 0.5 and 0.999.
   *
   * @param learningRate of both networks, above 0, below 1
   * @param averageDecay how much of the moving average of the network is kept at each iteration, 0
   *     to 1; while a training is young it is less, (1 + t) / (10 + t) at iteration t
   * @param halvings the iterations at which the learning rate is halved
   * @param adversarialFrom the iteration from which on the adversarial loss has its full weight;
   *     before, it has a sixth of it
   * @param featuresFrom the iteration from which on the loss of features counts
   */
  public record Schedule(
      double learningRate,
      double averageDecay,
      List<Integer> halvings,
      int adversarialFrom,
      int featuresFrom) {

    /**
     * Checks all values.
     *
     * @param learningRate of both networks
     * @param averageDecay how much of the moving average is kept
     * @param halvings the iterations at which the learning rate is halved
     * @param adversarialFrom the iteration of the full adversarial loss
     * @param featuresFrom the iteration of the first loss of features
     */
    public Schedule {
      halvings = List.copyOf(halvings);
      checkArgument(
          learningRate > 0 && learningRate < 1,
          "the learning rate must be above 0 and below 1: found %s",
          learningRate);
      checkArgument(
          averageDecay >= 0 && averageDecay < 1,
          "the decay of the average must be from 0 to below 1: found %s",
          averageDecay);
      checkArgument(
          adversarialFrom >= 0 && featuresFrom >= 0,
          "losses must begin at an iteration from 0: found %s and %s",
          adversarialFrom,
          featuresFrom);
    }

    Adam.Rates rates() {
      return new Adam.Rates(learningRate, 0.5, 0.999);
    }

    /** The share of the learning rate at an iteration, from 0. */
    double share(int iteration) {
      return Math.pow(0.5, (int) halvings.stream().filter(at -> iteration >= at).count());
    }

    /** How much of the average is kept at an iteration, from 0. */
    double decay(int iteration) {
      return Math.min(averageDecay, (1.0 + iteration) / (10 + iteration));
    }
  }

  /**
   * Checks all values.
   *
   * @param design the network
   * @param losses what it is trained for
   * @param judge channels of the discriminator's maps
   * @param batch the pictures of an iteration
   * @param schedule how fast it learns
   * @param seed of everything that is drawn
   */
  public CompletionOptions {
    judge = List.copyOf(judge);
    checkArgument(
        design.imageSize() >= 32,
        "the image size must be at least 32: found %s",
        design.imageSize());
    checkArgument(
        judge.size() == design.down().size() && judge.stream().allMatch(count -> count >= 1),
        "the discriminator must lead down to 4x4 pixels: expected %s levels, found %s",
        design.down().size(),
        judge);
    checkArgument(
        losses.difference() == 0 || batch.pairs() > 0,
        "a weight of the difference must have pairs: found none");
  }

  /**
   * How {@code FaceCompletion}'s first stage was trained, for any variant: batches of 32 pictures
   * with 4 pairs, Adam with 3e-4. The context encoder has the losses of its paper and no pairs.
   *
   * @param variant which network
   * @param imageSize 32, 64 or 128
   * @return the options
   */
  public static CompletionOptions of(CompletionVariant variant, int imageSize) {
    CompletionDesign design = CompletionDesign.of(variant, imageSize);
    boolean paper = variant == CompletionVariant.CONTEXT_ENCODER;
    List<Integer> judge =
        imageSize == 64
            ? JUDGE_SMALL
            : JUDGE_LARGE.subList(JUDGE_LARGE.size() - design.down().size(), JUDGE_LARGE.size());
    return new CompletionOptions(
        design,
        paper ? CompletionLosses.contextEncoder() : CompletionLosses.believable(),
        judge,
        new Batch(32, paper ? 0 : 4, true, true),
        new Schedule(3e-4, 0.999, List.of(), 300, 400),
        1);
  }

  /**
   * These options with other losses.
   *
   * @param value the weights
   * @return new options
   */
  public CompletionOptions withLosses(CompletionLosses value) {
    return new CompletionOptions(design, value, judge, batch, schedule, seed);
  }

  /**
   * These options with other batches.
   *
   * @param value the pictures of an iteration
   * @return new options
   */
  public CompletionOptions withBatch(Batch value) {
    return new CompletionOptions(design, losses, judge, value, schedule, seed);
  }

  /**
   * These options with another schedule.
   *
   * @param value how fast it learns
   * @return new options
   */
  public CompletionOptions withSchedule(Schedule value) {
    return new CompletionOptions(design, losses, judge, batch, value, seed);
  }

  /**
   * These options with another seed.
   *
   * @param value of everything that is drawn
   * @return new options
   */
  public CompletionOptions withSeed(long value) {
    return new CompletionOptions(design, losses, judge, batch, schedule, value);
  }
}
