package org.inpaint4j.model;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inpaint4j.image.Internal;
import org.inpaint4j.image.WholeFile;
import org.jspecify.annotations.Nullable;

/**
 * The weights of one or more networks: named float32 tensors, and the hash of the file they came
 * from.
 *
 * <p>{@link #load} reads safetensors files and PyTorch checkpoints, both the zip format of today
 * and the one before PyTorch 1.6. Whatever precision a file has, its values are float32 here.
 * Tensors of integers (mostly counters) are not kept. Keys of nested dictionaries are joined with
 * dots. Entries below a key that is not a string, such as the state of an optimizer, are not kept.
 *
 * <p>Loading runs no code from the file, and allocates no more than a small multiple of the file's
 * size. Immutable.
 */
public final class Weights {

  /** How {@link #save} stores values. */
  public enum Precision {
    /** All values as they are: float32. */
    FLOAT32,

    /**
     * Tensors of two or more dimensions as float16, which halves the file; vectors (biases and
     * statistics, a tiny part of it) stay float32. Weights beyond 65504 do not fit.
     */
    FLOAT16
  }

  /** A tensor in row-major order. The arrays are shared within the package and never modified. */
  static final class Tensor {
    private final int[] shape;
    private final float[] values;

    Tensor(int[] shape, float[] values) {
      this.shape = shape;
      this.values = values;
    }

    int[] shape() {
      return shape;
    }

    float[] values() {
      return values;
    }
  }

  private final String source;
  private final String sha256;
  private final String prefix;
  private final Map<String, Tensor> tensors;

  private Weights(String source, String sha256, String prefix, Map<String, Tensor> tensors) {
    this.source = source;
    this.sha256 = sha256;
    this.prefix = prefix;
    this.tensors = tensors;
  }

  /**
   * Loads a safetensors file or a PyTorch checkpoint; which of them it is shows in its first bytes,
   * not in its name.
   *
   * @param file the file. Not modified.
   * @return its tensors
   * @throws ModelFormatException if the file is neither, or broken
   * @throws IOException if it cannot be read
   */
  public static Weights load(Path file) throws IOException {
    try (Source source = Source.open(file)) {
      return load(source);
    }
  }

  static Weights load(Source source) throws IOException {
    Map<String, Tensor> tensors =
        switch (FileFormat.detect(source)) {
          case SAFETENSORS -> Safetensors.read(source);
          case ZIP -> TorchCheckpoint.readZip(source);
          case LEGACY -> TorchCheckpoint.readLegacy(source);
          case PICKLE -> TorchCheckpoint.readPersistent(source);
          case UNKNOWN ->
              throw source.problem(
                  "a weight file must be in a known format: expected safetensors or a PyTorch"
                      + " checkpoint, found "
                      + FileFormat.firstBytes(source));
        };
    return new Weights(source.name(), source.sha256(), "", Collections.unmodifiableMap(tensors));
  }

