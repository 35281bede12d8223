package org.inpaint4j.model;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** The low-pass filter [1, 3, 3, 1] of StyleGAN2, by which maps are enlarged and reduced. */
final class FirFilter {

  static final int SIZE = 4;
  private static final float[] LINE = {0.125f, 0.375f, 0.375f, 0.125f};

  private FirFilter() {}

  /**
   * Filters each channel.
   *
   * @param name what the name of the constant starts with
   * @param x [N, channels, H, W]
   * @param gain what the sum is multiplied by: 4 behind zeros between pixels
   * @param stride pixels from one result to the next
   * @param padding rows and columns of zeros at each border
   */
  static SDVariable filtered(
      SameDiff graph,
      String name,
      SDVariable x,
      int channels,
      float gain,
      int stride,
      int padding) {
    float[] kernel = new float[SIZE * SIZE * channels];
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = gain * tap(i / channels);
    }
    return graph
        .cnn()
        .depthWiseConv2d(
            x,
            Graphs.constant(graph, name + "fir", kernel, SIZE, SIZE, channels, 1),
            Graphs.convolution(SIZE, stride, padding));
  }

  /**
   * Whether a filter is this one.
   *
   * @param filter [4, 4]. Not modified.
   * @param gain what it is multiplied by
   */
  static boolean is(float[] filter, float gain) {
    boolean same = filter.length == SIZE * SIZE;
    for (int i = 0; same && i < filter.length; i++) {
      same = Math.abs(filter[i] - gain * tap(i)) < 1e-5;
    }
    return same;
  }

  /** The kernel [4, 4, 3, 3] of a transposed convolution that doubles the size of colours. */
  static float[] colourKernel() {
    float[] kernel = new float[SIZE * SIZE * 9];
    for (int tap = 0; tap < SIZE * SIZE; tap++) {
      for (int channel = 0; channel < 3; channel++) {
        kernel[9 * tap + 4 * channel] = 4 * tap(tap);
      }
    }
    return kernel;
  }

  private static float tap(int index) {
    return LINE[index / SIZE] * LINE[index % SIZE];
  }
}
