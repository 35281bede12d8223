package org.inpaint4j.search;

import java.util.List;
import org.inpaint4j.image.ImagePlanes;

/**
 * What a search minimises, for a fixed number of images at once: the seam between the search and
 * the engine that evaluates graphs.
 *
 * <p>Not safe for use by several threads at once.
 */
interface LatentObjective extends AutoCloseable {

  /** The number of places for images. */
  int images();

  /**
   * Sets the images to complete, one for each place.
   *
   * @param problems {@link #images} of them; the same may stand in several places
   */
  void load(List<Problem> problems);

  /**
   * Evaluates losses and gradients.
   *
   * @param latents one for each place. Not modified.
   * @param losses {@code losses[t][n]}: term t of place n. Modified.
   * @param gradients of the sum of the terms, one for each place. Modified.
   */
  void evaluate(float[][] latents, double[][] losses, float[][] gradients);

  /**
   * Evaluates losses without gradients.
   *
   * @param latents one for each place. Not modified.
   * @param losses {@code losses[t][n]}: term t of place n. Modified.
   */
  void evaluate(float[][] latents, double[][] losses);

  /**
   * The images that the last evaluation generated.
   *
   * @param place from 0
   * @return a copy, [C, H, W] in [-1, 1]
   */
  ImagePlanes generated(int place);

  /** Frees the native memory. */
  @Override
  void close();
}
