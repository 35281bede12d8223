package org.inpaint4j.studio;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.lang.reflect.Array;
import java.util.BitSet;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.Mask;

/**
 * The pixels of one hole, taken out of a picture: all that a filling changes. Put into the picture
 * again they leave every other pixel as it is.
 */
final class HolePixels {

  private final Bounds at;
  private final BitSet hole;
  private final Object samples;

  private HolePixels(Bounds at, BitSet hole, Object samples) {
    this.at = at;
    this.hole = hole;
    this.samples = samples;
  }

  /**
   * Copies the pixels of a hole.
   *
   * @param image not modified
   * @param mask as large, with a hole
   */
  static HolePixels of(BufferedImage image, Mask mask) {
    Bounds at = mask.holeBounds().orElseThrow();
    return of(image, at, mask.crop(at).holeBits());
  }

  /** Copies the same pixels of another picture. */
  HolePixels again(BufferedImage image) {
    return of(image, at, hole);
  }

  private static HolePixels of(BufferedImage image, Bounds at, BitSet hole) {
    int each = image.getRaster().getNumDataElements();
    Raster raster = image.getRaster();
    Object first = raster.getDataElements(at.x(), at.y(), 1, 1, null);
    Object samples =
        Array.newInstance(first.getClass().getComponentType(), hole.cardinality() * each);
    HolePixels pixels = new HolePixels(at, hole, samples);
    pixels.eachRun(
        (x, y, width, done) ->
            System.arraycopy(
                raster.getDataElements(x, y, width, 1, null),
                0,
                samples,
                done * each,
                width * each));
    return pixels;
  }

  /** Puts the pixels into a picture of the same kind. */
  void writeTo(BufferedImage image) {
    WritableRaster raster = image.getRaster();
    int each = raster.getNumDataElements();
    Class<?> type = samples.getClass().getComponentType();
    eachRun(
        (x, y, width, done) -> {
          Object run = Array.newInstance(type, width * each);
          System.arraycopy(samples, done * each, run, 0, width * each);
          raster.setDataElements(x, y, width, 1, run);
        });
  }

  /** A run of pixels of one row. */
  private interface Run {
    void take(int x, int y, int width, int done);
  }

  private void eachRun(Run run) {
    int width = at.width();
    int done = 0;
    for (int from = hole.nextSetBit(0); from >= 0; ) {
      int row = from / width;
      int to = Math.min(hole.nextClearBit(from), (row + 1) * width);
      run.take(at.x() + from % width, at.y() + row, to - from, done);
      done += to - from;
      from = hole.nextSetBit(to);
    }
  }

  /** The rectangle around the hole. */
  Bounds bounds() {
    return at;
  }

  /** The bytes that this takes. */
  long bytes() {
    long size =
        switch (samples.getClass().getComponentType().getName()) {
          case "byte" -> 1;
          case "short" -> 2;
          default -> 4;
        };
    return size * Array.getLength(samples) + hole.size() / 8;
  }

  /** Whether two hold the same samples at the same place. */
  boolean sameAs(HolePixels other) {
    return at.equals(other.at)
        && hole.equals(other.hole)
        && java.util.Objects.deepEquals(samples, other.samples);
  }
}
