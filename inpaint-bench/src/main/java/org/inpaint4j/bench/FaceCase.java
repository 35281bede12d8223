package org.inpaint4j.bench;

import java.awt.image.BufferedImage;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Square;

/**
 * A photo with one face.
 *
 * @param photo the photo
 * @param mask its hole, perhaps empty
 * @param face the right square
 */
record FaceCase(BufferedImage photo, Mask mask, Square face) {

  static FaceCase of(BufferedImage photo, Square face) {
    return new FaceCase(
        photo, Mask.rectangle(photo.getWidth(), photo.getHeight(), 0, 0, 0, 0), face);
  }

  /** The same photo without a rectangle of the face's square, in shares of its sides. */
  FaceCase covered(double left, double top, double right, double bottom) {
    java.util.BitSet hole = new java.util.BitSet();
    int width = photo.getWidth();
    for (int i = 0; i < width * photo.getHeight(); i++) {
      double u = face.across(i % width + 0.5, Math.floorDiv(i, width) + 0.5);
      double v = face.down(i % width + 0.5, Math.floorDiv(i, width) + 0.5);
      hole.set(i, u >= left && u < right && v >= top && v < bottom);
    }
    return new FaceCase(photo, Mask.of(mask.size(), hole), face);
  }

  /**
   * The same face elsewhere: turned, larger or smaller, in a photo whose border is that of this one
   * drawn out.
   *
   * @param width of the new photo
   * @param height of the new photo
   * @param to the face's square there
   */
  FaceCase moved(int width, int height, Square to) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    int samples = (int) Math.max(1, Math.ceil(face.size() / to.size()));
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double[] sum = new double[3];
        for (int s = 0; s < samples * samples; s++) {
          double column = x + (s % samples + 0.5) / samples;
          double row = y + (Math.floorDiv(s, samples) + 0.5) / samples;
          double u = to.across(column, row);
          double v = to.down(column, row);
          add(face.column(u, v) - 0.5, face.row(u, v) - 0.5, sum);
        }
        int rgb = 0;
        for (double value : sum) {
          rgb = rgb << 8 | (int) Math.round(value / samples / samples);
        }
        image.setRGB(x, y, rgb);
      }
    }
    return of(image, to);
  }

  private void add(double x, double y, double[] sum) {
    double u = Math.max(0, Math.min(photo.getWidth() - 1.001, x));
    double v = Math.max(0, Math.min(photo.getHeight() - 1.001, y));
    int left = (int) u;
    int top = (int) v;
    for (int k = 0; k < 4; k++) {
      int rgb = photo.getRGB(left + (k & 1), top + (k >> 1));
      double weight = ((k & 1) == 0 ? left + 1 - u : u - left) * (k < 2 ? top + 1 - v : v - top);
      for (int c = 0; c < 3; c++) {
        sum[c] += weight * (rgb >> (16 - 8 * c) & 255);
      }
    }
  }

  /** How far a square is from the right one: the mean over the face, in 64ths of its side. */
  double error(Square found) {
    double sum = 0;
    for (int k = 0; k < 25; k++) {
      double u = 0.1 + 0.2 * (k % 5);
      double v = 0.1 + 0.2 * Math.floorDiv(k, 5);
      sum += Math.hypot(found.column(u, v) - face.column(u, v), found.row(u, v) - face.row(u, v));
    }
    return sum / 25 / face.size() * 64;
  }
}
