package org.inpaint4j.model;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * A convolution into which the batch norm after it is folded.
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

  DcganLayer(int inputs, int outputs, float[] kernel, float @Nullable [] bias) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.kernel = kernel;
    this.bias = bias;
  }

  SDVariable biasIn(SameDiff graph, String name) {
    return Graphs.constant(graph, name, requireNonNull(bias), outputs);
  }
}
