package org.inpaint4j.onnx;

import static org.inpaint4j.onnx.Protobuf.LENGTH;
import static org.inpaint4j.onnx.Protobuf.VARINT;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import org.inpaint4j.model.ModelFormatException;

/**
 * The outline of an ONNX file, which is a protocol buffer ({@code ModelProto}) without a magic
 * number: only tags and lengths are read, and every length is checked against the file.
 */
final class OnnxFile {

  private static final int IR_VERSION = 1;
  private static final int GRAPH = 7;

  /** The fields of ModelProto. */
  private static final Set<Integer> FIELDS = Set.of(1, 2, 3, 4, 5, 6, 7, 8, 14, 20, 25, 26);

  private static final int NEWEST_VERSION = 99;
  private static final int INITIALIZER = 5;
  private static final int DIMS = 1;
  private static final int DATA_TYPE = 2;

  /** FLOAT, FLOAT16, DOUBLE and BFLOAT16 of TensorProto. */
  private static final Set<Integer> FLOATS = Set.of(1, 10, 11, 16);

  private final Protobuf in;

  private OnnxFile(Protobuf in) {
    this.in = in;
  }

  /** Whether a file begins as an ONNX network does, though it may be cut off. */
  static boolean isOnnx(Path file) throws IOException {
    try (Protobuf in = Protobuf.open(file)) {
      return new OnnxFile(in).begins();
    } catch (ModelFormatException e) {
      return false; // tags of nothing that is known
    }
  }

  /**
   * Counts the values of all floating point tensors, and checks that the file is whole.
   *
   * @throws ModelFormatException if it is no protocol buffer, or ends too early
   */
  static long parameters(Path file) throws IOException {
    try (Protobuf in = Protobuf.open(file)) {
      return new OnnxFile(in).count();
    }
  }

  static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] chunk = new byte[1 << 16];
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        digest.update(chunk, 0, count);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  private boolean begins() throws IOException {
    boolean first = true;
    while (in.position() < in.size()) {
      long tag = in.varint();
      int field = (int) (tag >>> 3);
      int wire = (int) (tag & 7);
      if (!FIELDS.contains(field) || (first && (field != IR_VERSION || wire != VARINT))) {
        return false;
      }
      if (first) {
        long version = in.varint();
        if (version < 1 || version > NEWEST_VERSION) {
          return false;
        }
        first = false;
      } else if (field == GRAPH) {
        return wire == LENGTH;
      } else {
        in.skip(wire, in.size());
      }
    }
    return false;
  }

  private long count() throws IOException {
    long parameters = 0;
    boolean graph = false;
    while (in.position() < in.size()) {
      long tag = in.varint();
      if (tag >>> 3 == GRAPH && (tag & 7) == LENGTH) {
        graph = true;
        parameters += countGraph(in.end(in.size()));
      } else {
        in.skip((int) (tag & 7), in.size());
      }
    }
    if (!graph) {
      throw in.problem("the file must hold a graph: found none");
    }
    return parameters;
  }

  private long countGraph(long end) throws IOException {
    long parameters = 0;
    while (in.position() < end) {
      long tag = in.varint();
      if (tag >>> 3 == INITIALIZER && (tag & 7) == LENGTH) {
        parameters += countTensor(in.end(end));
      } else {
        in.skip((int) (tag & 7), end);
      }
    }
    return parameters;
  }

  private long countTensor(long end) throws IOException {
    long values = 1;
    boolean floats = false;
    while (in.position() < end) {
      long tag = in.varint();
      int field = (int) (tag >>> 3);
      int wire = (int) (tag & 7);
      if (field == DIMS && wire == VARINT) {
        values *= dimension();
      } else if (field == DIMS && wire == LENGTH) {
        long dimensions = in.end(end);
        while (in.position() < dimensions) {
          values *= dimension();
        }
      } else if (field == DATA_TYPE && wire == VARINT) {
        floats = FLOATS.contains((int) in.varint());
      } else {
        in.skip(wire, end);
      }
    }
    return floats ? values : 0;
  }

  private long dimension() throws IOException {
    long dimension = in.varint();
    if (dimension < 0 || dimension > Integer.MAX_VALUE) {
      throw in.problem("a dimension must be less than 2^31: found " + dimension);
    }
    return dimension;
  }
}
