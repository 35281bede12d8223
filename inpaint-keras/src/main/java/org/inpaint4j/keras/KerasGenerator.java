package org.inpaint4j.keras;

import static java.util.Objects.requireNonNull;

import com.google.common.primitives.ImmutableIntArray;
import com.google.gson.JsonArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Size;
import org.inpaint4j.model.Graphs;
import org.inpaint4j.model.ModelFormatException;
import org.inpaint4j.network.Generator;
import org.inpaint4j.network.LatentSpace;
import org.inpaint4j.network.ValueRange;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * A generator in a file of Keras as a part of a SameDiff graph, so that its latent space can be
 * searched: one vector goes in, an image of one or three channels comes out. Both formats of {@code
 * model.save} are read: {@code .h5} of Keras 2 and 3, {@code .keras} of Keras 2.13 and later. No
 * Python and no TensorFlow is needed, and no code of a file is run: networks with Lambda layers or
 * classes of their own are refused.
 *
 * <p>It computes as Keras does at inference. The latent space is N(0, 1); files do not tell what a
 * network was trained with. Do not use it for generators that were trained with uniform latents
 * without looking at what they make of normal ones.
 *
 * <p>Thread-safe.
 */
public final class KerasGenerator implements Generator {

  /** No vector has more values. */
  private static final int LARGEST_LATENT = 1 << 16;

  /** All layers together make no more values of one image. */
  private static final long MOST_VALUES = 1L << 26;

  private record Part(Emit emit, List<String> inputs, String output) {}

  private final List<Part> parts;
  private final String input;
  private final String output;
  private final ImmutableIntArray latent;
  private final boolean matrix;
  private final ImageShape imageShape;
  private final ValueRange range;
  private final long parameters;
  private final String sha256;

  private KerasGenerator(Reading reading, ValueRange range) {
    this.parts = List.copyOf(reading.parts);
    this.input = reading.network.input();
    this.output = reading.network.output();
    this.latent = reading.latent;
    this.imageShape = reading.imageShape;
    this.matrix = reading.made().shape().length() == 2;
    this.range = range;
    this.parameters = reading.weights.read();
    this.sha256 = reading.file.sha256();
  }

  /**
   * Reads a generator whose images come out of a tanh or a sigmoid, which tells their range.
   *
   * @param file an {@code .h5} or {@code .keras} file of {@code model.save}. Not modified.
   * @return the generator
   * @throws ModelFormatException if the file is broken or holds weights alone, a layer is of
   *     another kind, the network is not a generator, or the last activation is another one
   * @throws IOException if it cannot be read
   */
  public static KerasGenerator load(Path file) throws IOException {
    Reading reading = new Reading(KerasFile.read(file));
    Optional<ValueRange> range = reading.made().range();
    if (range.isEmpty()) {
      throw new ModelFormatException(
          reading.file.name(),
          "the range of a generator must be known from its last activation: expected tanh or"
              + " sigmoid, found another");
    }
    return new KerasGenerator(reading, range.get());
  }

  /**
   * Reads a generator of a range that is known from elsewhere.
   *
   * @param file an {@code .h5} or {@code .keras} file of {@code model.save}. Not modified.
   * @param range the values with which it writes black and white
   * @return the generator
   * @throws ModelFormatException if the file is broken or holds weights alone, a layer is of
   *     another kind, or the network is not a generator
   * @throws IOException if it cannot be read
   */
  public static KerasGenerator load(Path file, ValueRange range) throws IOException {
    return new KerasGenerator(new Reading(KerasFile.read(file)), requireNonNull(range, "range"));
  }

  /** The layers of a file, one after the other. */
  private static final class Reading {
    private final KerasFile file;
    private final KerasNetwork network;
    private final KerasWeights weights;
    private final ImmutableIntArray latent;
    private final List<Part> parts = new ArrayList<>();
    private final Map<String, Signal> made = new HashMap<>();
    private final ImageShape imageShape;

