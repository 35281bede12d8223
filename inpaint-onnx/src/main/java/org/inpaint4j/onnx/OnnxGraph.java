package org.inpaint4j.onnx;

import static org.inpaint4j.onnx.Protobuf.FIXED32;
import static org.inpaint4j.onnx.Protobuf.LENGTH;
import static org.inpaint4j.onnx.Protobuf.VARINT;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import org.inpaint4j.model.ModelFormatException;

/**
 * The operations of an ONNX graph, its float32 and int64 tensors, and what it declares. Subgraphs
 * and tensors of other types are left out.
 */
final class OnnxGraph {

  /**
   * An operation.
   *
   * @param operation its type
   * @param inputs the names of its inputs, empty where an optional one is missing
   * @param outputs the names of its outputs
   * @param numbers its attributes that are whole numbers or lists of them
   * @param floats its attributes that are floats
   * @param texts its attributes that are texts
   */
  record Node(
      String operation,
      List<String> inputs,
      List<String> outputs,
      Map<String, List<Long>> numbers,
      Map<String, Float> floats,
      Map<String, String> texts) {}

  /**
   * An input or output as the file declares it.
   *
   * @param name its name
   * @param shape its dimensions, -1 where the file leaves one open
   */
  record Declared(String name, List<Long> shape) {}

  /** A float32 tensor. */
  static final class Tensor {
    final int[] shape;
    final float[] values;

    Tensor(int[] shape, float[] values) {
      this.shape = shape;
      this.values = values;
    }
  }

  /** Reads a field whose tag has been read. */
  private interface Fields {
    /** Returns false if it is to be skipped. */
    boolean read(int field, int wire) throws IOException;
  }

  private static final int GRAPH = 7;
  private static final int NODE = 1;
  private static final int INITIALIZER = 5;
  private static final int INPUT = 11;
  private static final int OUTPUT = 12;
  private static final int FLOAT = 1;
  private static final int INT64 = 7;

  private final Protobuf in;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final Map<String, List<Long>> whole = new LinkedHashMap<>();
  private final Set<String> values = new HashSet<>();
  private final List<Declared> inputs = new ArrayList<>();
  private final List<Declared> outputs = new ArrayList<>();

  private final boolean withTensors;

  private OnnxGraph(Protobuf in, boolean withTensors) {
    this.in = in;
    this.withTensors = withTensors;
  }

  /**
   * Reads a graph.
   *
   * @param withTensors whether tensors are wanted too
   * @throws ModelFormatException if the file is broken
   */
  static OnnxGraph of(Path file, boolean withTensors) throws IOException {
    try (Protobuf in = Protobuf.open(file)) {
      OnnxGraph graph = new OnnxGraph(in, withTensors);
      graph.fields(in.size(), graph::model);
      return graph;
    }
  }

  List<Node> nodes() {
    return nodes;
  }

  /** The float32 tensors by name. */
  Map<String, Tensor> tensors() {
    return tensors;
  }

  /** The values of int64 tensors by name. */
  Map<String, List<Long>> whole() {
    return whole;
  }

  /** What is fed: declared inputs that the file has no values for. */
  List<Declared> inputs() {
    return inputs.stream().filter(input -> !values.contains(input.name())).toList();
  }

  List<Declared> outputs() {
    return outputs;
  }

  private void fields(long end, Fields fields) throws IOException {
    while (in.position() < end) {
      long tag = in.varint();
      int field = (int) (tag >>> 3);
      int wire = (int) (tag & 7);
      if (!fields.read(field, wire)) {
        in.skip(wire, end);
      }
    }
  }

  private boolean model(int field, int wire) throws IOException {
    if (field != GRAPH || wire != LENGTH) {
      return false;
    }
    fields(in.end(in.size()), this::graph);
    return true;
  }

  private boolean graph(int field, int wire) throws IOException {
    if (wire == LENGTH && field == NODE) {
      node(in.end(in.size()));
      return true;
    }
    if (wire == LENGTH && field == INITIALIZER) {
      tensor(in.end(in.size()), "");
      return true;
    }
    if (wire == LENGTH && (field == INPUT || field == OUTPUT)) {
      (field == INPUT ? inputs : outputs).add(declared(in.end(in.size())));
      return true;
    }
    return false;
  }

  /** ValueInfoProto: its name, and within its type that of a tensor, and within that the shape. */
  private Declared declared(long end) throws IOException {
    List<String> name = new ArrayList<>(List.of(""));
    List<Long> shape = new ArrayList<>();
    fields(
        end,
        (field, wire) -> {
          if (field == 1 && wire == LENGTH) {
            name.set(0, in.text(in.end(end)));
          } else if (field == 2 && wire == LENGTH) {
            within(1, in.end(end), tensor -> within(2, tensor, dims -> shape(dims, shape)));
          } else {
            return false;
          }
          return true;
        });
    return new Declared(name.get(0), shape);
  }

  /** What is done with a message that ends at a place. */
  private interface Message {
    void read(long end) throws IOException;
  }

