package org.inpaint4j.patch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;

/**
 * Where a thin fill works: tiles that are filled one after the other, so that its cost and its
 * memory follow the hole. A hole that is not larger than one tile is one, and so is a wide hole,
 * whose smooth start must see all of it.
 */
final class ThinTiles {

  /** The longest side of a tile. */
  private static final int MOST_SIDE = 768;

  private ThinTiles() {}

  /**
   * A tile.
   *
   * @param cell the rectangle that it writes; cells do not overlap
   * @param seen what is looked at
   * @param wanted what is estimated, of what is looked at: that of the cell and, so that no border
   *     shows, of a margin around it
   * @param isEmpty whether nothing of the cell itself is wanted: it is only looked at from others
   */
  record Tile(Bounds cell, Bounds seen, Mask wanted, boolean isEmpty) {

    /** What is in the cell, of a mask of what is looked at. */
    Mask written(Mask mask) {
      int left = cell.x() - seen.x();
      int top = cell.y() - seen.y();
      return Mask.of(
          mask.width(),
          mask.height(),
          (x, y) ->
              x >= left
                  && y >= top
                  && x < left + cell.width()
                  && y < top + cell.height()
                  && mask.isHole(x, y));
    }
  }

  /**
   * The tiles of a part of a hole.
   *
   * @param mask all that is missing
   * @param wanted the part to fill, at least one pixel of it
   * @param context how far around it is looked
   * @return at least one tile; the cells hold all that is looked at around {@code wanted}
   */
  static List<Tile> of(Mask mask, Mask wanted, int context) {
    Size size = wanted.size();
    Bounds all = wanted.holeBounds().orElseThrow().grown(context, size);
    boolean single =
        Math.max(all.width(), all.height()) <= MOST_SIDE || !ThinFill.wide(wanted, size).isEmpty();
    if (single) {
      boolean nothingKnown = mask.crop(all).holeCount() == all.size().pixels();
      Bounds seen = nothingKnown ? Bounds.of(size) : all;
      return List.of(new Tile(seen, seen, wanted.crop(seen), false));
    }
    List<Tile> tiles = new ArrayList<>();
    int columns = (all.width() + MOST_SIDE - 1) / MOST_SIDE;
    int rows = (all.height() + MOST_SIDE - 1) / MOST_SIDE;
    for (int row = 0; row < rows; row++) {
      int top = all.y() + all.height() * row / rows;
      int bottom = all.y() + all.height() * (row + 1) / rows;
      for (int column = 0; column < columns; column++) {
        int left = all.x() + all.width() * column / columns;
        int right = all.x() + all.width() * (column + 1) / columns;
        Bounds cell = new Bounds(left, top, right - left, bottom - top);
        tile(wanted, cell, context).ifPresent(tiles::add);
      }
    }
    return tiles;
  }

  /** The tile of a cell, unless nothing is wanted so near that the cell is looked at. */
  private static Optional<Tile> tile(Mask wanted, Bounds cell, int context) {
    Bounds around = cell.grown(context, wanted.size());
    Mask near = wanted.crop(around);
    if (near.holeCount() == 0) {
      return Optional.empty();
    }
    Mask estimated = near.placed(around, wanted.size());
    Bounds seen = estimated.holeBounds().orElseThrow().grown(context, wanted.size());
    boolean isEmpty = wanted.crop(cell).holeCount() == 0;
    return Optional.of(new Tile(cell, seen, estimated.crop(seen), isEmpty));
  }
}
