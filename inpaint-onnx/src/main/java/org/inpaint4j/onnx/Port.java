package org.inpaint4j.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * An input or an output of a network, as its file declares it.
 *
 * @param name what the file calls it
 * @param type of its elements; UNKNOWN if it is no tensor
 * @param shape its dimensions, -1 where any size goes
 */
record Port(String name, OnnxJavaType type, List<Long> shape) {

  static Port of(NodeInfo node) {
    if (node.getInfo() instanceof TensorInfo tensor) {
      return new Port(
          node.getName(), tensor.type, Arrays.stream(tensor.getShape()).boxed().toList());
    }
    return new Port(node.getName(), OnnxJavaType.UNKNOWN, List.of());
  }

  /** Whether the dimension there is one that an input of {@code size} may have. */
  boolean allows(int axis, long size) {
    return shape.size() == 4 && (shape.get(axis) == size || shape.get(axis) < 0);
  }

  /** Whether the dimension there is just this. */
  boolean has(int axis, long size) {
    return shape.size() == 4 && shape.get(axis) == size;
  }

  @Override
  public String toString() {
    return name + " " + type.name().toLowerCase(Locale.ROOT) + shape;
  }
}
