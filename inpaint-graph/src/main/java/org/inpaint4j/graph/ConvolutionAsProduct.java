package org.inpaint4j.graph;

import static org.inpaint4j.graph.ConvolutionOp.HEIGHT;
import static org.inpaint4j.graph.ConvolutionOp.IMAGES;
import static org.inpaint4j.graph.ConvolutionOp.KERNEL_X;
import static org.inpaint4j.graph.ConvolutionOp.KERNEL_Y;
import static org.inpaint4j.graph.ConvolutionOp.LARGE_CHANNELS;
import static org.inpaint4j.graph.ConvolutionOp.SMALL_CHANNELS;
import static org.inpaint4j.graph.ConvolutionOp.WIDTH;

import java.util.List;

/**
 * A convolution with many weights and few output pixels, conv2d(x, w, [b]), as the product of a
 * matrix [output channels, input channels x kernel height x kernel width] and im2col(x).
 *
 * <p>oneDNN reorders all weights in every call: 4 to 5 ms for the 512x256x4x4 weights of a 4x4 map,
 * where the arithmetic needs 1 ms. The matrix is laid out once, and the product takes 1.4 ms.
 */
final class ConvolutionAsProduct implements FastForm {

  /** Axes of the weights in the order of the matrix. */
  private static final int[] ORDER = {SMALL_CHANNELS, LARGE_CHANNELS, KERNEL_Y, KERNEL_X};

  @Override
  public boolean replace(PlanOp op, Rewriting plan) {
    if (!op.name().equals("conv2d")) {
      return false;
    }
    ConvolutionOp convolution = new ConvolutionOp(op);
    long[] out = plan.shape(op.output(0));
    if (!convolution.paysAsProduct(plan, out)) {
      return false;
    }
    long[] w = plan.shape(convolution.weights());
    long inner = w[LARGE_CHANNELS] * w[KERNEL_Y] * w[KERNEL_X];
    long outer = w[SMALL_CHANNELS];
    String matrix = plan.weightMatrix(convolution.weights(), ORDER, outer, inner);
    String columns = Rewriting.part(op, "columns");
    plan.add(convolution.imageToColumns(), List.of(convolution.x()), columns);
    long pixels = out[HEIGHT] * out[WIDTH];
    String product =
        new BatchedProduct(out[IMAGES], inner, outer, pixels).add(op, plan, matrix, columns);
    convolution.addBias(plan, plan.reshaped(op, product, out));
    return true;
  }
}