  /**
   * Reads a safetensors file that ships in a jar.
   *
   * @param owner a class of the jar, in the package of the file
   * @param name the name of the file
   * @return the weights
   * @throws ModelFormatException if the file is broken
   * @throws IOException if it is missing or cannot be read
   */
  public static Weights ofResource(Class<?> owner, String name) throws IOException {
    try (InputStream stream = owner.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IOException("resource " + name + " must be beside " + owner + ": found none");
      }
      return load(Source.of(name, stream.readAllBytes()));
    }
  }

  /**
   * Starts weights that do not come from a file, for example those of a network just trained.
   *
   * @return a builder without tensors
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The names of the tensors, in the order of the file.
   *
   * @return an unmodifiable set
   */
  public Set<String> names() {
    return tensors.keySet();
  }

  /**
   * The shape of a tensor.
   *
   * @param name one of {@link #names}
   * @return its dimensions, outermost first; empty for a scalar
   * @throws IllegalArgumentException if there is no such tensor
   */
  public int[] shape(String name) {
    return existing(name).shape().clone();
  }

  /**
   * The values of a tensor.
   *
   * @param name one of {@link #names}
   * @return a copy, in row-major order
   * @throws IllegalArgumentException if there is no such tensor
   */
  public float[] values(String name) {
    return existing(name).values().clone();
  }

  /**
   * The tensors whose names start with a prefix, without it: {@code under("G.")} holds as {@code x}
   * what is {@code G.x} here.
   *
   * @param prefix what to take off, with its dot
   * @return the tensors below the prefix, perhaps none; hash and source stay those of the file
   */
  public Weights under(String prefix) {
    Map<String, Tensor> below = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            below.put(name.substring(prefix.length()), tensor);
          }
        });
    return new Weights(source, sha256, this.prefix + prefix, Collections.unmodifiableMap(below));
  }

  /**
   * The hash of the file, or of the tensors if they did not come from a file.
   *
   * @return SHA-256 in lower-case hexadecimal digits
   */
  public String sha256() {
    return sha256;
  }

  /**
   * Where the weights came from, for messages.
   *
   * @return the name of the file, without its folder
   */
  public String source() {
    return source;
  }

  /**
   * Writes a safetensors file: complete, or not at all.
   *
   * @param file where to; replaced if it exists
   * @param precision how to store the values
   * @throws IllegalStateException if a value does not fit the precision
   * @throws IOException if the file cannot be written
   */
  public void save(Path file, Precision precision) throws IOException {
    WholeFile.write(file, out -> SafetensorsWriter.write(tensors, types(precision), out));
  }

  private Map<String, ElementType> types(Precision precision) {
    Map<String, ElementType> types = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          boolean half = precision == Precision.FLOAT16 && tensor.shape().length >= 2;
          types.put(name, half ? ElementType.FLOAT16 : ElementType.FLOAT32);
          if (half) {
            for (float value : tensor.values()) {
              checkState(
                  !Float.isFinite(value) || Math.abs(value) < 65520,
                  "tensor %s must fit float16: expected magnitudes up to 65504, found %s",
                  name,
                  value);
            }
          }
        });
    return types;
  }

  @Override
  public String toString() {
    return tensors.size() + " tensors of " + source + " sha256:" + sha256;
  }

  // What networks use: errors name the file and the full key.

  /** For the identity of a network: the hash of the file and the part of it that this is. */
  String identity() {
    return "sha256:" + sha256 + (prefix.isEmpty() ? "" : " " + prefix);
  }

  boolean has(String name) {
    return tensors.containsKey(name);
  }

  @Nullable Tensor find(String name) {
    return tensors.get(name);
  }

  Tensor require(String name) throws ModelFormatException {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw problem("tensor " + prefix + name + " must be there: found none");
    }
    return tensor;
  }

  /**
   * The values of a tensor that must have a shape and be finite.
   *
   * @param name the name of the tensor
   * @param shape its shape
   * @return the values in row-major order, not a copy. Not to be modified.
   * @throws ModelFormatException if the tensor is missing, has another shape, or holds a value that
   *     is not finite
   */
  @Internal
  public float[] require(String name, int... shape) throws ModelFormatException {
    Tensor tensor = require(name);
    if (!Arrays.equals(tensor.shape(), shape)) {
      throw ModelFormatException.shape(
          source, prefix + name, Arrays.toString(shape), tensor.shape());
    }
    return finite(name, tensor);
  }

  /** The rows of a tensor that must be a matrix [outputs, inputs]. */
  int outputs(String name) throws ModelFormatException {
    int[] shape = require(name).shape();
    if (shape.length != 2 || shape[0] == 0) {
      throw shapeProblem(name, "[outputs, inputs]");
    }
    return shape[0];
  }

  /** The values of a tensor that must be finite; not a copy. */
  float[] finite(String name, Tensor tensor) throws ModelFormatException {
    float[] values = tensor.values();
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw problem(
            "tensor " + prefix + name + " must be finite: found " + values[i] + " at " + i);
      }
    }
    return values;
  }

  ModelFormatException shapeProblem(String name, String expected) {
    return ModelFormatException.shape(source, prefix + name, expected, existing(name).shape());
  }

  /** The names of some tensors, for messages. */
  String firstNames() {
    List<String> first = names().stream().limit(5).toList();
    return names().size() > first.size()
        ? first + " and " + (names().size() - first.size()) + " more"
        : first.toString();
  }

  ModelFormatException problem(String problem) {
    return new ModelFormatException(source, problem);
  }

  private Tensor existing(String name) {
    Tensor tensor = tensors.get(name);
    checkArgument(tensor != null, "a tensor must be in %s: found no %s", source, name);
    return tensor;
  }

  /** Collects tensors. */
  public static final class Builder {

    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    private Builder() {}

    /**
     * Adds a tensor.
     *
     * @param name its name, not yet used
     * @param shape its dimensions, outermost first; empty for a scalar
     * @param values its values in row-major order; copied
     * @return this builder
     * @throws IllegalArgumentException if the name is taken or the shape does not fit the values
     */
    public Builder put(String name, int[] shape, float[] values) {
      long size = 1;
      for (int dimension : shape) {
        checkArgument(dimension >= 0, "a dimension must not be negative: found %s", dimension);
        size = Math.multiplyExact(size, dimension);
      }
      checkArgument(
          size == values.length,
          "tensor %s must have as many values as its shape %s: expected %s, found %s",
          name,
          Arrays.toString(shape),
          size,
          values.length);
      checkArgument(!tensors.containsKey(name), "tensor names must differ: found %s twice", name);
      tensors.put(name, new Tensor(shape.clone(), values.clone()));
      return this;
    }

    /**
     * The weights; their hash is that of the float32 safetensors file they would be saved as.
     *
     * @param source what to call their origin in messages
     * @return the weights
     */
    public Weights build(String source) {
      Map<String, Tensor> copy = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
      var digest = Source.newSha256();
      var unhashed = new Weights(source, "", "", copy);
      try {
        SafetensorsWriter.write(
            copy,
            unhashed.types(Precision.FLOAT32),
            new java.security.DigestOutputStream(OutputStream.nullOutputStream(), digest));
      } catch (IOException e) {
        throw new AssertionError("a null stream takes everything", e);
      }
      return new Weights(source, HexFormat.of().formatHex(digest.digest()), "", copy);
    }
  }
}
