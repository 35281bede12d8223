package org.inpaint4j.search;

import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.InpaintWarning;

/**
 * What a {@link LatentSearch} found for one square of a picture.
 *
 * @param image G(z) of the best latent, or the mean of several starts' as {@link
 *     SearchOptions#outcome} says: [C, H, W] samples from 0 to 1. Not modified.
 * @param status how the search ended
 * @param latent the best latent
 * @param bestStep the step that found it, from 0
 * @param trace the losses of its start
 * @param frames G(z) of its start on the way, if frames are recorded: the first step's first, the
 *     best latent's last; else empty
 * @param pixelWeights how much each pixel of the square weighs in the loss, row by row; empty if no
 *     loss term compares pixels
 * @param warnings why the filling may not be what was wanted
 */
public record FoundLatent(
    ImagePlanes image,
    FillStatus status,
    List<Float> latent,
    int bestStep,
    LossTrace trace,
    List<BufferedImage> frames,
    List<Float> pixelWeights,
    List<InpaintWarning> warnings)
    implements Filling {

  /**
   * Copies.
   *
   * @param image what was found
   * @param status how the search ended
   * @param latent the best latent
   * @param bestStep the step that found it
   * @param trace the losses of its start
   * @param frames what was generated on the way
   * @param pixelWeights how much each pixel weighs
   * @param warnings why the filling may not be what was wanted
   */
  public FoundLatent {
    latent = List.copyOf(latent);
    frames = List.copyOf(frames);
    pixelWeights = List.copyOf(pixelWeights);
    warnings = List.copyOf(warnings);
  }

  /**
   * The lowest loss.
   *
   * @return the sum of the terms at {@link #bestStep}
   */
  public double loss() {
    return trace.total(bestStep);
  }

  /**
   * The terms of the lowest loss.
   *
   * @return by name, in the order they were added; terms of the same name are numbered
   */
  public Map<String, Double> terms() {
    Map<String, Double> terms = new LinkedHashMap<>();
    for (int t = 0; t < trace.terms().size(); t++) {
      String name = trace.terms().get(t);
      terms.put(terms.containsKey(name) ? name + "-" + t : name, trace.value(t, bestStep));
    }
    return terms;
  }
}
