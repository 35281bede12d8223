package org.inpaint4j.studio;

import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.Size;

/** A rectangle of a picture or of its reduced form. */
record Region(int x, int y, int width, int height) {

  /** The pixels of the reduced picture that show something of a part of the picture. */
  static Region reduced(Bounds part, Size picture, Size reduced) {
    int left = (int) ((long) part.x() * reduced.width() / picture.width());
    int top = (int) ((long) part.y() * reduced.height() / picture.height());
    int right = up((long) (part.x() + part.width()) * reduced.width(), picture.width());
    int bottom = up((long) (part.y() + part.height()) * reduced.height(), picture.height());
    return new Region(
        left,
        top,
        Math.min(reduced.width(), right) - left,
        Math.min(reduced.height(), bottom) - top);
  }

  private static int up(long numerator, int denominator) {
    return (int) ((numerator + denominator - 1) / denominator);
  }

  /** The pixels of the picture that this rectangle of the reduced picture shows. */
  Bounds full(Size picture, Size reduced) {
    int left = (int) ((long) x * picture.width() / reduced.width());
    int top = (int) ((long) y * picture.height() / reduced.height());
    int right = (int) ((long) (x + width) * picture.width() / reduced.width());
    int bottom = (int) ((long) (y + height) * picture.height() / reduced.height());
    return new Bounds(left, top, Math.max(1, right - left), Math.max(1, bottom - top));
  }

  Size size() {
    return new Size(width, height);
  }
}
