package org.inpaint4j;

import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A filled image, and how it came about. */
public final class InpaintResult {

  private final BufferedImage image;
  private final SearchStatus status;
  private final @Nullable Search search;
  private final Duration blendTime;
  private final Provenance provenance;

  InpaintResult(
      BufferedImage image,
      SearchStatus status,
      @Nullable Search search,
      Duration blendTime,
      Provenance provenance) {
    this.image = image;
    this.status = status;
    this.search = search;
    this.blendTime = blendTime;
    this.provenance = provenance;
  }

  /**
   * What the search saw and found, at the size of the model.
   *
   * @param region the square of the image that was shown to the model
   * @param target the square at the model's size; black in the hole
   * @param mask the hole at the model's size
   * @param generated G(z) of the best latent
   * @param latent the best latent
   * @param bestStep the step that found it, from 0
   * @param trace the losses of its start
   * @param time how long the search took; images of one batch share it
   */
  public record Search(
      Region region,
      BufferedImage target,
      Mask mask,
      BufferedImage generated,
      List<Float> latent,
      int bestStep,
      LossTrace trace,
      Duration time) {

    /**
     * Copies.
     *
     * @param region the square of the image that was shown to the model
     * @param target the square at the model's size
     * @param mask the hole at the model's size
     * @param generated G
     * @param latent the best latent
     * @param bestStep the step that found it
     * @param trace the losses of its start
     * @param time how long the search took
     */
    public Search {
      latent = List.copyOf(latent);
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

  /**
   * The filled image: of the size and type of the input, and equal to it outside of the hole.
   *
   * @return the image itself, not a copy
   */
  public BufferedImage image() {
    return image;
  }

  /**
   * How the search ended.
   *
   * @return the status
   */
  public SearchStatus status() {
    return status;
  }

  /**
   * What the search saw and found.
   *
   * @return the search
   * @throws IllegalStateException if there was nothing to fill
   */
  public Search search() {
    if (search == null) {
      throw new IllegalStateException("an image without a hole must not be asked for its search");
    }
    return search;
  }

  /**
   * How long the blending took.
   *
   * @return zero if there was nothing to fill
   */
  public Duration blendTime() {
    return blendTime;
  }

  /**
   * What the result was made with.
   *
   * @return model, options, seed, versions
   */
  public Provenance provenance() {
    return provenance;
  }
}
