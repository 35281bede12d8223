package org.inpaint4j.train;

import java.util.ArrayList;
import java.util.List;
import org.inpaint4j.model.Graphs;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The discriminator of completions in a graph, its parameters being inputs: convolutions 4x4 of
 * stride 2 with LeakyReLU, a logit of the whole picture of the last map, and logits of patches of
 * 22 pixels (Isola et al., <i>Image-to-Image Translation with Conditional Adversarial Networks</i>,
 * CVPR 2017) of the third.
 */
final class JudgeGraph {

  private static final double LEAK = 0.2;

  private final SameDiff graph;
  private final CompletionOptions options;
  private final ParameterInputs parameters;

  /**
   * Adds the placeholders of the parameters.
   *
   * @param prefix what their names start with
   */
  JudgeGraph(SameDiff graph, CompletionOptions options, Shape shape, String prefix) {
    this.graph = graph;
    this.options = options;
    parameters = new ParameterInputs(graph, shape, prefix);
  }

  List<SDVariable> parameters() {
    return parameters.inOrder();
  }

  /**
   * A judgement.
   *
   * @param whole the logits of the pictures, [N, 1, 1, 1]
   * @param patches the logits of patches, [N, 1, S/8, S/8]
   * @param maps after each convolution
   */
  record Output(SDVariable whole, SDVariable patches, List<SDVariable> maps) {}

  /**
   * Judges pictures.
   *
   * @param pictures [N, 3, S, S] in -1 to 1
   * @param mask [N, 1, S, S]
   */
  Output judge(SDVariable pictures, SDVariable mask) {
    List<SDVariable> maps = new ArrayList<>();
    SDVariable x = graph.concat(1, pictures, mask);
    for (int level = 0; level < options.judge().size(); level++) {
      String name = "convs." + level + ".";
      SDVariable kernel = parameters.get(name + CompletionShape.ORIGINAL);
      x = graph.cnn().conv2d(x, kernel, Graphs.convolution(4, 2, 1));
      int size = options.design().imageSize() >> (level + 1);
      int[] shape = {options.batch().size(), options.judge().get(level), size, size};
      x = graph.nn().leakyRelu(Bias.add(x, shape, parameters.get(name + "bias")), LEAK);
      maps.add(x);
    }
    SDVariable middle = maps.get(CompletionShape.PATCHES);
    return new Output(head(x, "whole.", 4), head(middle, "patch.", 1), maps);
  }

  private SDVariable head(SDVariable x, String name, int kernel) {
    SDVariable weights = parameters.get(name + "weight");
    SDVariable logits = graph.cnn().conv2d(x, weights, Graphs.convolution(kernel, 1, 0));
    int size = kernel == 1 ? HoleWeights.patches(options.design().imageSize()) : 1;
    int[] shape = {options.batch().size(), 1, size, size};
    return Bias.add(logits, shape, parameters.get(name + "bias"));
  }
}
