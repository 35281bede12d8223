package org.inpaint4j.model;

import org.inpaint4j.image.Internal;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * How strong the edges of a picture are: {@code tanh(2 |g|)} with the gradient g of its gray by
 * Sobel's kernels, a quarter of their usual size. Where not all of the 3x3 pixels are known, and at
 * the border of the picture, it is 0.
 */
@Internal
public final class EdgeMap {

  private static final float[] SLOPE = {-1, 0, 1};
  private static final float[] BLUR = {0.25f, 0.5f, 0.25f};
  private static final float[] GRAY = {0.299f, 0.587f, 0.114f};

  private EdgeMap() {}

  /** How much red, green and blue count in a gray. */
  static float[] gray() {
    return GRAY.clone();
  }

  /**
   * Adds the edges of pictures to a graph.
   *
   * @param graph modified
   * @param pictures [N, 3, H, W] in -1 to 1
   * @param mask [N, 1, H, W], 1 where a pixel is known
   * @return [N, 1, H, W] in 0 to 1
   */
  public static SDVariable of(SameDiff graph, SDVariable pictures, SDVariable mask) {
    String scope = Graphs.freshScope(graph, "edges");
    float[] kernel = new float[9 * 3 * 2];
    for (int k = 0; k < 9; k++) {
      for (int c = 0; c < 3; c++) {
        kernel[(k * 3 + c) * 2] = GRAY[c] * BLUR[k / 3] * SLOPE[k % 3];
        kernel[(k * 3 + c) * 2 + 1] = GRAY[c] * SLOPE[k / 3] * BLUR[k % 3];
      }
    }
    SDVariable sobel = Graphs.constant(graph, scope + "sobel", kernel, 3, 3, 3, 2);
    SDVariable slopes = graph.cnn().conv2d(pictures, sobel, Graphs.convolution(3, 1, 1));
    SDVariable both = Graphs.constant(graph, scope + "both", new float[] {1, 1}, 1, 1, 2, 1);
    SDVariable squares = graph.cnn().conv2d(slopes.mul(slopes), both, Graphs.convolution(1, 1, 0));
    SDVariable strength = graph.math().tanh(graph.math().sqrt(squares.add(1e-8)).mul(2));
    float[] ones = {1, 1, 1, 1, 1, 1, 1, 1, 1};
    SDVariable count =
        graph
            .cnn()
            .conv2d(
                mask,
                Graphs.constant(graph, scope + "ones", ones, 3, 3, 1, 1),
                Graphs.convolution(3, 1, 1));
    return strength.mul(graph.nn().relu(count.sub(8), 0));
  }
}
