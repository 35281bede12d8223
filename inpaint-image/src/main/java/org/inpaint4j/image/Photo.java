package org.inpaint4j.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DirectColorModel;
import java.awt.image.WritableRaster;
import java.util.BitSet;

/**
 * A picture whose samples can be read as floats and whose hole can be written, everything else
 * staying as it is, bit for bit.
 *
 * <p>Gray and RGB pictures of 8 or 16 bits or of floats are read and written sample by sample,
 * whatever their colour profile: a gray of 120 is 120 / 255, not the sRGB that Java would show for
 * it. Premultiplied samples are divided by their opacity. Others (palettes, CMYK) are read as the
 * 8-bit RGB that Java shows; a copy of them is 8-bit RGB or ARGB.
 */
public final class Photo {

  private static final double[] LUMA = {0.299, 0.587, 0.114};

  private final BufferedImage image;
  private final boolean plain;
  private final int channels;
  private final boolean isFloat;
  private final float white;

  private Photo(BufferedImage image) {
    this.image = image;
    this.plain = isPlain(image);
    this.channels = plain ? image.getColorModel().getNumColorComponents() : 3;
    this.isFloat = plain && image.getRaster().getTransferType() == DataBuffer.TYPE_FLOAT;
    this.white = isFloat ? 1 : plain ? (1 << image.getColorModel().getComponentSize(0)) - 1 : 255;
  }

  /**
   * A picture itself: what is written changes it.
   *
   * @param image read when this is asked to read, and modified when it is asked to write
   * @return the photo; nothing is copied
   */
  public static Photo of(BufferedImage image) {
    return new Photo(image);
  }

  /**
   * A copy of a picture.
   *
   * @param original not modified
   * @return the photo, of the same type and samples if these can be written one by one
   */
  public static Photo copyOf(BufferedImage original) {
    ColorModel colors = original.getColorModel();
    BufferedImage copy;
    if (isPlain(original)) {
      WritableRaster raster =
          original
              .getRaster()
              .createCompatibleWritableRaster(original.getWidth(), original.getHeight());
      copy = new BufferedImage(colors, raster, colors.isAlphaPremultiplied(), null);
      original.copyData(raster);
    } else {
      copy =
          new BufferedImage(
              original.getWidth(),
              original.getHeight(),
              colors.hasAlpha() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < copy.getHeight(); y++) {
        for (int x = 0; x < copy.getWidth(); x++) {
          copy.setRGB(x, y, original.getRGB(x, y));
        }
      }
    }
    return new Photo(copy);
  }

  private static boolean isPlain(BufferedImage image) {
    ColorModel colors = image.getColorModel();
    int components = colors.getNumColorComponents();
    if (components != 1 && components != 3) {
      return false;
    }
    if (colors instanceof DirectColorModel) {
      return colors.getComponentSize(0) == 8 && colors.getComponentSize(1) == 8;
    }
    int type = image.getRaster().getTransferType();
    int colorSpace = colors.getColorSpace().getType();
    return colors instanceof ComponentColorModel
        && (type == DataBuffer.TYPE_BYTE
            || type == DataBuffer.TYPE_USHORT
            || type == DataBuffer.TYPE_FLOAT)
        && colorSpace == (components == 1 ? ColorSpace.TYPE_GRAY : ColorSpace.TYPE_RGB);
  }

  /** Whether samples are read and written one by one. */
  boolean isPlain() {
    return plain;
  }

  /**
   * The size of the picture.
   *
   * @return columns and rows
   */
  public Size size() {
    return Size.of(image);
  }

  /**
   * The number of colour channels; alpha is not counted.
   *
   * @return 1 for gray, 3 for colour
   */
  public int channels() {
    return channels;
  }

  /**
   * The picture.
   *
   * @return the picture itself, not a copy
   */
  public BufferedImage image() {
    return image;
  }

  /**
   * Reads a part.
   *
   * @param part a rectangle inside the picture
   * @param mask of the whole picture
   * @return [{@link #channels}, H, W] samples from 0 (black) to 1 (white); 0 in the hole
   */
  public ImagePlanes read(Bounds part, Mask mask) {
    ImagePlanes planes = read(part);
    int pixels = part.size().pixels();
    for (int y = 0, i = 0; y < part.height(); y++) {
      for (int x = 0; x < part.width(); x++, i++) {
        if (mask.isHole(part.x() + x, part.y() + y)) {
          for (int c = 0; c < channels; c++) {
            planes.samples()[c * pixels + i] = 0;
          }
        }
      }
    }
    return planes;
  }

  /**
   * Reads a part, hole or not.
   *
   * @param part a rectangle inside the picture
   * @return [{@link #channels}, H, W] samples from 0 (black) to 1 (white)
   */
  public ImagePlanes read(Bounds part) {
    ImagePlanes planes = ImagePlanes.zeros(channels, part.size());
    int pixels = part.size().pixels();
    for (int c = 0; c < channels; c++) {
      read(part, c, planes.samples(), c * pixels);
    }
    return planes;
  }

