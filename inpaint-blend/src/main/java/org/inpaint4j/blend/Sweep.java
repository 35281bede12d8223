package org.inpaint4j.blend;

/**
 * A loop over all pixels of one colour that reads their four neighbours, which are of the other
 * colour.
 *
 * <p>The rows are cut into segments. Within a segment each neighbour is at a constant distance, so
 * the body of a sweep is one loop without a test. One sweep serves one thread of calls: the vectors
 * it works on are fields that are set before each run, so that a run allocates nothing.
 */
abstract class Sweep implements Team.Phase {

  private final Checkerboard board;
  private final Checkerboard.Colour colour;

  /** The vector that is read. */
  protected double[] source = {};

  /** The vector that is written. */
  protected double[] target = {};

  /**
   * Makes a sweep.
   *
   * @param board where the pixels are
   * @param colour the pixels that are visited
   */
  Sweep(Checkerboard board, Checkerboard.Colour colour) {
    this.board = board;
    this.colour = colour;
  }

  /** Visits all pixels of the colour. */
  final void run(Team team, double[] from, double[] to) {
    source = from;
    target = to;
    team.run(this, board.shares);
  }

  @Override
  public final void run(int fromRow, int toRow) {
    Links links = board.links;
    for (int y = fromRow; y < toRow; y++) {
      int left = colour.left(y);
      beginRow(y);
      for (int g = links.ofRow[y]; g < links.ofRow[y + 1]; g++) {
        int first = links.index[g];
        int end = first + links.count[g];
        int up = links.above(g);
        int down = links.below(g);
        if (links.plain[g]) {
          visitPlain(y, first, end, left, up, down);
        } else {
          visit(y, first, end, left, up, down);
        }
      }
    }
  }

  /** Called before the segments of a row. */
  void beginRow(int y) {}

  /**
   * Visits one segment. The neighbours of index i are i + left, i + left + 1, i + up and i + down.
   *
   * @param y the row
   * @param first the first index
   * @param end the index after the last
   * @param left distance to the left neighbour; the right one is one further
   * @param up distance to the neighbour above
   * @param down distance to the neighbour below
   */
  abstract void visit(int y, int first, int end, int left, int up, int down);

  /** Like {@link #visit}, where every pixel is missing and has four neighbours in the image. */
  void visitPlain(int y, int first, int end, int left, int up, int down) {
    visit(y, first, end, left, up, down);
  }
}
