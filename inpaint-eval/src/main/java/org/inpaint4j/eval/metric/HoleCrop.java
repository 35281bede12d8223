package org.inpaint4j.eval.metric;

import org.inpaint4j.eval.picture.PictureFiles;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Size;

/** A part of a picture, rounded to 8 bits a sample. */
final class HoleCrop {

  private final Size size;

  /** Red, green and blue, plane by plane, from 0 to 255. */
  private final int[] levels;

  private final double[] luma;

  private HoleCrop(Size size, int[] levels, double[] luma) {
    this.size = size;
    this.levels = levels;
    this.luma = luma;
  }

  /** The part of an image of 1 or 3 channels. */
  static HoleCrop of(ImagePlanes image, Bounds part) {
    int pixels = part.size().pixels();
    int whole = image.width() * image.height();
    int[] levels = new int[3 * pixels];
    for (int c = 0; c < 3; c++) {
      int plane = image.channels() == 3 ? c * whole : 0;
      for (int y = 0, to = c * pixels; y < part.height(); y++) {
        int from = plane + (part.y() + y) * image.width() + part.x();
        for (int x = 0; x < part.width(); x++) {
          levels[to++] = PictureFiles.level(image.samples()[from + x]);
        }
      }
    }
    double[] luma = new double[pixels];
    for (int i = 0; i < pixels; i++) {
      luma[i] = 0.299 * levels[i] + 0.587 * levels[pixels + i] + 0.114 * levels[2 * pixels + i];
    }
    return new HoleCrop(part.size(), levels, luma);
  }

  Size size() {
    return size;
  }

  /** 0.299 R + 0.587 G + 0.114 B, from 0 to 255, not rounded; the array itself. */
  double[] luma() {
    return luma;
  }

  /** A sample from 0 to 255. */
  int level(int channel, int pixel) {
    return levels[channel * luma.length + pixel];
  }
}
