package org.inpaint4j.bench.libtorch;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The file of named tensors that a benchmark writes for its peer. */
final class TensorFile {

  private final Map<String, Tensor> tensors;

  private TensorFile(Map<String, Tensor> tensors) {
    this.tensors = tensors;
  }

  static TensorFile read(Path file) throws IOException {
    Map<String, Tensor> tensors = new HashMap<>();
    try (InputStream raw = Files.newInputStream(file);
        DataInputStream in = new DataInputStream(new BufferedInputStream(raw))) {
      int count = in.readInt();
      for (int t = 0; t < count; t++) {
        String name = in.readUTF();
        long[] shape = new long[in.readInt()];
        long size = 1;
        for (int d = 0; d < shape.length; d++) {
          shape[d] = in.readInt();
          size *= shape[d];
        }
        float[] values = new float[Math.toIntExact(size)];
        for (int i = 0; i < values.length; i++) {
          values[i] = in.readFloat();
        }
        try (FloatPointer pointer = new FloatPointer(values)) {
          tensors.put(name, torch.from_blob(pointer, shape).clone());
        }
      }
    }
    return new TensorFile(tensors);
  }

  Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalStateException("the file must hold '" + name + "': found none");
    }
    return tensor;
  }

  boolean has(String name) {
    return tensors.containsKey(name);
  }
}
