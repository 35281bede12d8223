package org.inpaint4j.bench;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Named tensors for a peer in another process. */
final class TensorFile {

  private final Map<String, int[]> shapes = new LinkedHashMap<>();
  private final Map<String, float[]> values = new LinkedHashMap<>();

  void put(String name, int[] shape, float[] samples) {
    shapes.put(name, shape);
    values.put(name, samples);
  }

  /** Moves all tensors of another, which is empty afterwards. */
  void takeAll(TensorFile other) {
    shapes.putAll(other.shapes);
    values.putAll(other.values);
    other.shapes.clear();
    other.values.clear();
  }

  void write(Path file) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(shapes.size());
      for (Map.Entry<String, int[]> entry : shapes.entrySet()) {
        out.writeUTF(entry.getKey());
        out.writeInt(entry.getValue().length);
        for (int size : entry.getValue()) {
          out.writeInt(size);
        }
        float[] samples = values.getOrDefault(entry.getKey(), new float[0]);
        ByteBuffer bytes = ByteBuffer.allocate(4 * samples.length);
        bytes.asFloatBuffer().put(samples);
        out.write(bytes.array());
      }
    }
  }
}
