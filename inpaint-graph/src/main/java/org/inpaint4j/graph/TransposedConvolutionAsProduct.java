package org.inpaint4j.graph;

import static org.inpaint4j.graph.ConvolutionOp.CHANNELS;
import static org.inpaint4j.graph.ConvolutionOp.HEIGHT;
import static org.inpaint4j.graph.ConvolutionOp.IMAGES;
import static org.inpaint4j.graph.ConvolutionOp.KERNEL_X;
import static org.inpaint4j.graph.ConvolutionOp.KERNEL_Y;
import static org.inpaint4j.graph.ConvolutionOp.LARGE_CHANNELS;
import static org.inpaint4j.graph.ConvolutionOp.SMALL_CHANNELS;
import static org.inpaint4j.graph.ConvolutionOp.WIDTH;

import java.util.List;

/**
 * A transposed convolution with many weights and few input pixels, deconv2d(x, w, [b]), as col2im
 * of the product of a matrix [output channels x kernel height x kernel width, input channels] and
 * x.
 *
 * <p>oneDNN reorders all weights in every call: 4 to 5 ms for the 512x256x4x4 weights of a 4x4 map,
 * where the arithmetic needs 1 ms. The matrix is laid out once, and the product and col2im take 1.7
 * ms.
 */
final class TransposedConvolutionAsProduct implements FastForm {

  /** Axes of the weights in the order of the matrix. */
  private static final int[] ORDER = {LARGE_CHANNELS, KERNEL_Y, KERNEL_X, SMALL_CHANNELS};

  @Override
  public boolean replace(PlanOp op, Rewriting plan) {
    if (!op.name().equals("deconv2d")) {
      return false;
    }
    ConvolutionOp convolution = new ConvolutionOp(op);
    long[] x = plan.shape(convolution.x());
    if (!convolution.paysAsProduct(plan, x)) {
      return false;
    }
    long[] w = plan.shape(convolution.weights());
    long outer = w[LARGE_CHANNELS] * w[KERNEL_Y] * w[KERNEL_X];
    String matrix = plan.weightMatrix(convolution.weights(), ORDER, outer, w[SMALL_CHANNELS]);
    String product =
        new BatchedProduct(x[IMAGES], x[CHANNELS], outer, x[HEIGHT] * x[WIDTH])
            .add(op, plan, matrix, convolution.x());
    String columns =
        plan.reshaped(
            op,
            product,
            x[IMAGES],
            w[LARGE_CHANNELS],
            w[KERNEL_Y],
            w[KERNEL_X],
            x[HEIGHT],
            x[WIDTH]);
    String image = Rewriting.part(op, "image");
    plan.add(convolution.columnsToImage(plan.shape(op.output(0))), List.of(columns), image);
    convolution.addBias(plan, image);
    return true;
  }
}
