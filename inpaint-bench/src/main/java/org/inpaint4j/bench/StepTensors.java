package org.inpaint4j.bench;

import java.io.IOException;
import java.nio.file.Path;

/** The arrays of a latent step, in the format that the peer reads. */
final class StepTensors {

  private final int batch;
  private final TensorFile tensors = new TensorFile();

  StepTensors(int batch) {
    this.batch = batch;
  }

  void put(String name, float[] values, int... shape) {
    tensors.put(name, shape, values);
  }

  /** The same for each image of the batch. */
  void putRepeated(String name, float[] values, int... shape) {
    float[] all = new float[batch * values.length];
    for (int n = 0; n < batch; n++) {
      System.arraycopy(values, 0, all, n * values.length, values.length);
    }
    int[] whole = new int[shape.length + 1];
    whole[0] = batch;
    System.arraycopy(shape, 0, whole, 1, shape.length);
    put(name, all, whole);
  }

  /** Moves all arrays of others, which is empty afterwards. */
  void takeAll(StepTensors others) {
    tensors.takeAll(others.tensors);
  }

  void write(Path file) throws IOException {
    tensors.write(file);
  }
}
