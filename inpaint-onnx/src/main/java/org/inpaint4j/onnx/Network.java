package org.inpaint4j.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inpaint4j.model.ModelFormatException;

/**
 * A session of ONNX Runtime. Several threads may run it at once; they share its threads, which do
 * not spin while they wait, so that ND4J in the same program has the cores.
 */
final class Network implements AutoCloseable {

  /** All of this library's sessions have one environment, and print nothing. */
  private static final class Environment {
    static final OrtEnvironment ONE =
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "inpaint4j");
  }

  private final OrtSession session;
  private final List<Port> inputs;
  private final List<Port> outputs;

  private Network(OrtSession session, List<Port> inputs, List<Port> outputs) {
    this.session = session;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /** What a network has made. */
  static final class Made {
    private final List<Long> shape;
    private final float[] values;

    Made(List<Long> shape, float[] values) {
      this.shape = shape;
      this.values = values;
    }

    /** The dimensions that it has, whatever the file declared. */
    List<Long> shape() {
      return shape;
    }

    /** The values in their order, not a copy. */
    float[] values() {
      return values;
    }
  }

  /**
   * Opens a network.
   *
   * @param optimized whether it will be run often: takes longer to open
   * @throws ModelFormatException if ONNX Runtime cannot load it
   * @throws IllegalStateException if the command line is too long for it
   */
  static Network open(Path file, int threads, boolean optimized) throws IOException {
    OnnxFile.parameters(file);
    CommandLine.check();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      options.addConfigEntry("session.inter_op.allow_spinning", "0");
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      options.setOptimizationLevel(
          optimized
              ? OrtSession.SessionOptions.OptLevel.ALL_OPT
              : OrtSession.SessionOptions.OptLevel.NO_OPT);
      return of(Environment.ONE.createSession(file.toString(), options));
    } catch (OrtException e) {
      throw new ModelFormatException(
          String.valueOf(file.getFileName()),
          "the file must be a network that ONNX Runtime can load: " + sentence(e),
          e);
    }
  }

  private static Network of(OrtSession session) throws OrtException {
    return new Network(session, ports(session.getInputInfo()), ports(session.getOutputInfo()));
  }

  private static List<Port> ports(Map<String, NodeInfo> nodes) {
    return nodes.values().stream().map(Port::of).toList();
  }

  /** The first line of what ONNX Runtime says, without its codes and the folder of the file. */
  static String sentence(OrtException e) {
    String text = String.valueOf(e.getMessage());
    int message = text.indexOf("message: ");
    if (message >= 0) {
      text = text.substring(message + "message: ".length());
    }
    text = text.lines().findFirst().orElse("").replaceAll("\\S*/(?=[^/\\s]+)", "").strip();
    return text.length() > 200 ? text.substring(0, 200) + "…" : text;
  }

  List<Port> inputs() {
    return inputs;
  }

  List<Port> outputs() {
    return outputs;
  }

  /**
   * Runs the network.
   *
   * @param fed not modified; must not change until this returns
   * @param options with which another thread can end the run
   * @throws OrtException if it fails, or is ended
   */
  Made run(List<Fed> fed, OrtSession.RunOptions options) throws OrtException {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try {
      for (Fed tensor : fed) {
        tensors.put(tensor.input(), tensor(tensor));
      }
      try (OrtSession.Result result = session.run(tensors, options)) {
        return made(result.get(0));
      }
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private static OnnxTensor tensor(Fed fed) throws OrtException {
    long[] shape = fed.shape().stream().mapToLong(Long::longValue).toArray();
    return OnnxTensor.createTensor(Environment.ONE, fed.data(), shape, Wiring.type(fed.element()));
  }

  private static Made made(OnnxValue value) throws OrtException {
    if (!(value instanceof OnnxTensor tensor)) {
      throw new OrtException("the output must be a tensor: found " + value.getType());
    }
    List<Long> shape = Port.of(new NodeInfo("", tensor.getInfo())).shape();
    FloatBuffer floats = tensor.getFloatBuffer();
    if (floats != null) {
      float[] values = new float[floats.remaining()];
      floats.get(values);
      return new Made(shape, values);
    }
    if (tensor.getInfo().type != OnnxJavaType.UINT8) {
      throw new OrtException(
          "the output must have floats or bytes: found " + tensor.getInfo().type);
    }
    ByteBuffer bytes = tensor.getByteBuffer();
    float[] values = new float[bytes.remaining()];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes.get(i) & 0xff;
    }
    return new Made(shape, values);
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("a session must close: " + sentence(e), e);
    }
  }
}
