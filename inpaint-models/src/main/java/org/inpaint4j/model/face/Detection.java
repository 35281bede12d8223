package org.inpaint4j.model.face;

/**
 * A face as the network sees it, in pixels of the picture it was shown; a whole number is the
 * centre of a pixel.
 *
 * @param score from 0 to 1
 * @param x of the box's left edge
 * @param y of the box's upper edge
 * @param width of the box
 * @param height of the box
 * @param points x and y of the eye that is left in the picture, the right one, the tip of the nose,
 *     the left corner of the mouth, the right one. Not modified.
 */
@SuppressWarnings("ArrayRecordComponent") // made by the decoder, read by the finder, never compared
record Detection(double score, double x, double y, double width, double height, double[] points) {

  /** The centre of the box. */
  double centreX() {
    return x + width / 2;
  }

  double centreY() {
    return y + height / 2;
  }

  /** Intersection over union of the boxes. */
  double overlap(Detection other) {
    double wide = Math.min(x + width, other.x + other.width) - Math.max(x, other.x);
    double tall = Math.min(y + height, other.y + other.height) - Math.max(y, other.y);
    if (wide <= 0 || tall <= 0) {
      return 0;
    }
    double both = wide * tall;
    return both / (width * height + other.width * other.height - both);
  }
}
