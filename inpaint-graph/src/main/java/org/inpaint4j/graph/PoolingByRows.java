package org.inpaint4j.graph;

import static org.inpaint4j.graph.ConvolutionOp.HEIGHT;
import static org.inpaint4j.graph.ConvolutionOp.IMAGES;
import static org.inpaint4j.graph.ConvolutionOp.WIDTH;

import java.util.List;
import org.nd4j.linalg.api.ops.DynamicCustomOp;

/**
 * Pooling of large maps whose windows lie side by side, maxpool2d(x) or avgpool2d(x): some rows of
 * a channel are taken for a channel of their own, which costs nothing.
 *
 * <p>oneDNN pools small maps with vectors and falls back to plain loops where a few channels do not
 * fit its cache. A pooling of 16x240x320 takes 0.2 ms in place of 3.6 ms.
 */
final class PoolingByRows implements FastForm {

  /** Maps of so many pixels were pooled fast, those of 16,000 were not. */
  private static final long FAST = 8192;

  // Integer arguments.
  private static final int KERNEL_Y = 0;
  private static final int KERNEL_X = 1;
  private static final int STRIDE_Y = 2;
  private static final int STRIDE_X = 3;
  private static final int PADDING_Y = 4;
  private static final int PADDING_X = 5;
  private static final int CHANNELS_LAST = 10;

  private static final int CHANNELS = 1;

  @Override
  public boolean replace(PlanOp op, Rewriting plan) {
    if (!op.name().equals("maxpool2d") && !op.name().equals("avgpool2d")) {
      return false;
    }
    long[] arguments = ((DynamicCustomOp) op.function()).iArgs();
    long[] in = plan.shape(op.input(0));
    long[] out = plan.shape(op.output(0));
    long parts = isSideBySide(arguments, in) ? parts(in, arguments[KERNEL_Y]) : 1;
    if (parts == 1) {
      return false;
    }
    String rows = plan.reshaped(op, op.input(0), divided(in, parts));
    String pooled = Rewriting.part(op, "pooled");
    plan.add(op.function(), List.of(rows), pooled);
    plan.add(Rewriting.reshape(out), List.of(pooled), op.output(0));
    return true;
  }

  /** Whether each pixel is in just one window. */
  private static boolean isSideBySide(long[] arguments, long[] in) {
    return arguments.length > CHANNELS_LAST
        && arguments[CHANNELS_LAST] == 0
        && arguments[KERNEL_Y] == arguments[STRIDE_Y]
        && arguments[KERNEL_X] == arguments[STRIDE_X]
        && arguments[PADDING_Y] == 0
        && arguments[PADDING_X] == 0
        && in[HEIGHT] % arguments[KERNEL_Y] == 0
        && in[WIDTH] % arguments[KERNEL_X] == 0;
  }

  /** The fewest parts of whole windows that are small enough; one if there are none. */
  private static long parts(long[] in, long kernel) {
    long windows = in[HEIGHT] / kernel;
    for (long parts = 1; parts <= windows; parts++) {
      if (windows % parts == 0 && in[HEIGHT] / parts * in[WIDTH] <= FAST) {
        return parts;
      }
    }
    return 1;
  }

  private static long[] divided(long[] shape, long parts) {
    return new long[] {shape[IMAGES], shape[CHANNELS] * parts, shape[HEIGHT] / parts, shape[WIDTH]};
  }
}
