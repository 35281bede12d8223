package org.inpaint4j.model;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Writes safetensors files, in the form that {@link Safetensors} describes. */
final class SafetensorsWriter {

  private SafetensorsWriter() {}

  /**
   * Writes a file: tensors of wide elements first, which keeps them aligned, then by name.
   *
   * @param out not closed
   */
  static void write(
      Map<String, Weights.Tensor> tensors, Map<String, ElementType> types, OutputStream out)
      throws IOException {
    List<String> names = new ArrayList<>(tensors.keySet());
    names.sort(
        Comparator.comparingInt((String name) -> -type(types, name).bytes)
            .thenComparing(Comparator.naturalOrder()));
    StringBuilder header = new StringBuilder("{");
    long position = 0;
    for (String name : names) {
      Weights.Tensor tensor = tensor(tensors, name);
      long end = position + (long) tensor.values().length * type(types, name).bytes;
      header.append(header.length() == 1 ? "" : ",");
      quote(name, header);
      header.append(":{\"dtype\":\"").append(type(types, name).safetensors);
      header.append("\",\"shape\":[");
      for (int i = 0; i < tensor.shape().length; i++) {
        header.append(i == 0 ? "" : ",").append(tensor.shape()[i]);
      }
      header.append("],\"data_offsets\":[").append(position).append(',').append(end).append("]}");
      position = end;
    }
    header.append('}');
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    int padded = (json.length + 7) & ~7;
    BufferedOutputStream buffered = new BufferedOutputStream(out, 1 << 16);
    buffered.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(padded).array());
    buffered.write(json);
    buffered.write(" ".repeat(padded - json.length).getBytes(StandardCharsets.UTF_8));
    for (String name : names) {
      float[] values = tensor(tensors, name).values();
      ElementType type = type(types, name);
      ByteBuffer element = ByteBuffer.allocate(type.bytes).order(ByteOrder.LITTLE_ENDIAN);
      for (float value : values) {
        switch (type) {
          case FLOAT16 -> element.putShort(0, Halves.toFloat16(value));
          case BFLOAT16 -> element.putShort(0, Halves.toBfloat16(value));
          case FLOAT32 -> element.putFloat(0, value);
          case FLOAT64 -> element.putDouble(0, value);
          default -> throw new IllegalStateException("weights are not integers: found " + type);
        }
        buffered.write(element.array());
      }
    }
    buffered.flush();
  }

  private static ElementType type(Map<String, ElementType> types, String name) {
    ElementType type = types.get(name);
    if (type == null) {
      throw new IllegalStateException("every tensor must have a type: found none for " + name);
    }
    return type;
  }

  private static Weights.Tensor tensor(Map<String, Weights.Tensor> tensors, String name) {
    Weights.Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalStateException("every name must have a tensor: found none for " + name);
    }
    return tensor;
  }

  private static void quote(String name, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
