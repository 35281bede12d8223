package org.inpaint4j.onnx;

import java.util.List;
import org.inpaint4j.Framing;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.Connected;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
import org.inpaint4j.image.Resampler;
import org.inpaint4j.image.Size;
import org.inpaint4j.image.Square;

/**
 * Squares with a margin of half the hole on each side, at least as large as the network's images:
 * so a hole of up to half their size has a margin of a quarter of it, 128 of 512 pixels. A hole
 * that fits into no square of the photo has one that reaches beyond it.
 */
final class HoleFraming implements Framing {

  private static final double MARGIN = 0.5;

  /** A square with a smaller known share than this shows the network too little. */
  private static final double LEAST_KNOWN = 0.125;

  private final Framing inside = Framing.aroundHole(MARGIN);

  @Override
  public List<Square> squares(Photo photo, Mask mask, ImageShape model) {
    List<Square> squares = inside.squares(photo, mask, model);
    if (showAll(squares, mask) && squares.stream().allMatch(square -> isKnown(square, mask))) {
      return squares;
    }
    Square beyond = beyond(mask.holeBounds().orElseThrow(), photo.size(), model);
    // What is too thin to be seen at the network's resolution is left to the other filler.
    boolean known =
        Resampler.shrink(photo, mask, beyond, model).mask().holeCount() < model.pixels().pixels();
    return known ? List.of(beyond) : List.of();
  }

  private static boolean showAll(List<Square> squares, Mask mask) {
    return Connected.of(mask).bounds().stream()
        .allMatch(part -> squares.stream().anyMatch(square -> square.contains(part)));
  }

  private static boolean isKnown(Square square, Mask mask) {
    Bounds bounds = square.bounds().inside(mask.size());
    int pixels = bounds.size().pixels();
    return pixels - mask.crop(bounds).holeCount() >= LEAST_KNOWN * pixels;
  }

  /** A square around all of the hole, inside of the photo as far as it can be. */
  private static Square beyond(Bounds hole, Size photo, ImageShape model) {
    long longest = Math.max(hole.width(), hole.height());
    long wanted =
        Math.max(
            (long) Math.ceil(longest * (1 + 2 * MARGIN)), Math.max(model.width(), model.height()));
    int side = (int) Math.min(wanted, Math.max(photo.width(), photo.height()));
    return new Square(
        start(hole.x(), hole.width(), photo.width(), side),
        start(hole.y(), hole.height(), photo.height(), side),
        side);
  }

  private static int start(int from, int length, int photo, int side) {
    if (side >= photo) {
      return Math.floorDiv(photo - side, 2);
    }
    return Math.max(0, Math.min(photo - side, Math.floorDiv(2 * from + length - side, 2)));
  }
}
