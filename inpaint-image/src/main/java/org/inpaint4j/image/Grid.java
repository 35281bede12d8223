package org.inpaint4j.image;

import java.util.BitSet;

/**
 * A part of a picture, with its hole.
 *
 * @param planes its samples
 * @param at where it lies in the picture
 * @param hole as large as the part; its pixels count for nothing
 */
record Grid(ImagePlanes planes, Bounds at, Mask hole) {

  /** A picture without a hole. */
  static Grid of(ImagePlanes image) {
    return new Grid(image, Bounds.of(image.size()), Mask.of(image.size(), new BitSet()));
  }

  /** What of a rectangle lies inside of a photo; a missing pixel if nothing does. */
  static Grid of(Photo photo, Mask mask, Bounds part, int channels) {
    int x0 = Math.max(0, part.x());
    int y0 = Math.max(0, part.y());
    int x1 = Math.min(photo.size().width(), part.x() + part.width());
    int y1 = Math.min(photo.size().height(), part.y() + part.height());
    if (x0 >= x1 || y0 >= y1) {
      Size one = new Size(1, 1);
      BitSet hole = new BitSet();
      hole.set(0);
      Bounds corner = new Bounds(part.x(), part.y(), 1, 1);
      return new Grid(ImagePlanes.zeros(channels, one), corner, Mask.of(one, hole));
    }
    Bounds inside = new Bounds(x0, y0, x1 - x0, y1 - y0);
    ImagePlanes planes = Photo.withChannels(photo.read(inside, mask), channels);
    return new Grid(planes, inside, mask.crop(inside));
  }
}
