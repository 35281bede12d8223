package org.inpaint4j.patch;

/**
 * Where turned and mirrored copies of a picture lie beside it, so that a patch of one of them is a
 * turned patch of the picture, and all else need not know of it.
 *
 * <p>There are two rows of four: upright ones, and ones with rows and columns exchanged, which
 * gives the quarter turns; in each row the picture itself, mirrored along rows, along columns, and
 * both. Their places are multiples of what the coarsest level is smaller by, and gaps between them
 * are a pixel wide there, so that places on one level are those on the next, halved.
 */
final class TurnedCopies {

  private static final int MIRRORED_ROWS = 1;
  private static final int MIRRORED_COLUMNS = 2;
  private static final int IN_A_ROW = 4;

  /** What gaps add to a side at most. */
  private static final int MOST_GAPS = 4096;

  private final int cellWidth;
  private final int cellHeight;
  private final int gap;

  private TurnedCopies(int cellWidth, int cellHeight, int gap) {
    this.cellWidth = cellWidth;
    this.cellHeight = cellHeight;
    this.gap = gap;
  }

  /**
   * A level with copies.
   *
   * @param level the picture
   * @param turns which copies; at least one
   * @param finest the picture at the finest level
   * @param halvings how often the coarsest level was halved
   */
  static Level beside(Level level, SourceTurns turns, Level finest, int halvings) {
    int unit = 1 << halvings;
    int l = level.halvings;
    int w = (finest.width + unit - 1) / unit * (unit >> l);
    int h = (finest.height + unit - 1) / unit * (unit >> l);
    int gap = unit >> l;
    boolean quarters = turns == SourceTurns.ALL;
    int columns = quarters ? IN_A_ROW : 2;
    int width = columns * (quarters ? Math.max(w + gap, h + gap) : w + gap);
    int height = quarters ? h + gap + w : h;
    TurnedCopies copies = new TurnedCopies(w, h, gap);
    int pixels = width * height;
    float[] p = new float[pixels * level.channels];
    float[] t = new float[pixels * Texture.FEATURES];
    boolean[] hole = new boolean[pixels];
    boolean[] source = new boolean[pixels];
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++, i++) {
        int from = copies.home((y << 16) | x);
        int u = from & 0xffff;
        int v = from >> 16;
        if (from < 0 || u >= level.width || v >= level.height) {
          continue;
        }
        int j = v * level.width + u;
        boolean itself = x < level.width && y < level.height;
        hole[i] = itself && level.hole[j];
        source[i] = level.source[j];
        System.arraycopy(level.pixels, j * level.channels, p, i * level.channels, level.channels);
        // Slopes along rows become slopes along columns.
        int swap = y >= h + gap ? 1 : 0;
        t[2 * i + swap] = level.texture[2 * j];
        t[2 * i + 1 - swap] = level.texture[2 * j + 1];
      }
    }
    return new Level(level, copies, width, height, p, t, hole, source);
  }

  /** How many pixels, at most, there are along a side of a picture's level and its copies. */
  static long longestSide(int width, int height, SourceTurns turns) {
    return switch (turns) {
      case NONE -> Math.max(width, height);
      case MIRRORED -> Math.max(2L * width, height) + MOST_GAPS;
      case ALL -> IN_A_ROW * (long) Math.max(width, height) + MOST_GAPS;
    };
  }

  /** The packed pixel of the picture that a packed pixel shows, or -1 in the gaps. */
  int home(int packed) {
    int x = packed & 0xffff;
    int y = packed >> 16;
    boolean exchanged = y >= cellHeight + gap;
    int wide = exchanged ? cellHeight : cellWidth;
    int high = exchanged ? cellWidth : cellHeight;
    int column = x / (wide + gap);
    int u = x - column * (wide + gap);
    int v = exchanged ? y - cellHeight - gap : y;
    if (u >= wide || v >= high || column >= IN_A_ROW) {
      return -1;
    }
    int px = exchanged ? v : u;
    int py = exchanged ? u : v;
    if ((column & MIRRORED_ROWS) != 0) {
      px = cellWidth - 1 - px;
    }
    if ((column & MIRRORED_COLUMNS) != 0) {
      py = cellHeight - 1 - py;
    }
    return (py << 16) | px;
  }
}
