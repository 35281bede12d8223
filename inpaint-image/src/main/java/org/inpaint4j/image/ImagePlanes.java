package org.inpaint4j.image;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * The samples of an image as floats, one plane a channel: index {@code (c * height + y) * width +
 * x}.
 *
 * <p>A bare holder for numeric code: the array is shared, not copied, and the range of the values
 * is stated where the type is used.
 */
public final class ImagePlanes {

  private final int channels;
  private final int height;
  private final int width;
  private final float[] samples;

  /**
   * Wraps an array.
   *
   * @param channels the number of planes, at least 1
   * @param size columns and rows
   * @param samples the samples, shared with the caller
   * @throws IllegalArgumentException if the array is not channels * height * width long
   */
  public ImagePlanes(int channels, Size size, float[] samples) {
    checkArgument(channels > 0, "an image must have at least one channel: found %s", channels);
    checkArgument(
        samples.length == (long) channels * size.height() * size.width(),
        "samples of an image of %s channels and %s pixels must be %s long: found %s",
        channels,
        size,
        (long) channels * size.height() * size.width(),
        samples.length);
    this.channels = channels;
    this.height = size.height();
    this.width = size.width();
    this.samples = samples;
  }

  /**
   * A new image of zeros.
   *
   * @param channels the number of planes, at least 1
   * @param size columns and rows
   * @return the image
   */
  public static ImagePlanes zeros(int channels, Size size) {
    return new ImagePlanes(channels, size, new float[Math.multiplyExact(channels, size.pixels())]);
  }

  /**
   * Columns and rows.
   *
   * @return the size
   */
  public Size size() {
    return new Size(width, height);
  }

  /**
   * The number of planes.
   *
   * @return at least 1
   */
  public int channels() {
    return channels;
  }

  /**
   * The number of rows.
   *
   * @return at least 1
   */
  public int height() {
    return height;
  }

  /**
   * The number of columns.
   *
   * @return at least 1
   */
  public int width() {
    return width;
  }

  /**
   * The samples themselves, not a copy.
   *
   * @return channels * height * width values, planes first
   */
  public float[] samples() {
    return samples;
  }

  /**
   * One sample.
   *
   * @param channel the plane
   * @param x the column
   * @param y the row
   * @return its value
   */
  public float get(int channel, int x, int y) {
    return samples[(channel * height + y) * width + x];
  }

  /**
   * A part of the image.
   *
   * @param part a rectangle inside the image
   * @return a copy of its samples
   * @throws IllegalArgumentException if the part reaches beyond the image
   */
  public ImagePlanes crop(Bounds part) {
    part.checkInside(size());
    ImagePlanes crop = zeros(channels, part.size());
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < part.height(); y++) {
        System.arraycopy(
            samples,
            (c * height + part.y() + y) * width + part.x(),
            crop.samples,
            (c * part.height() + y) * part.width(),
            part.width());
      }
    }
    return crop;
  }

  /**
   * A copy with samples of its own.
   *
   * @return the copy
   */
  public ImagePlanes copy() {
    return new ImagePlanes(channels, size(), samples.clone());
  }

  @Override
  public String toString() {
    return channels + "x" + height + "x" + width + " image";
  }
}
