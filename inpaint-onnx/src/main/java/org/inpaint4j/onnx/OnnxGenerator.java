package org.inpaint4j.onnx;

import static java.util.Objects.requireNonNull;

import com.google.common.primitives.ImmutableIntArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Size;
import org.inpaint4j.model.Graphs;
import org.inpaint4j.model.ModelFormatException;
import org.inpaint4j.network.Generator;
import org.inpaint4j.network.LatentSpace;
import org.inpaint4j.network.ValueRange;
import org.inpaint4j.onnx.OnnxGraph.Declared;
import org.inpaint4j.onnx.OnnxGraph.Node;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * A generator in an ONNX file as a part of a SameDiff graph, so that its latent space can be
 * searched: one input [N, L] or [N, L, 1, 1], and images that come out of a tanh or a sigmoid.
 * {@link GeneratorReader} says which operations it may have.
 *
 * <p>The latent space is N(0, 1); files do not tell what a network was trained with.
 */
final class OnnxGenerator implements Generator {

  private final List<Step> steps;
  private final String input;
  private final String output;
  private final ImmutableIntArray latent;
  private final ImageShape imageShape;
  private final ValueRange range;
  private final String identity;

  private OnnxGenerator(
      List<Step> steps,
      String input,
      String output,
      ImmutableIntArray latent,
      ImageShape imageShape,
      ValueRange range,
      String sha256) {
    this.steps = steps;
    this.input = input;
    this.output = output;
    this.latent = latent;
    this.imageShape = imageShape;
    this.range = range;
    this.identity = "onnx " + latent.get(0) + "->" + imageShape + " sha256:" + sha256;
  }

  /** Whether a network takes vectors and nothing else. */
  static boolean isIn(OnnxGraph graph) {
    List<Declared> inputs = graph.inputs();
    return inputs.size() == 1 && isVector(inputs.get(0).shape());
  }

  /** [N, L] or [N, L, 1, 1] with a known L. */
  private static boolean isVector(List<Long> shape) {
    return (shape.size() == 2 || (shape.size() == 4 && shape.get(2) == 1 && shape.get(3) == 1))
        && shape.get(1) > 0
        && shape.get(1) <= GeneratorReader.MOST_CHANNELS;
  }

  /**
   * Reads a generator.
   *
   * @throws ModelFormatException if the file is broken, or the network has other operations or
   *     shapes
   */
  static OnnxGenerator of(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    OnnxGraph graph = OnnxGraph.of(file, true);
    List<Declared> inputs = graph.inputs();
    if (!isIn(graph)) {
      throw new ModelFormatException(
          name, "a generator must have one input, [N, L] or [N, L, 1, 1]: found " + inputs);
    }
    if (graph.outputs().size() != 1) {
      throw new ModelFormatException(
          name, "a generator must have one output: found " + graph.outputs());
    }
    int[] latent = inputs.get(0).shape().stream().skip(1).mapToInt(Math::toIntExact).toArray();
    ImmutableIntArray shape = ImmutableIntArray.copyOf(latent);
    String output = graph.outputs().get(0).name();
    List<Step> steps = steps(graph, inputs.get(0).name(), shape, name);
    ImmutableIntArray images = ImmutableIntArray.of();
    for (Step step : steps) {
      if (step.output().equals(output)) {
        images = step.shape();
      }
    }
    if (images.length() != 3 || (images.get(0) != 1 && images.get(0) != 3)) {
      throw new ModelFormatException(
          name,
          "a generator must make images of one or three channels: found [N, C, H, W] without N "
              + images);
    }
    return new OnnxGenerator(
        steps,
        inputs.get(0).name(),
        output,
        shape,
        new ImageShape(images.get(0), new Size(images.get(2), images.get(1))),
        range(graph, output, name),
        OnnxFile.sha256(file));
  }

  private static List<Step> steps(
      OnnxGraph graph, String input, ImmutableIntArray latent, String file)
      throws ModelFormatException {
    try {
      return new GeneratorReader(graph, file).read(input, latent);
    } catch (ArithmeticException e) {
      throw new ModelFormatException(
          file, "the sides of what a generator makes must be less than 2^31: found more", e);
    }
  }

  private static ValueRange range(OnnxGraph graph, String output, String file)
      throws ModelFormatException {
    Node last =
        graph.nodes().stream()
            .filter(node -> node.outputs().contains(output))
            .findFirst()
            .orElseThrow();
    return switch (last.operation()) {
      case "Tanh" -> ValueRange.SIGNED;
      case "Sigmoid" -> ValueRange.UNIT;
      default ->
          throw new ModelFormatException(
              file,
              "the range of a generator must be known from its last operation: expected Tanh or"
                  + " Sigmoid, found "
                  + last.operation());
    };
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
    return identity;
  }

  @Override
  public String toString() {
    return identity;
  }

  @Override
  public SDVariable generate(SameDiff graph, SDVariable vectors) {
    String scope = Graphs.freshScope(graph, "onnxG");
    Map<String, SDVariable> values = new HashMap<>();
    values.put(
        input, latent.length() == 1 ? vectors : graph.reshape(vectors, -1, latent.get(0), 1, 1));
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      List<SDVariable> inputs = new ArrayList<>();
      for (String name : step.inputs()) {
        inputs.add(values.get(name));
      }
      values.put(step.output(), step.emit().add(graph, scope + i, inputs));
    }
    return requireNonNull(values.get(output));
  }
}
