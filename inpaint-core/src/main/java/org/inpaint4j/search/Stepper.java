package org.inpaint4j.search;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.inpaint4j.network.LatentSpace;

/**
 * The state of an {@link Optimizer} for the coordinates of a latent vector that move in a stage.
 */
abstract class Stepper {

  /**
   * A fresh state.
   *
   * @param optimizer how to step
   * @param stages of the search
   * @param stage which of them begins
   * @param steps the number of steps that it will take
   */
  static Stepper of(Optimizer optimizer, List<LatentSpace.Stage> stages, int stage, int steps) {
    int size = stages.get(stage).size();
    if (optimizer instanceof Optimizer.Adam adam) {
      return new AdamStepper(adam, size, steps);
    }
    if (optimizer instanceof Optimizer.NormalizedGradientDescent descent) {
      return new NormalizedStepper(descent, size, steps);
    }
    if (optimizer instanceof Optimizer.PartwiseDescent descent) {
      return new PartwiseStepper(descent.length(stage), size, stages.get(stage).part());
    }
    return new LbfgsStepper((Optimizer.Lbfgs) optimizer, size);
  }

  /**
   * Moves to the next point.
   *
   * @param latent the point that was evaluated; modified: the point to evaluate next
   * @param gradient the gradient there. Not modified.
   * @param loss the loss there
   * @param step the number of steps taken before, from 0
   */
  abstract void step(float[] latent, float[] gradient, double loss, int step);

  private static final class AdamStepper extends Stepper {
    private final Optimizer.Adam adam;
    private final int steps;
    private final float[] mean;
    private final float[] square;
    private double power1 = 1;
    private double power2 = 1;

    AdamStepper(Optimizer.Adam adam, int size, int steps) {
      this.adam = adam;
      this.steps = steps;
      this.mean = new float[size];
      this.square = new float[size];
    }

    @Override
    void step(float[] latent, float[] gradient, double loss, int step) {
      power1 *= adam.beta1();
      power2 *= adam.beta2();
      double rate = adam.learningRate() * adam.schedule().factor(step, steps) / (1 - power1);
      double root = Math.sqrt(1 - power2);
      float b1 = (float) adam.beta1();
      float b2 = (float) adam.beta2();
      float c1 = (float) (1 - adam.beta1());
      float c2 = (float) (1 - adam.beta2());
      for (int i = 0; i < mean.length; i++) {
        float g = gradient[i];
        mean[i] = b1 * mean[i] + c1 * g;
        square[i] = b2 * square[i] + c2 * g * g;
        latent[i] -= (float) (rate * mean[i] / (Math.sqrt(square[i]) / root + adam.epsilon()));
      }
    }
  }

  private static final class NormalizedStepper extends Stepper {
    private final Optimizer.NormalizedGradientDescent descent;
    private final int size;
    private final int steps;

    NormalizedStepper(Optimizer.NormalizedGradientDescent descent, int size, int steps) {
      this.descent = descent;
      this.size = size;
      this.steps = steps;
    }

    @Override
    void step(float[] latent, float[] gradient, double loss, int step) {
      double norm = Math.sqrt(dot(gradient, gradient, size));
      if (norm == 0) {
        return;
      }
      double length = descent.learningRate() * Math.sqrt(size);
      add(latent, -length * descent.schedule().factor(step, steps) / norm, gradient, size);
    }
  }

  private static final class PartwiseStepper extends Stepper {
    private final double length;
    private final int size;
    private final int part;

    PartwiseStepper(double length, int size, int part) {
      this.length = length;
      this.size = size;
      this.part = part;
    }

    @Override
    void step(float[] latent, float[] gradient, double loss, int step) {
      for (int from = 0; from < size; from += part) {
        double square = 0;
        for (int i = from; i < from + part; i++) {
          square += (double) gradient[i] * gradient[i];
        }
        double factor = square == 0 ? 0 : -length / Math.sqrt(square);
        for (int i = from; i < from + part; i++) {
          latent[i] += (float) (factor * gradient[i]);
        }
      }
    }
  }

  /**
   * The two-loop recursion, with a trial step that is halved until the loss falls enough (Armijo).
   * Pairs with too little curvature are not kept, so that the model stays positive definite.
   */
  private static final class LbfgsStepper extends Stepper {
    private static final double ENOUGH = 1e-4;
    private static final double MIN_SCALE = 1e-4;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Pair(float[] step, float[] change, double curvature) {}

    private final Optimizer.Lbfgs options;
    private final Deque<Pair> history = new ArrayDeque<>();
    private final float[] point;
    private final float[] pointGradient;
    private final float[] direction;
    private double pointLoss = Double.POSITIVE_INFINITY;
    private double slope;
    private double scale = 1;

    LbfgsStepper(Optimizer.Lbfgs options, int size) {
      this.options = options;
      this.point = new float[size];
      this.pointGradient = new float[size];
      this.direction = new float[size];
    }

    @Override
    void step(float[] latent, float[] gradient, double loss, int step) {
      boolean first = step == 0;
      if (first || loss <= pointLoss + ENOUGH * scale * slope || scale <= MIN_SCALE) {
        accept(latent, gradient, loss, first);
      } else {
        scale /= 2;
      }
      System.arraycopy(point, 0, latent, 0, point.length);
      add(latent, scale, direction);
    }

    private void accept(float[] latent, float[] gradient, double loss, boolean first) {
      if (!first) {
        remember(latent, gradient);
      }
      System.arraycopy(latent, 0, point, 0, point.length);
      System.arraycopy(gradient, 0, pointGradient, 0, point.length);
      pointLoss = loss;
      scale = 1;
      newDirection();
      slope = dot(direction, gradient);
    }

    private void remember(float[] latent, float[] gradient) {
      float[] step = Arrays.copyOf(latent, point.length);
      add(step, -1, point);
      float[] change = Arrays.copyOf(gradient, point.length);
      add(change, -1, pointGradient);
      double curvature = dot(step, change);
      if (curvature > 1e-10 * Math.sqrt(dot(step, step) * dot(change, change))) {
        if (history.size() == options.history()) {
          history.removeFirst();
        }
        history.addLast(new Pair(step, change, curvature));
      }
    }

    private void newDirection() {
      System.arraycopy(pointGradient, 0, direction, 0, direction.length);
      double[] weights = new double[history.size()];
      int k = weights.length;
      for (Iterator<Pair> pairs = history.descendingIterator(); pairs.hasNext(); ) {
        Pair pair = pairs.next();
        weights[--k] = dot(pair.step(), direction) / pair.curvature();
        add(direction, -weights[k], pair.change());
      }
      double norm = Math.sqrt(dot(pointGradient, pointGradient));
      double size = options.learningRate() * Math.sqrt(direction.length) / Math.max(norm, 1e-30);
      if (!history.isEmpty()) {
        Pair last = history.getLast();
        size = last.curvature() / dot(last.change(), last.change());
      }
      for (int i = 0; i < direction.length; i++) {
        direction[i] *= (float) -size;
      }
      for (Pair pair : history) {
        double weight = -weights[k] - dot(pair.change(), direction) / pair.curvature();
        add(direction, weight, pair.step());
        k++;
      }
    }
  }

  private static double dot(float[] a, float[] b) {
    return dot(a, b, a.length);
  }

  private static double dot(float[] a, float[] b, int size) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static void add(float[] to, double factor, float[] vector) {
    add(to, factor, vector, vector.length);
  }

  private static void add(float[] to, double factor, float[] vector, int size) {
    for (int i = 0; i < size; i++) {
      to[i] += (float) (factor * vector[i]);
    }
  }
}
