package org.inpaint4j;

import java.util.List;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.Square;

/**
 * A part of the hole lies in none of the squares that the {@link Framing} chose, so the model
 * cannot fill it. Another framing may do, or a filler that needs none.
 */
public final class HoleOutsideSquareException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  /** Not written when this is serialized; the message says both. */
  private final transient Bounds hole;

  private final transient List<Square> squares;

  HoleOutsideSquareException(Bounds hole, List<Square> squares) {
    super(
        "the hole must lie inside the square that is shown to the model: expected "
            + (squares.size() == 1 ? squares.get(0) : "one of " + squares)
            + ", found missing pixels from ("
            + hole.x()
            + ", "
            + hole.y()
            + ") to ("
            + (hole.x() + hole.width() - 1)
            + ", "
            + (hole.y() + hole.height() - 1)
            + ")");
    this.hole = hole;
    this.squares = List.copyOf(squares);
  }

  /**
   * The part of the hole.
   *
   * @return its bounding box in the photo
   */
  public Bounds hole() {
    return hole;
  }

  /**
   * The squares that were chosen.
   *
   * @return at least one
   */
  public List<Square> squares() {
    return squares;
  }
}
