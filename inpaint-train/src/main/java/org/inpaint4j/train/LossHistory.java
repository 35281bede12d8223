package org.inpaint4j.train;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/**
 * The losses of all iterations so far. The first four are the same for all trainings: the
 * discriminator's of real and of generated images, the generator's, the reconstruction's.
 */
final class LossHistory {

  private final int kinds;
  private float[] values;
  private int iterations;

  LossHistory(int kinds) {
    this.kinds = kinds;
    values = new float[kinds * 1024];
  }

  /** How many losses an iteration has. */
  int kinds() {
    return kinds;
  }

  void add(float... losses) {
    if (kinds * (iterations + 1) > values.length) {
      values = Arrays.copyOf(values, 2 * values.length);
    }
    System.arraycopy(losses, 0, values, kinds * iterations, kinds);
    iterations++;
  }

  int iterations() {
    return iterations;
  }

  /** The loss of one kind at one iteration. */
  float get(int iteration, int kind) {
    return values[kinds * iteration + kind];
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
    for (int i = 0; i < kinds * iterations; i++) {
      out.writeFloat(values[i]);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param kinds how many losses an iteration has
   * @param bytes how many bytes there are at most
   */
  static LossHistory read(DataInput in, int kinds, long bytes) throws IOException {
    LossHistory history = new LossHistory(kinds);
    long most = bytes / ((long) kinds * Float.BYTES);
    history.iterations = in.readInt();
    if (history.iterations < 0 || history.iterations > most) {
      throw new EOFException("losses of " + history.iterations + " iterations");
    }
    history.values = new float[kinds * Math.max(1024, history.iterations)];
    for (int i = 0; i < kinds * history.iterations; i++) {
      history.values[i] = in.readFloat();
    }
    return history;
  }
}
