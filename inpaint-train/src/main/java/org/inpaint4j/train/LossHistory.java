package org.inpaint4j.train;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/** The losses of all iterations so far: real, generated, generator, reconstruction. */
final class LossHistory {

  static final int KINDS = 4;

  private float[] values = new float[KINDS * 1024];
  private int iterations;

  void add(Iteration.Losses losses) {
    if (KINDS * (iterations + 1) > values.length) {
      values = Arrays.copyOf(values, 2 * values.length);
    }
    values[KINDS * iterations] = losses.real();
    values[KINDS * iterations + 1] = losses.generated();
    values[KINDS * iterations + 2] = losses.generator();
    values[KINDS * iterations + 3] = losses.reconstruction();
    iterations++;
  }

  int iterations() {
    return iterations;
  }

  /** The loss of one kind at one iteration. */
  float get(int iteration, int kind) {
    return values[KINDS * iteration + kind];
  }

  /** The mean of one kind over the last iterations, at most as many as given. */
  double mean(int kind, int last) {
    int from = Math.max(0, iterations - last);
    double sum = 0;
    for (int i = from; i < iterations; i++) {
      sum += get(i, kind);
    }
    return sum / (iterations - from);
  }

  /** The mean of the discriminator's loss over the last iterations, at most as many as given. */
  double discriminatorMean(int last) {
    return mean(0, last) + mean(1, last);
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(iterations);
    for (int i = 0; i < KINDS * iterations; i++) {
      out.writeFloat(values[i]);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param most how many iterations there is room for in what is read
   */
  static LossHistory read(DataInput in, long most) throws IOException {
    LossHistory history = new LossHistory();
    history.iterations = in.readInt();
    if (history.iterations < 0 || history.iterations > most) {
      throw new EOFException("losses of " + history.iterations + " iterations");
    }
    history.values = new float[KINDS * Math.max(1024, history.iterations)];
    for (int i = 0; i < KINDS * history.iterations; i++) {
      history.values[i] = in.readFloat();
    }
    return history;
  }
}
