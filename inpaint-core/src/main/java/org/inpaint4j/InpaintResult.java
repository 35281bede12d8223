package org.inpaint4j;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Square;
import org.inpaint4j.search.LossTrace;
import org.inpaint4j.search.SearchStatus;

/** A filled image, and how it came about. */
public final class InpaintResult {

  private final Inpainter.Task task;
  private final BufferedImage image;
  private final SearchStatus status;
  private final List<Search> searches;
  private final Duration blendTime;
  private final Provenance provenance;
  private final boolean everywhere;

  InpaintResult(
      Inpainter.Task task,
      BufferedImage image,
      SearchStatus status,
      List<Search> searches,
      Duration blendTime,
      Provenance provenance,
      boolean everywhere) {
    this.task = task;
    this.image = image;
    this.status = status;
    this.searches = List.copyOf(searches);
    this.blendTime = blendTime;
    this.provenance = provenance;
    this.everywhere = everywhere;
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
   * @param frames G(z) of its start on the way, if {@link Inpainter.Builder#recordFrames} asked for
   *     it: the first step's first, the best latent's last; else empty
   * @param time how long the search took; images of one batch share it
   */
  public record Search(
      Square region,
      BufferedImage target,
      Mask mask,
      BufferedImage generated,
      List<Float> latent,
      int bestStep,
      LossTrace trace,
      List<BufferedImage> frames,
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
     * @param frames G(z) of its start on the way
     * @param time how long the search took
     */
    public Search {
      latent = List.copyOf(latent);
      frames = List.copyOf(frames);
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
   * What the search saw and found: the first, if holes far apart had searches of their own.
   *
   * @return the first of {@link #searches}
   * @throws IllegalStateException if there was nothing to fill
   */
  public Search search() {
    if (searches.isEmpty()) {
      throw new IllegalStateException("an image without a hole must not be asked for its search");
    }
    return searches.get(0);
  }

  /**
   * What the searches saw and found, one for each square that the {@link Framing} chose and that
   * shows a part of the hole.
   *
   * @return the searches in the framing's order; empty if there was nothing to fill. Immutable.
   */
  public List<Search> searches() {
    return searches;
  }

  /**
   * Why the filling may not be what was wanted.
   *
   * @return the reasons; empty if there is none, or nothing was to be filled. Immutable.
   */
  public List<InpaintWarning> warnings() {
    return searches.stream().flatMap(search -> Warnings.of(search, everywhere).stream()).toList();
  }

  /**
   * The way from the input to the result as one picture, 1328 pixels wide: input, hole, importance
   * weights, G(z) and result, side by side. Each panel shows the square that the model saw; several
   * squares stand one below the other.
   *
   * <p>The input panel is read from the image that was given to the inpainter, which has to be
   * unchanged until then.
   *
   * @return a new RGB picture
   * @throws IllegalStateException if there was nothing to fill
   */
  public BufferedImage strip() {
    search();
    return Strip.of(task, searches, image);
  }

  /**
   * Writes how G(z) came to look like the known pixels, as an animated GIF that runs without end
   * and rests on its last frame. GIF has 256 colours a frame. Of several searches it is the first.
   *
   * @param out where to; it is flushed, not closed
   * @throws IOException if it cannot be written
   * @throws IllegalStateException if there was nothing to fill, or no frames were asked for with
   *     {@link Inpainter.Builder#recordFrames}
   */
  public void writeAnimation(OutputStream out) throws IOException {
    List<BufferedImage> frames = search().frames();
    if (frames.isEmpty()) {
      throw new IllegalStateException(
          "an animation must have frames: set recordFrames to get them");
    }
    Animation.write(frames, out);
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