  /**
   * Reads a channel of a part, hole or not.
   *
   * @param part a rectangle inside the picture
   * @param channel from 0
   * @param into receives the samples from 0 (black) to 1 (white), row by row
   * @param from the index of the first of them there
   */
  @Internal
  public void read(Bounds part, int channel, float[] into, int from) {
    int width = part.width();
    float[] row = new float[width];
    float[] opacity = new float[width];
    int[] rgb = new int[width];
    boolean divided = isMultiplied();
    for (int y = 0, i = from; y < part.height(); y++, i += width) {
      if (!plain) {
        image.getRGB(part.x(), part.y() + y, width, 1, rgb, 0, width);
        for (int x = 0; x < width; x++) {
          into[i + x] = (rgb[x] >> (16 - 8 * channel) & 255) / white;
        }
        continue;
      }
      image.getRaster().getSamples(part.x(), part.y() + y, width, 1, channel, row);
      if (divided) {
        readOpacity(part.x(), part.y() + y, opacity);
      }
      for (int x = 0; x < width; x++) {
        float sample = row[x] / white;
        into[i + x] = divided && opacity[x] > 0 ? Math.min(1, sample / opacity[x]) : sample;
      }
    }
  }

  /** Whether samples are multiplied by their opacity. */
  boolean isMultiplied() {
    return plain && image.isAlphaPremultiplied() && hasAlpha();
  }

  /** Whether pixels have an opacity. */
  boolean hasAlpha() {
    return image.getColorModel().hasAlpha();
  }

  /**
   * Reads opacities.
   *
   * @param into receives those of the pixels from (x, y) to the right, from 0 (transparent) to 1
   */
  void readOpacity(int x, int y, float[] into) {
    if (plain) {
      image.getRaster().getSamples(x, y, into.length, 1, channels, into);
      float opaque = isFloat ? 1 : (1 << image.getColorModel().getComponentSize(channels)) - 1;
      for (int i = 0; i < into.length; i++) {
        into[i] /= opaque;
      }
    } else {
      for (int i = 0; i < into.length; i++) {
        into[i] = (image.getRGB(x + i, y) >>> 24) / 255f;
      }
    }
  }

  /**
   * The picture as 8-bit RGB made of its own samples, to be shown beside others.
   *
   * @return a new picture
   */
  public BufferedImage toRgb() {
    BufferedImage shown =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    int width = image.getWidth();
    int[] rgb = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      ImagePlanes row = read(new Bounds(0, y, width, 1));
      for (int x = 0; x < width; x++) {
        int red = level(row.samples()[x]);
        rgb[x] =
            channels == 1
                ? red * 0x010101
                : red << 16
                    | level(row.samples()[width + x]) << 8
                    | level(row.samples()[2 * width + x]);
      }
      shown.setRGB(0, y, width, 1, rgb, 0, width);
    }
    return shown;
  }

  private static int level(float sample) {
    return Math.round(255 * Math.max(0, Math.min(1, sample)));
  }

  /**
   * Writes the hole of a part, rounded to nearest; what had been transparent becomes opaque.
   *
   * @param planes [{@link #channels}, H, W] samples from 0 to 1, clamped here
   * @param at where the part is, as large as the planes
   * @param hole the hole, as large as the planes; nothing else is written
   */
  public void writeHole(ImagePlanes planes, Bounds at, Mask hole) {
    BitSet bits = hole.holeBits();
    for (int i = bits.nextSetBit(0); i >= 0; i = bits.nextSetBit(i + 1)) {
      write(planes, i, at.x() + i % at.width(), at.y() + i / at.width());
    }
  }

  private void write(ImagePlanes planes, int from, int x, int y) {
    int pixels = planes.width() * planes.height();
    int rgb = 0xFF;
    for (int c = 0; c < channels; c++) {
      float value = Math.max(0, Math.min(1, planes.samples()[c * pixels + from]));
      int sample = Math.round(value * white);
      if (isFloat) {
        image.getRaster().setSample(x, y, c, value);
      } else if (plain) {
        image.getRaster().setSample(x, y, c, sample);
      }
      rgb = (rgb << 8) | (sample & 0xFF);
    }
    if (!plain) {
      image.setRGB(x, y, rgb);
    } else if (hasAlpha()) {
      int size = image.getColorModel().getComponentSize(channels);
      image.getRaster().setSample(x, y, channels, isFloat ? 1 : (1 << size) - 1);
    }
  }

  /**
   * An image with another number of channels.
   *
   * @param image one or three channels. Not modified.
   * @param channels 1 for gray, which is the luma (ITU-R BT.601) of a colour; or 3, copies of a
   *     gray
   * @return the image itself if it has as many
   */
  public static ImagePlanes withChannels(ImagePlanes image, int channels) {
    if (image.channels() == channels) {
      return image;
    }
    int plane = image.width() * image.height();
    float[] from = image.samples();
    float[] to = new float[channels * plane];
    for (int i = 0; i < plane; i++) {
      if (channels == 1) {
        to[i] =
            (float) (LUMA[0] * from[i] + LUMA[1] * from[plane + i] + LUMA[2] * from[2 * plane + i]);
      } else {
        to[i] = from[i];
        to[plane + i] = from[i];
        to[2 * plane + i] = from[i];
      }
    }
    return new ImagePlanes(channels, new Size(image.width(), image.height()), to);
  }

  /**
   * An 8-bit picture.
   *
   * @param planes one or three channels, samples from 0 to 1, clamped here. Not modified.
   * @return a new gray or RGB picture
   */
  public static BufferedImage toImage(ImagePlanes planes) {
    int type = planes.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
    Photo photo = new Photo(new BufferedImage(planes.width(), planes.height(), type));
    int pixels = planes.width() * planes.height();
    for (int i = 0; i < pixels; i++) {
      photo.write(planes, i, i % planes.width(), i / planes.width());
    }
    return photo.image;
  }
}