  private void within(int wanted, long end, Message message) throws IOException {
    fields(
        end,
        (field, wire) -> {
          if (field != wanted || wire != LENGTH) {
            return false;
          }
          message.read(in.end(end));
          return true;
        });
  }

  private void shape(long end, List<Long> shape) throws IOException {
    within(
        1,
        end,
        dimension -> {
          shape.add(-1L);
          fields(
              dimension,
              (field, wire) -> {
                if (field != 1 || wire != VARINT) {
                  return false;
                }
                shape.set(shape.size() - 1, in.varint());
                return true;
              });
        });
  }

  private void node(long end) throws IOException {
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    List<String> operation = new ArrayList<>(List.of(""));
    Map<String, List<Long>> numbers = new HashMap<>();
    Map<String, Float> floats = new HashMap<>();
    Map<String, String> texts = new HashMap<>();
    fields(
        end,
        (field, wire) -> {
          if (wire != LENGTH) {
            return false;
          }
          switch (field) {
            case 1 -> inputs.add(in.text(in.end(end)));
            case 2 -> outputs.add(in.text(in.end(end)));
            case 4 -> operation.set(0, in.text(in.end(end)));
            case 5 -> attribute(in.end(end), numbers, floats, texts, outputs);
            default -> {
              return false;
            }
          }
          return true;
        });
    nodes.add(new Node(operation.get(0), inputs, outputs, numbers, floats, texts));
  }

  /** Tensors among the attributes are those of constants, and are called like what they put out. */
  private void attribute(
      long end,
      Map<String, List<Long>> numbers,
      Map<String, Float> floats,
      Map<String, String> texts,
      List<String> outputs)
      throws IOException {
    List<String> name = new ArrayList<>(List.of(""));
    List<Long> whole = new ArrayList<>();
    List<Float> real = new ArrayList<>();
    fields(
        end,
        (field, wire) -> {
          if (field == 1 && wire == LENGTH) {
            name.set(0, in.text(in.end(end)));
          } else if (field == 2 && wire == FIXED32) {
            real.add(in.fixed32());
          } else if (field == 4 && wire == LENGTH) {
            texts.put(name.get(0), in.text(in.end(end)));
          } else if (field == 5 && wire == LENGTH && !outputs.isEmpty()) {
            tensor(in.end(end), outputs.get(0));
          } else if ((field == 3 || field == 8) && wire == VARINT) {
            whole.add(in.varint());
          } else if (field == 8 && wire == LENGTH) {
            packed(in.end(end), whole::add);
          } else {
            return false;
          }
          return true;
        });
    if (!whole.isEmpty()) {
      numbers.put(name.get(0), whole);
    }
    if (!real.isEmpty()) {
      floats.put(name.get(0), real.get(0));
    }
  }

  private void packed(long end, LongConsumer to) throws IOException {
    while (in.position() < end) {
      to.accept(in.varint());
    }
  }

  /**
   * Reads a tensor.
   *
   * @param as its name; its own if empty
   */
  private void tensor(long end, String as) throws IOException {
    List<Long> dimensions = new ArrayList<>();
    List<Long> numbers = new ArrayList<>();
    List<String> name = new ArrayList<>(List.of(as));
    long[] type = new long[1];
    List<ByteBuffer> data = new ArrayList<>();
    fields(
        end,
        (field, wire) -> {
          if (field == 1 && wire == VARINT) {
            dimensions.add(in.varint());
          } else if (field == 1 && wire == LENGTH) {
            packed(in.end(end), dimensions::add);
          } else if (field == 2 && wire == VARINT) {
            type[0] = in.varint();
          } else if (field == 8 && wire == LENGTH && as.isEmpty()) {
            name.set(0, in.text(in.end(end)));
          } else if ((field == 4 || field == 9) && wire == LENGTH && withTensors) {
            data.add(in.bytes(in.end(end)));
          } else if (field == 7 && wire == LENGTH && withTensors) {
            packed(in.end(end), numbers::add);
          } else {
            return false;
          }
          return true;
        });
    values.add(name.get(0));
    if (type[0] == INT64 && withTensors) {
      for (ByteBuffer bytes : data) {
        while (bytes.remaining() >= Long.BYTES) {
          numbers.add(bytes.getLong());
        }
      }
      whole.put(name.get(0), numbers);
    }
    if (type[0] == FLOAT && data.size() == 1) {
      tensors.put(name.get(0), tensor(name.get(0), dimensions, data.get(0)));
    }
  }

  private Tensor tensor(String name, List<Long> dimensions, ByteBuffer data)
      throws ModelFormatException {
    int count = data.remaining() / 4;
    long size = 1;
    for (long dimension : dimensions) {
      if (dimension < 0 || dimension > count) {
        size = -1;
        break;
      }
      size = Math.min(Integer.MAX_VALUE, size * dimension);
    }
    if (size != count) {
      throw in.problem(
          "tensor "
              + name
              + " must have as many values as its shape "
              + dimensions
              + ": found "
              + count);
    }
    float[] values = new float[count];
    data.asFloatBuffer().get(values);
    return new Tensor(dimensions.stream().mapToInt(Long::intValue).toArray(), values);
  }
}
