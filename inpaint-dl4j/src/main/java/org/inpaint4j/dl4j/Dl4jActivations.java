package org.inpaint4j.dl4j;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationHardTanH;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/** DL4J's activation functions as SameDiff ops whose derivatives are right. */
final class Dl4jActivations {

  private Dl4jActivations() {}

  /**
   * Adds an activation function.
   *
   * @param node whose it is, for messages
   * @param function the function
   * @param rank of {@code x}, the batch included
   */
  static SDVariable add(
      SameDiff graph, Dl4jNetwork.Node node, IActivation function, SDVariable x, int rank) {
    if (function instanceof ActivationIdentity) {
      return x;
    }
    if (function instanceof ActivationReLU relu) {
      return relu(graph, node, relu, x);
    }
    if (function instanceof ActivationLReLU relu) {
      return graph.nn().leakyRelu(x, relu.getAlpha());
    }
    if (function instanceof ActivationTanH) {
      return graph.math().tanh(x);
    }
    if (function instanceof ActivationSigmoid) {
      return graph.nn().sigmoid(x);
    }
    if (function instanceof ActivationELU elu) {
      SDVariable below = graph.math().exp(graph.nn().relu(x.neg(), 0).neg());
      return graph.nn().relu(x, 0).add(below.sub(1).mul(elu.getAlpha()));
    }
    if (function instanceof ActivationSELU) {
      return graph.nn().selu(x);
    }
    if (function instanceof ActivationSoftPlus) {
      return graph.nn().softplus(x);
    }
    if (function instanceof ActivationSwish) {
      return graph.nn().swish(x);
    }
    if (function instanceof ActivationHardTanH) {
      return graph.nn().hardTanh(x);
    }
    if (function instanceof ActivationSoftmax && rank == 2) {
      return graph.nn().softmax(x, 1);
    }
    throw node.unsupported("the activation " + function.getClass().getSimpleName());
  }

  private static SDVariable relu(
      SameDiff graph, Dl4jNetwork.Node node, ActivationReLU relu, SDVariable x) {
    Double slope = relu.getNegativeSlope();
    Double threshold = relu.getThreshold();
    Double max = relu.getMax();
    if (threshold != null && threshold != 0) {
      throw node.unsupported("a ReLU with a threshold");
    }
    SDVariable y =
        slope == null || slope == 0 ? graph.nn().relu(x, 0) : graph.nn().leakyRelu(x, slope);
    // min(y, max), with ops whose derivative is right
    return max == null ? y : y.sub(graph.nn().relu(y.sub(max), 0));
  }
}
