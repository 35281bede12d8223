package org.inpaint4j.search;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;

/**
 * How a search steps from one latent vector to the next.
 *
 * <p>Each image and each restart has a state of its own, so that none depends on its batch mates.
 */
public sealed interface Optimizer {

  /**
   * Adam with the reference's settings: learning rate 1e-3, betas 0.9 and 0.999, no schedule.
   *
   * @return the optimizer
   */
  static Adam adam() {
    return adam(1e-3);
  }

  /**
   * Adam without a schedule.
   *
   * @param learningRate the step size, in units of the latent's coordinates
   * @return the optimizer
   */
  static Adam adam(double learningRate) {
    return new Adam(learningRate, 0.9, 0.999, 1e-8, Schedule.CONSTANT);
  }

  /**
   * Adam (Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015).
   *
   * @param learningRate the step size, in units of the latent's coordinates; positive
   * @param beta1 the decay of the mean of the gradient, in [0, 1)
   * @param beta2 the decay of the mean of its square, in [0, 1)
   * @param epsilon added to the root of the latter; positive
   * @param schedule how the step size changes during a search
   */
  record Adam(double learningRate, double beta1, double beta2, double epsilon, Schedule schedule)
      implements Optimizer {

    /**
     * Checks the ranges.
     *
     * @param learningRate the step size
     * @param beta1 the decay of the mean of the gradient
     * @param beta2 the decay of the mean of its square
     * @param epsilon added to the root of the latter
     * @param schedule how the step size changes during a search
     */
    public Adam {
      checkPositive("learning rate", learningRate);
      checkArgument(beta1 >= 0 && beta1 < 1, "beta1 must be in [0, 1): found %s", beta1);
      checkArgument(beta2 >= 0 && beta2 < 1, "beta2 must be in [0, 1): found %s", beta2);
      checkPositive("epsilon", epsilon);
    }

    /**
     * The same with a schedule.
     *
     * @param schedule how the step size changes during a search
     * @return a new optimizer
     */
    public Adam schedule(Schedule schedule) {
      return new Adam(learningRate, beta1, beta2, epsilon, schedule);
    }
  }

  /**
   * Steps of a fixed length against the gradient, as in "Robust Unsupervised StyleGAN Image
   * Restoration" (Poirier-Ginter and Lalonde, 2023), but for all coordinates together. For latents
   * of many equal parts, such as w+; it does not slow down at a minimum, so give it a schedule that
   * decays.
   *
   * @param learningRate the length of a step over the root of the number of coordinates; positive
   * @param schedule how the step size changes during a search
   */
  record NormalizedGradientDescent(double learningRate, Schedule schedule) implements Optimizer {

    /**
     * Checks the range.
     *
     * @param learningRate the length of a step over the root of the number of coordinates
     * @param schedule how the step size changes during a search
     */
    public NormalizedGradientDescent {
      checkPositive("learning rate", learningRate);
    }
  }

  /**
   * Steps of a fixed length against the gradient, for each vector of a stage apart ({@link
   * org.inpaint4j.network.LatentSpace.Stage#part}): the optimizer of "Robust Unsupervised StyleGAN
   * Image Restoration" (Poirier-Ginter and Lalonde, 2023). All vectors move as far, however small
   * their gradients.
   *
   * @param lengths of a step in each stage, in units of the latent's coordinates, positive; the
   *     last one counts for all further stages
   */
  record PartwiseDescent(List<Double> lengths) implements Optimizer {

    /**
     * Checks the ranges.
     *
     * @param lengths of a step in each stage
     */
    public PartwiseDescent {
      lengths = List.copyOf(lengths);
      checkArgument(!lengths.isEmpty(), "lengths must be given: found none");
      lengths.forEach(length -> checkPositive("length", length));
    }

    /** Of a step in a stage. */
    double length(int stage) {
      return lengths.get(Math.min(stage, lengths.size() - 1));
    }
  }

  /**
   * L-BFGS with backtracking (Liu and Nocedal, "On the limited memory BFGS method for large scale
   * optimization", 1989). A rejected trial counts as a step. For smooth losses and few steps; the
   * kinks of the L1 loss slow it down near a minimum.
   *
   * @param history the number of past steps that model the curvature, at least 1
   * @param learningRate the length of the first step over the root of the number of coordinates;
   *     positive
   */
  record Lbfgs(int history, double learningRate) implements Optimizer {

    /**
     * Checks the ranges.
     *
     * @param history the number of past steps that model the curvature
     * @param learningRate the length of the first step over the root of the number of coordinates
     */
    public Lbfgs {
      checkArgument(history > 0, "history must be positive: found %s", history);
      checkPositive("learning rate", learningRate);
    }
  }

  /**
   * How the step size changes during a search.
   *
   * @param warmUp the part of all steps, in [0, 1], over which it rises linearly from zero
   * @param decay the part of all steps, in [0, 1], at the end, over which it falls to zero along
   *     half a cosine
   */
  record Schedule(double warmUp, double decay) {

    /** The step size stays as it is. */
    public static final Schedule CONSTANT = new Schedule(0, 0);

    /** Up over the first 5 %, down over the last 25 %: the StyleGAN2 projector's schedule. */
    public static final Schedule PROJECTOR = new Schedule(0.05, 0.25);

    /**
     * Checks the ranges.
     *
     * @param warmUp the part of all steps
     * @param decay the part of all steps
     */
    public Schedule {
      checkArgument(warmUp >= 0 && warmUp <= 1, "warmUp must be in [0, 1]: found %s", warmUp);
      checkArgument(decay >= 0 && decay <= 1, "decay must be in [0, 1]: found %s", decay);
    }

    /**
     * The factor of the step size.
     *
     * @param step the step, from 0
     * @param steps the number of all steps
     * @return from 0 to 1
     */
    double factor(int step, int steps) {
      double done = (step + 1.0) / steps;
      double rise = warmUp == 0 ? 1 : Math.min(1, done / warmUp);
      double left = decay == 0 ? 1 : Math.min(1, (1 - (double) step / steps) / decay);
      return rise * (0.5 - 0.5 * StrictMath.cos(left * Math.PI));
    }
  }

  private static void checkPositive(String what, double value) {
    checkArgument(
        value > 0 && Double.isFinite(value),
        "%s must be positive and finite: found %s",
        what,
        value);
  }
}
