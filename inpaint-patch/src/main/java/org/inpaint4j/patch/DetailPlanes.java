package org.inpaint4j.patch;

/**
 * A picture divided by scale: what a filling of a lower resolution shows, which patches are
 * compared by, and the detail above that.
 */
final class DetailPlanes {

  /** Standard deviation of the blur that leaves what the lower resolution shows, in its pixels. */
  private static final double FINE = 0.6;

  /** Standard deviation of the blur whose difference with the other is the band, alike. */
  private static final double COARSE = 1.6;

  /** Standard deviation of the window in which the strength of the band is measured, alike. */
  private static final double WINDOW = 1.5;

  /** A strength that is as good as none: noise of a photo, three levels of 8 bits. */
  static final float FAINT = 0.012f;

  /** Luma below the band. */
  final float[] low;

  /** First and last channel below the band, less the luma. */
  final float[] red;

  final float[] blue;

  /**
   * The band between both blurs, of the luma, over its strength: shapes, whatever their contrast.
   */
  final float[] shape;

  /** The root of the mean square of the band in a window. */
  final float[] strength;

  private final float[][] planes;

  /** For each channel what the finer blur leaves, and what the coarser one does. */
  private final float[][] below;

  private final float[][] base;

  /**
   * Divides a picture.
   *
   * @param picture not modified
   * @param scale pixels of the picture a pixel of the lower resolution
   */
  DetailPlanes(DetailPicture picture, double scale) {
    int w = picture.width;
    int h = picture.height;
    planes = picture.planes;
    float[] usable = picture.usable();
    Blur fine = new Blur(usable, w, h, FINE * scale);
    Blur coarse = new Blur(usable, w, h, COARSE * scale);
    below = new float[planes.length][];
    base = new float[planes.length][];
    for (int c = 0; c < planes.length; c++) {
      below[c] = fine.of(planes[c]);
      base[c] = coarse.of(planes[c]);
    }
    low = luma(base);
    red = difference(base[0], low);
    blue = difference(base[base.length - 1], low);
    float[] band = difference(luma(below), low);
    strength = strength(band, new Blur(usable, w, h, WINDOW * scale));
    shape = band;
    for (int i = 0; i < shape.length; i++) {
      shape[i] /= strength[i] + FAINT;
    }
  }

  /** What lies above the band, of a channel at a pixel. */
  float detail(int channel, int pixel) {
    return planes[channel][pixel] - below[channel][pixel];
  }

  /** The band and what lies above it, alike. */
  float structure(int channel, int pixel) {
    return planes[channel][pixel] - base[channel][pixel];
  }

  private static float[] difference(float[] a, float[] b) {
    float[] result = new float[a.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = a[i] - b[i];
    }
    return result;
  }

  private static float[] strength(float[] band, Blur window) {
    float[] squares = new float[band.length];
    for (int i = 0; i < band.length; i++) {
      squares[i] = band[i] * band[i];
    }
    float[] result = window.of(squares);
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) Math.sqrt(result[i]);
    }
    return result;
  }

  /** ITU-R BT.601 of three channels; the first of one. */
  private static float[] luma(float[][] planes) {
    if (planes.length < 3) {
      return planes[0].clone();
    }
    float[] result = new float[planes[0].length];
    for (int i = 0; i < result.length; i++) {
      result[i] = 0.299f * planes[0][i] + 0.587f * planes[1][i] + 0.114f * planes[2][i];
    }
    return result;
  }
}
