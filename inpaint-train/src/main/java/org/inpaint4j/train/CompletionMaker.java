package org.inpaint4j.train;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.inpaint4j.graph.Engine;
import org.inpaint4j.model.CompletionDesign;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The completion network's half of an iteration: completes pictures, for the discriminator to see
 * them. It is followed by a {@link CompletionReview}, which computes the losses in the same graph.
 *
 * @param graph takes the network
 * @param truth [N, 3, S, S] in -1 to 1
 * @param mask [N, 1, S, S], 1 where a pixel is known
 * @param answer the network's pictures, [N, 3, S, S]
 * @param edges the edges that the network expects, [N, 1, S, S]; empty for networks without
 * @param composited the answer in the hole, the truth elsewhere
 * @param parameters those of the network
 * @param norms its batch norm layers, in the order of the shape
 */
record CompletionMaker(
    SameDiff graph,
    SDVariable truth,
    SDVariable mask,
    SDVariable answer,
    Optional<SDVariable> edges,
    SDVariable composited,
    List<SDVariable> parameters,
    List<BatchNorm> norms) {

  /** What the names of the network's parameters start with. */
  static final String GENERATOR = "generator.";

  static final String TRUTH = "truth";
  static final String MASK = "mask";
  static final String LATENTS = "z";
  static final String COMPOSITED = "composited";

  static CompletionMaker of(CompletionOptions options, Shape shape) {
    SameDiff graph = Engine.newGraph();
    int batch = options.batch().size();
    int side = options.design().imageSize();
    SDVariable truth = graph.placeHolder(TRUTH, DataType.FLOAT, batch, 3, side, side);
    SDVariable mask = graph.placeHolder(MASK, DataType.FLOAT, batch, 1, side, side);
    SDVariable z = graph.placeHolder(LATENTS, DataType.FLOAT, batch, options.design().latentSize());
    ParameterInputs parameters = new ParameterInputs(graph, shape, GENERATOR);
    TrainedLayers layers = new TrainedLayers(graph, parameters, batch);
    SDVariable known = truth.mul(mask);
    CompletionDesign.Answer made = options.design().addTo(graph, layers, known, mask, z);
    SDVariable answer = made.image();
    SDVariable composited = graph.math().add(COMPOSITED, known, answer.mul(mask.rsub(1)));
    return new CompletionMaker(
        graph,
        truth,
        mask,
        answer,
        made.edges(),
        composited,
        parameters.inOrder(),
        layers.norms(shape));
  }

  /** The names of the inputs that a completion needs. */
  static Set<String> inputs(Shape shape) {
    Set<String> inputs = PlannedNetwork.inputs(shape, GENERATOR);
    inputs.addAll(List.of(TRUTH, MASK, LATENTS));
    return inputs;
  }

  /** What is read between runs. */
  Set<String> wanted() {
    Set<String> wanted = new HashSet<>(Set.of(COMPOSITED));
    norms.forEach(norm -> wanted.addAll(norm.statistics()));
    return wanted;
  }
}
