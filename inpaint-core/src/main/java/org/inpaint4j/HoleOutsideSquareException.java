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
            + expected(squares)
            + " missing pixels from ("
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

  private static String expected(List<Square> squares) {
    return switch (squares.size()) {
      case 0 -> "at least one square, found none for the";
      case 1 -> squares.get(0) + ", found";
      default -> "one of " + squares + ", found";
    };
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
   * @return the squares; empty if the framing chose none
   */
  public List<Square> squares() {
    return squares;
  }
}