    Reading(KerasFile file) throws ModelFormatException {
      this.file = file;
      this.network = KerasNetwork.of(file.name(), file.network());
      this.weights = new KerasWeights(file);
      Layout layout = Layout.of(network);
      this.latent = latent(layout);
      made.put(network.input(), Signal.of(latent.toArray()));
      LayerReader reader = new LayerReader(layout, weights);
      long left = MOST_VALUES;
      for (KerasNode node : network.nodes()) {
        List<Signal> inputs = new ArrayList<>();
        for (String name : node.inputs()) {
          inputs.add(requireNonNull(made.get(name)));
        }
        Step step = step(reader, node, inputs);
        long values = step.made().count(MOST_VALUES);
        left -= values;
        if (values == 0 || left < 0) {
          throw node.layer()
              .problem(
                  "make at least one and, with all others, at most 2^26 values",
                  step.made().shape());
        }
        made.put(node.output(), step.made());
        parts.add(new Part(step.emit(), node.inputs(), node.output()));
      }
      this.imageShape = imageShape(file.name(), made());
    }

    private static Step step(LayerReader reader, KerasNode node, List<Signal> inputs)
        throws ModelFormatException {
      try {
        return reader.read(node, inputs);
      } catch (ArithmeticException e) {
        throw node.layer().problem("make sides below 2^31", "more");
      }
    }

    /** [L], or [L, 1, 1]. */
    private ImmutableIntArray latent(Layout layout) throws ModelFormatException {
      ImmutableIntArray.Builder sides = ImmutableIntArray.builder();
      boolean known = network.inputShape() instanceof JsonArray;
      if (known) {
        JsonArray shape = network.inputShape().getAsJsonArray();
        for (int i = 1; i < shape.size(); i++) {
          known &= shape.get(i).isJsonPrimitive() && shape.get(i).getAsString().matches("\\d{1,8}");
          sides.add(known ? shape.get(i).getAsInt() : 0);
        }
      }
      Signal found = Signal.of(layout.toImage(sides.build()));
      long values = found.count(LARGEST_LATENT);
      boolean vector = found.isVector() || (found.isImage() && found.shape().get(0) == values);
      if (!known || !vector || values == 0 || values > LARGEST_LATENT) {
        throw new ModelFormatException(
            file.name(),
            "a generator must take vectors, [N, L] or one pixel of L channels: found "
                + KerasLayer.brief(network.inputShape()));
      }
      return found.shape();
    }

    Signal made() {
      return requireNonNull(made.get(network.output()));
    }

    private static ImageShape imageShape(String file, Signal made) throws ModelFormatException {
      ImmutableIntArray shape = made.shape();
      if (shape.length() == 2) {
        return new ImageShape(1, new Size(shape.get(1), shape.get(0)));
      }
      if (!made.isImage() || (shape.get(0) != 1 && shape.get(0) != 3)) {
        throw new ModelFormatException(
            file,
            "a generator must make images of one or three channels: found "
                + (made.isImage() ? "channels, rows and columns " : "")
                + shape);
      }
      return new ImageShape(shape.get(0), new Size(shape.get(2), shape.get(1)));
    }
  }

  @Override
  public LatentSpace latentSpace() {
    return LatentSpace.standardNormal(latent.get(0));
  }

  @Override
  public ImageShape imageShape() {
    return imageShape;
  }

  @Override
  public ValueRange valueRange() {
    return range;
  }

  @Override
  public String identity() {
    return "keras " + latent.get(0) + "->" + imageShape + " sha256:" + sha256;
  }

  @Override
  public String toString() {
    return identity();
  }

  /** The number of weights. */
  long parameters() {
    return parameters;
  }

  String sha256() {
    return sha256;
  }

  @Override
  public SDVariable generate(SameDiff graph, SDVariable vectors) {
    String scope = Graphs.freshScope(graph, "kerasG");
    Map<String, SDVariable> values = new HashMap<>();
    values.put(
        input, latent.length() == 1 ? vectors : graph.reshape(vectors, -1, latent.get(0), 1, 1));
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      List<SDVariable> inputs = new ArrayList<>();
      for (String name : part.inputs()) {
        inputs.add(requireNonNull(values.get(name)));
      }
      values.put(part.output(), part.emit().add(graph, scope + i, inputs));
    }
    SDVariable images = requireNonNull(values.get(output));
    return matrix ? graph.reshape(images, -1, 1, imageShape.height(), imageShape.width()) : images;
  }
}
