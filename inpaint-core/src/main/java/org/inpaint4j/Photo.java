package org.inpaint4j;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DirectColorModel;
import java.awt.image.WritableRaster;

/**
 * A picture whose samples can be read as floats and whose hole can be written, everything else
 * staying as it is, bit for bit.
 *
 * <p>Gray and RGB pictures of 8 or 16 bits keep their type. Others (palettes, premultiplied alpha,
 * other colour spaces) become 8-bit RGB or ARGB with the colours that Java shows.
 */
final class Photo {

  private static final double[] LUMA = {0.299, 0.587, 0.114};

  private final BufferedImage image;
  private final int channels;
  private final float white;

  private Photo(BufferedImage image) {
    this.image = image;
    this.channels = image.getColorModel().getNumColorComponents();
    this.white = (1 << image.getColorModel().getComponentSize(0)) - 1;
  }

  /**
   * A picture to work on.
   *
   * @param original not modified
   * @return a copy
   */
  static Photo copyOf(BufferedImage original) {
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
    int type = image.getRaster().getTransferType();
    boolean integral =
        type == DataBuffer.TYPE_BYTE
            || type == DataBuffer.TYPE_USHORT
            || type == DataBuffer.TYPE_INT;
    int components = colors.getNumColorComponents();
    boolean known = (components == 1 || components == 3) && !colors.isAlphaPremultiplied();
    if (colors instanceof DirectColorModel) {
      return known && colors.getComponentSize(0) == 8 && colors.getComponentSize(1) == 8;
    }
    return colors instanceof ComponentColorModel
        && known
        && integral
        && type != DataBuffer.TYPE_INT
        && (colors.getColorSpace().isCS_sRGB() || components == 1);
  }

  int width() {
    return image.getWidth();
  }

  int height() {
    return image.getHeight();
  }

  /** 1 for gray, 3 for colour; alpha is not counted. */
  int channels() {
    return channels;
  }

  BufferedImage image() {
    return image;
  }

  /**
   * Reads a rectangle.
   *
   * @return the colour samples, from 0 to 1; pixels in the hole are read as 0
   */
  ImagePlanes read(int x0, int y0, int width, int height, Mask mask) {
    ImagePlanes planes = ImagePlanes.zeros(channels, height, width);
    float[] row = new float[width];
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < height; y++) {
        image.getRaster().getSamples(x0, y0 + y, width, 1, c, row);
        for (int x = 0; x < width; x++) {
          planes.samples()[(c * height + y) * width + x] =
              mask.isHole(x0 + x, y0 + y) ? 0 : row[x] / white;
        }
      }
    }
    return planes;
  }

  /**
   * Writes the hole, rounded to nearest; what had been erased becomes opaque.
   *
   * @param planes samples from 0 to 1, clamped here, of the rectangle at (x0, y0)
   */
  void writeHole(ImagePlanes planes, int x0, int y0, Mask mask) {
    WritableRaster raster = image.getRaster();
    boolean alpha = image.getColorModel().hasAlpha();
    for (int y = 0; y < planes.height(); y++) {
      for (int x = 0; x < planes.width(); x++) {
        if (mask.isHole(x0 + x, y0 + y)) {
          for (int c = 0; c < channels; c++) {
            float value = Math.max(0, Math.min(1, planes.get(c, x, y)));
            raster.setSample(x0 + x, y0 + y, c, Math.round(value * white));
          }
          if (alpha) {
            raster.setSample(x0 + x, y0 + y, channels, (int) white);
          }
        }
      }
    }
  }

  /** An image with another number of channels: luma (Rec. 601) for gray, copies for colour. */
  static ImagePlanes withChannels(ImagePlanes image, int channels) {
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
    return new ImagePlanes(channels, image.height(), image.width(), to);
  }

  /** An 8-bit picture of samples from 0 to 1, clamped. */
  static BufferedImage toImage(ImagePlanes planes) {
    int type = planes.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
    Photo photo = new Photo(new BufferedImage(planes.width(), planes.height(), type));
    photo.writeHole(planes, 0, 0, Mask.of(planes.width(), planes.height(), (x, y) -> true));
    return photo.image;
  }
}
