package org.inpaint4j.eval.experiment;

import java.util.Map;
import org.inpaint4j.eval.metric.ImageMetric;

/**
 * What one method reached with one kind of mask.
 *
 * @param mask the name of the masks
 * @param method the name of the method
 * @param images the number of images
 * @param holeFraction the mean share of the hole, from 0 to 1
 * @param metrics the mean of each metric over the images; an infinite PSNR counts as 100 dB. The
 *     metrics of the hole are there too.
 * @param frechet the Fréchet distance between the true and the filled images; NaN without a feature
 *     network or with fewer than 2 images
 * @param kernel the kernel distance between them, the mean over subsets; NaN as above
 * @param medianSeconds the median over the images of the time to fill one, batches divided by their
 *     size: a pause of the machine does not count
 */
public record TableCell(
    String mask,
    String method,
    int images,
    double holeFraction,
    Map<ImageMetric, Double> metrics,
    double frechet,
    double kernel,
    double medianSeconds) {

  /**
   * Copies the metrics.
   *
   * @param mask the name of the masks
   * @param method the name of the method
   * @param images the number of images
   * @param holeFraction the mean share of the hole
   * @param metrics the mean of each metric
   * @param frechet the Fréchet distance
   * @param kernel the kernel distance
   * @param medianSeconds the median time
   */
  public TableCell {
    metrics = Map.copyOf(metrics);
  }
}
