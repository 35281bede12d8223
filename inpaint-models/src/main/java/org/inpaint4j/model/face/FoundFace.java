package org.inpaint4j.model.face;

import static java.util.Objects.requireNonNull;

import org.inpaint4j.Framing;
import org.inpaint4j.image.Square;

/**
 * A face that was found in a photo.
 *
 * @param square the square that shows the face as models of faces know it: upright in the square,
 *     the eyes at a third of its height. It may reach beyond the photo.
 * @param score of the last look, from 0 to 1. Right squares have 0.92 in the median, wrong ones
 *     0.67; see docs/faces-found.md.
 */
public record FoundFace(Square square, double score) {

  /**
   * Checks that nothing is missing.
   *
   * @param square the square
   * @param score from 0 to 1
   */
  public FoundFace {
    requireNonNull(square, "square");
  }

  /**
   * The square for a model of faces, with a warning if the face was hardly seen.
   *
   * @return the square with its score
   */
  public Framing.Framed framed() {
    return FaceFraming.framed(this);
  }
}
