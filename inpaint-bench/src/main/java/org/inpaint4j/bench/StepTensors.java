package org.inpaint4j.bench;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Named arrays, in the format that the peer reads. */
final class StepTensors {

  private final int batch;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  StepTensors(int batch) {
    this.batch = batch;
  }

  private static final class Tensor {
    final int[] shape;
    final float[] values;

    Tensor(int[] shape, float[] values) {
      this.shape = shape;
      this.values = values;
    }
  }

  void put(String name, float[] values, int... shape) {
    tensors.put(name, new Tensor(shape, values));
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
    tensors.putAll(others.tensors);
    others.tensors.clear();
  }

  void write(Path file) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(tensors.size());
      for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
        out.writeUTF(entry.getKey());
        Tensor tensor = entry.getValue();
        out.writeInt(tensor.shape.length);
        for (int size : tensor.shape) {
          out.writeInt(size);
        }
        ByteBuffer bytes = ByteBuffer.allocate(4 * tensor.values.length);
        bytes.asFloatBuffer().put(tensor.values);
        out.write(bytes.array());
      }
    }
  }
}
