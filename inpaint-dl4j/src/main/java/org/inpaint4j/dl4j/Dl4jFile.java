package org.inpaint4j.dl4j;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UTFDataFormatException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.inpaint4j.graph.Engine;
import org.inpaint4j.model.Halves;
import org.inpaint4j.model.ModelFormatException;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.core.JsonFactory;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.core.JsonToken;

/**
 * Reads the zip that DL4J's {@code ModelSerializer} writes: its configuration, in JSON, and its
 * parameters.
 *
 * <p>DL4J's own reader also deserialises Java objects from such a file, lets the configuration name
 * any class, and allocates what a header asks for. Here the parameters are read by hand, and the
 * configuration is given to DL4J only when all the classes it names are DL4J's. The state of an
 * updater and a normaliser are not read.
 */
final class Dl4jFile {

  static final String CONFIGURATION = "configuration.json";

  private static final String COEFFICIENTS = "coefficients.bin";

  /** JSON shrinks well in a zip; that of a network of a hundred layers has 200 kB. */
  private static final int MAX_CONFIGURATION = 16 << 20;

  private static final int MAX_DEPTH = 64;

  /** Trained weights hardly shrink in a zip. */
  private static final int MAX_GROWTH = 16;

  private static final List<String> PACKAGES =
      List.of(
          "org.deeplearning4j.nn.conf.",
          "org.deeplearning4j.nn.weights.",
          "org.nd4j.linalg.activations.impl.",
          "org.nd4j.linalg.learning.",
          "org.nd4j.linalg.lossfunctions.impl.",
          "org.nd4j.linalg.schedule.");

  private final String name;
  private final long size;
  private final ZipFile zip;

  private Dl4jFile(String name, long size, ZipFile zip) {
    this.name = name;
    this.size = size;
    this.zip = zip;
  }

  /** Whether a zip is a DL4J network, and not a PyTorch checkpoint. */
  static boolean isNetwork(Path file) throws IOException {
    if (!isZip(file)) {
      return false;
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.getEntry(CONFIGURATION) != null;
    } catch (ZipException | IllegalArgumentException e) {
      return false; // whoever reads it says what is wrong
    }
  }

  private static boolean isZip(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(4), new byte[] {'P', 'K', 3, 4});
    }
  }

  static Dl4jNetwork read(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return new Dl4jFile(name, file.toFile().length(), zip).network();
    } catch (ZipException | EOFException | UTFDataFormatException e) {
      throw new ModelFormatException(name, "the zip must be whole: " + e.getMessage(), e);
    } catch (JsonProcessingException e) {
      throw new ModelFormatException(
          name, "the configuration must be JSON: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      // How ZipFile reports a name that is not in its character set.
      throw new ModelFormatException(name, "the zip must be whole: " + e.getMessage(), e);
    }
  }

  private Dl4jNetwork network() throws IOException {
    byte[] json = bytes(CONFIGURATION, Math.min(MAX_CONFIGURATION, 100 * size + 10_000));
    boolean graph = checkClasses(json);
    Engine.start();
    float[] values = parameters(bytes(COEFFICIENTS, MAX_GROWTH * size + 10_000));
    try (INDArray row = Nd4j.create(values, new long[] {1, values.length}, 'c')) {
      return network(new String(json, StandardCharsets.UTF_8), graph, row);
    } catch (RuntimeException e) {
      // DL4J has no exception of its own for configurations that do not make sense.
      String message = Objects.requireNonNullElse(e.getMessage(), e.toString());
      throw new ModelFormatException(
          name,
          "the network must be one that DL4J can build: found "
              + message.lines().findFirst().orElse(""),
          e);
    }
  }

  /** DL4J compares the number of parameters with the configuration before it allocates any. */
  private static Dl4jNetwork network(String json, boolean graph, INDArray parameters) {
    if (graph) {
      ComputationGraphConfiguration configuration = ComputationGraphConfiguration.fromJson(json);
      configuration.setDataType(DataType.FLOAT);
      ComputationGraph network = new ComputationGraph(configuration);
      network.init(parameters, false);
      return Dl4jNetwork.of(network);
    }
    MultiLayerConfiguration configuration = MultiLayerConfiguration.fromJson(json);
    configuration.setDataType(DataType.FLOAT);
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init(parameters, false);
    return Dl4jNetwork.of(network);
  }

  private byte[] bytes(String entryName, long limit) throws IOException {
    @Nullable ZipEntry entry = zip.getEntry(entryName);
    if (entry == null) {
      throw new ModelFormatException(name, "a DL4J zip must hold " + entryName + ": found none");
    }
    try (InputStream stream = zip.getInputStream(entry)) {
      byte[] bytes = stream.readNBytes((int) Math.min(limit + 1, Integer.MAX_VALUE - 8));
      if (bytes.length > limit) {
        throw new ModelFormatException(
            name, entryName + " must not be larger than its file allows: found over " + limit);
      }
      return bytes;
    }
  }

  /** Checks every class the configuration names; returns whether it is that of a graph. */
  private boolean checkClasses(byte[] json) throws IOException {
    boolean graph = false;
    int depth = 0;
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      String field = "";
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (depth > MAX_DEPTH) {
          throw new ModelFormatException(
              name, "the configuration must be at most " + MAX_DEPTH + " levels deep");
        }
        if (token == JsonToken.FIELD_NAME) {
          field = parser.getText();
          graph |= depth == 1 && field.equals("networkInputs");
        } else if (token == JsonToken.VALUE_STRING && field.equals("@class")) {
          String type = parser.getText();
          if (PACKAGES.stream().noneMatch(type::startsWith)) {
            throw new ModelFormatException(
                name, "classes of the configuration must be DL4J's own: found " + type);
          }
        }
      }
    }
    return graph;
  }

  /** What {@code Nd4j.write} wrote: a header and the numbers of the shape, and of the values. */
  private float[] parameters(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    long shapeLength = length(in);
    int shapeSize = elementSize(in.readUTF());
    checkRest(in, shapeLength, shapeSize);
    in.skipNBytes(shapeLength * shapeSize);
    long length = length(in);
    String type = in.readUTF();
    checkRest(in, length, elementSize(type));
    float[] values = new float[(int) length];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (type) {
            case "FLOAT" -> in.readFloat();
            case "DOUBLE" -> (float) in.readDouble();
            case "HALF" -> Halves.fromFloat16(in.readShort());
            case "BFLOAT16" -> Halves.fromBfloat16(in.readShort());
            default ->
                throw new ModelFormatException(
                    name, "parameters must be floating point numbers: found " + type);
          };
    }
    return values;
  }

  /** Buffers of old versions have an int there. */
  private static long length(DataInputStream in) throws IOException {
    String mode = in.readUTF();
    boolean old = List.of("DIRECT", "HEAP", "JAVACPP").contains(mode);
    return old ? in.readInt() : in.readLong();
  }

  private int elementSize(String type) throws ModelFormatException {
    return switch (type) {
      case "DOUBLE", "LONG" -> 8;
      case "FLOAT", "INT" -> 4;
      case "HALF", "BFLOAT16" -> 2;
      default ->
          throw new ModelFormatException(
              name, COEFFICIENTS + " must hold numbers of a known type: found " + type);
    };
  }

  private void checkRest(DataInputStream in, long length, int elementSize) throws IOException {
    if (length < 0 || length > in.available() / elementSize) {
      throw new ModelFormatException(
          name,
          COEFFICIENTS
              + " must be whole: expected %d numbers of %d bytes, found %d bytes"
                  .formatted(length, elementSize, in.available()));
    }
  }
}
