package org.inpaint4j.model;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * A convolution into which the batch norm after it is folded, or which a norm follows.
 *
 * <p>The kernel is [4, 4, a, b]: PyTorch's [b, a, 4, 4] in the order of dimensions that both of
 * ND4J's operations take. The first layer of a generator and the last of a discriminator are
 * matrices and keep their order. The bias has one value for each output channel, or is null if all
 * are zero.
 */
final class DcganLayer {
  final int inputs;
  final int outputs;
  final float[] kernel;
  final float @Nullable [] bias;
  final @Nullable DcganNorm norm;

  DcganLayer(
      int inputs, int outputs, float[] kernel, float @Nullable [] bias, @Nullable DcganNorm norm) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.kernel = kernel;
    this.bias = bias;
    this.norm = norm;
  }

  /** A layer of a network whose batch norm is that of the training, and folded. */
  DcganLayer(int inputs, int outputs, float[] kernel, float @Nullable [] bias) {
    this(inputs, outputs, kernel, bias, null);
  }

  /** Adds the norm that follows, if one does. */
  SDVariable normalised(SameDiff graph, String name, SDVariable x) {
    return norm == null ? x : norm.add(graph, name, x);
  }

  SDVariable biasIn(SameDiff graph, String name) {
    return Graphs.constant(graph, name, requireNonNull(bias), outputs);
  }
}
