package org.inpaint4j.eval.experiment;

import java.util.Map;
import org.inpaint4j.eval.metric.HoleFigures;
import org.inpaint4j.eval.metric.ImageMetric;

/**
 * What one method reached with one kind of mask.
 *
 * @param mask the name of the masks, or of a family of them
 * @param method the name of the method
 * @param images the number of fills
 * @param holeFraction the mean share of the hole, from 0 to 1
 * @param metrics the mean of each metric over the images; an infinite PSNR counts as 100 dB. The
 *     metrics of the hole are there too.
 * @param figures the mean of each figure of the hole over the images that have it
 * @param medianFigures the median of each
 * @param distances between the true and the filled images
 * @param distancesAround the same between crops around the holes
 * @param medianSeconds the median over the images of the time to fill one, batches divided by their
 *     size: a pause of the machine does not count; NaN for what another program filled
 * @param medianProcessorSeconds the median of the processor time for a megapixel of the image; NaN
 *     unless images were filled one by one
 */
public record TableCell(
    String mask,
    String method,
    int images,
    double holeFraction,
    Map<ImageMetric, Double> metrics,
    HoleFigures figures,
    HoleFigures medianFigures,
    SetDistances distances,
    SetDistances distancesAround,
    double medianSeconds,
    double medianProcessorSeconds) {

  /**
   * Copies the metrics.
   *
   * @param mask the name of the masks
   * @param method the name of the method
   * @param images the number of images
   * @param holeFraction the mean share of the hole
   * @param metrics the mean of each metric
   * @param figures the mean of each figure
   * @param medianFigures the median of each figure
   * @param distances of the images
   * @param distancesAround of crops around the holes
   * @param medianSeconds the median time
   * @param medianProcessorSeconds the median processor time for a megapixel
   */
  public TableCell {
    metrics = Map.copyOf(metrics);
  }
}
