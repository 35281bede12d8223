package org.inpaint4j.train;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Adaptive instance norm in training: Huang, Belongie, <i>Arbitrary Style Transfer in Real-time
 * with Adaptive Instance Normalization</i>, ICCV 2017. Written with products and sums of rows, as
 * {@link BatchNorm} is.
 */
final class StyleNorm {

  private StyleNorm() {}

  /**
   * Adds the layer.
   *
   * @param x [N, C, H, W]
   * @param shape of x
   * @param style factors and summands, [N, 2 C]
   * @return [N, C, H, W], each channel of each image normalised over its pixels, times its factor,
   *     plus its summand
   */
  static SDVariable of(SDVariable x, int[] shape, SDVariable style) {
    SameDiff graph = x.getSameDiff();
    int batch = shape[0];
    int channels = shape[1];
    int planes = batch * channels;
    int area = shape[2] * shape[3];
    SDVariable factor = half(style, batch, channels, 0);
    SDVariable summand = half(style, batch, channels, channels);
    SDVariable rows = graph.reshape(x, planes, area);
    SDVariable centred = rows.sub(BatchNorm.rowSums(rows, area).mul(1.0 / area));
    SDVariable variance = BatchNorm.rowSums(centred.mul(centred), area).mul(1.0 / area);
    SDVariable inverse =
        graph.math().reciprocal(graph.math().sqrt(variance.add(BatchNorm.EPSILON)));
    SDVariable normal = centred.mul(inverse);
    SDVariable value = reshaped(normal.mul(factor).add(summand), shape);
    return CustomGradient.tie(
        value,
        List.of(x, style),
        gradient -> {
          SDVariable g = graph.reshape(gradient, planes, area);
          SDVariable sum = BatchNorm.rowSums(g, area);
          SDVariable product = BatchNorm.rowSums(g.mul(normal), area);
          // dL/dx = gamma / sigma (g - mean(g) - normal mean(g normal))
          SDVariable along = g.sub(sum.mul(1.0 / area)).sub(normal.mul(product.mul(1.0 / area)));
          return List.of(
              reshaped(along.mul(factor.mul(inverse)), shape),
              graph.concat(
                  1, graph.reshape(product, batch, channels), graph.reshape(sum, batch, channels)));
        });
  }

  private static SDVariable reshaped(SDVariable x, int[] shape) {
    return x.getSameDiff().reshape(x, shape[0], shape[1], shape[2], shape[3]);
  }

  /** Some columns of the style, as one column. */
  private static SDVariable half(SDVariable style, int batch, int channels, int from) {
    SameDiff graph = style.getSameDiff();
    SDVariable columns = graph.slice(style, new int[] {0, from}, batch, channels);
    return graph.reshape(columns, (long) batch * channels, 1);
  }
}
