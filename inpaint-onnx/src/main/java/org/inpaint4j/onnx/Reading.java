package org.inpaint4j.onnx;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.inpaint4j.network.ValueRange;
import org.inpaint4j.onnx.OnnxContract.ColourOrder;
import org.inpaint4j.onnx.OnnxContract.Layout;

/**
 * What a network has made, read as its contract says.
 *
 * @param image [3, H, W], about 0 to 1
 * @param error the mean difference from the known pixels that are not near the hole, of a network
 *     that puts them into its output; empty for others, or if there are none
 */
record Reading(ImagePlanes image, Optional<Double> error) {

  /** What a network that composites may be off by on average: rounding, resampling. */
  static final double LARGEST_ERROR = 0.05;

  private static final int COLOURS = 3;

  /** Networks make masks wider by a pixel or two before they use them. */
  private static final int NEAR = 2;

  private static final List<ValueRange> RANGES =
      List.of(OnnxContract.BYTE, ValueRange.UNIT, ValueRange.SIGNED);

  /**
   * Reads an output.
   *
   * @param target what the network was shown, [3, H, W] from 0 to 1. Not modified.
   * @param mask its hole
   * @throws IllegalStateException if the output has another size, or is not finite
   */
  static Reading of(Network.Made made, OnnxContract contract, ImagePlanes target, Mask mask) {
    float[] planes = planes(made, contract.layout(), contract.colours(), target.size());
    if (!contract.composites()) {
      return new Reading(scaled(planes, contract.output(), target.size()), Optional.empty());
    }
    BitSet known = known(mask, NEAR);
    boolean far = !known.isEmpty();
    if (!far) {
      known = known(mask, 0);
    }
    ValueRange range = contract.output();
    double error = error(planes, range, target, known);
    if (error > LARGEST_ERROR) {
      for (ValueRange other : RANGES) {
        double otherError = error(planes, other, target, known);
        if (otherError < error) {
          range = other;
          error = otherError;
        }
      }
    }
    return new Reading(
        scaled(planes, range, target.size()), far ? Optional.of(error) : Optional.empty());
  }

  /** The pixels with nothing of the hole within a distance along rows and columns. */
  static BitSet known(Mask mask, int distance) {
    BitSet known = new BitSet();
    known.set(0, mask.width() * mask.height());
    BitSet hole = mask.holeBits();
    for (int i = hole.nextSetBit(0); i >= 0; i = hole.nextSetBit(i + 1)) {
      int x = i % mask.width();
      int y = i / mask.width();
      int left = Math.max(0, x - distance);
      int right = Math.min(mask.width() - 1, x + distance);
      for (int v = Math.max(0, y - distance); v <= Math.min(mask.height() - 1, y + distance); v++) {
        known.clear(v * mask.width() + left, v * mask.width() + right + 1);
      }
    }
    return known;
  }

  /** The values as planes of red, green, blue. */
  static float[] planes(Network.Made made, Layout layout, ColourOrder colours, Size size) {
    boolean first = layout == Layout.CHANNELS_FIRST;
    List<Long> expected =
        first
            ? List.of((long) COLOURS, (long) size.height(), (long) size.width())
            : List.of((long) size.height(), (long) size.width(), (long) COLOURS);
    List<Long> shape = made.shape();
    List<Long> image =
        shape.size() == 4 && shape.get(0) == 1 ? shape.subList(1, shape.size()) : shape;
    if (!image.equals(expected)) {
      throw new IllegalStateException(
          "the network must make an image as large as it is shown: expected "
              + expected
              + ", found "
              + shape);
    }
    int pixels = size.pixels();
    float[] planes = new float[COLOURS * pixels];
    for (int c = 0; c < COLOURS; c++) {
      int from = colours == ColourOrder.RGB ? c : COLOURS - 1 - c;
      for (int i = 0; i < pixels; i++) {
        float value = made.values()[first ? from * pixels + i : COLOURS * i + from];
        if (!Float.isFinite(value)) {
          throw new IllegalStateException(
              "the network's output must be finite: found " + value + " at pixel " + i);
        }
        planes[c * pixels + i] = value;
      }
    }
    return planes;
  }

  /**
   * The mean difference of samples, if they are in a range.
   *
   * @param known the pixels that are compared, at least one
   */
  static double error(float[] planes, ValueRange range, ImagePlanes target, BitSet known) {
    double black = range.black();
    double scale = 1 / (range.white() - range.black());
    int pixels = target.width() * target.height();
    double sum = 0;
    for (int i = known.nextSetBit(0); i >= 0; i = known.nextSetBit(i + 1)) {
      for (int at = i; at < planes.length; at += pixels) {
        sum += Math.abs((planes[at] - black) * scale - target.samples()[at]);
      }
    }
    return sum / (COLOURS * (double) known.cardinality());
  }

  private static ImagePlanes scaled(float[] planes, ValueRange range, Size size) {
    float black = (float) range.black();
    float width = (float) (range.white() - range.black());
    float[] samples = new float[planes.length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (planes[i] - black) / width;
    }
    return new ImagePlanes(COLOURS, size, samples);
  }
}
