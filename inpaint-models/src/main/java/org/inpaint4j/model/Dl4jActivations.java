package org.inpaint4j.model;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationCube;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationHardTanH;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationMish;
import org.nd4j.linalg.activations.impl.ActivationRationalTanh;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationRectifiedTanh;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
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
    if (function instanceof ActivationSoftmax) {
      if (rank != 2) {
        throw node.unsupported("a softmax of images");
      }
      return graph.nn().softmax(x, 1);
    }
    return addWithoutParameters(graph, node, function, x);
  }

  private static SDVariable addWithoutParameters(
      SameDiff graph, Dl4jNetwork.Node node, IActivation function, SDVariable x) {
    if (function instanceof ActivationSELU) {
      return graph.nn().selu(x);
    }
    if (function instanceof ActivationSoftPlus) {
      return graph.nn().softplus(x);
    }
    if (function instanceof ActivationSoftSign) {
      return graph.nn().softsign(x);
    }
    if (function instanceof ActivationSwish) {
      return graph.nn().swish(x);
    }
    if (function instanceof ActivationGELU gelu) {
      return gelu.isPrecise() ? graph.nn().preciseGelu(x) : graph.nn().gelu(x);
    }
    if (function instanceof ActivationMish) {
      return x.mul(graph.math().tanh(graph.nn().softplus(x)));
    }
    if (function instanceof ActivationHardTanH) {
      return graph.nn().hardTanh(x);
    }
    if (function instanceof ActivationHardSigmoid) {
      return graph.nn().hardSigmoid(x);
    }
    if (function instanceof ActivationReLU6) {
      return below(graph, graph.nn().relu(x, 0), 6);
    }
    if (function instanceof ActivationCube) {
      return graph.math().cube(x);
    }
    if (function instanceof ActivationRationalTanh) {
      return graph.math().rationalTanh(x);
    }
    if (function instanceof ActivationRectifiedTanh) {
      return graph.nn().relu(graph.math().tanh(x), 0);
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
    return max == null ? y : below(graph, y, max);
  }

  /** min(x, limit), with ops whose derivative is right. */
  private static SDVariable below(SameDiff graph, SDVariable x, double limit) {
    return x.sub(graph.nn().relu(x.sub(limit), 0));
  }
}
