package org.inpaint4j.files;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferFloat;
import java.awt.image.DataBufferUShort;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/**
 * The kinds of pictures that readers make and writers take: one array, pixel by pixel, gray or RGB
 * with or without alpha, of bytes, unsigned shorts or floats. Everything else is made one of these
 * by {@link Normal}.
 *
 * <p>The colour model is gray or sRGB, whatever the profile of the file says: it tells how many
 * channels there are, not what they look like.
 *
 * @param colors 1 for gray, 3 for RGB
 * @param alpha whether there is an opacity as well, the last band
 * @param type {@link DataBuffer#TYPE_BYTE}, {@link DataBuffer#TYPE_USHORT} or {@link
 *     DataBuffer#TYPE_FLOAT}
 * @param premultiplied whether colours are multiplied by their opacity
 */
record Layout(int colors, boolean alpha, int type, boolean premultiplied) {

  static Layout bytes(int colors, boolean alpha) {
    return new Layout(colors, alpha, DataBuffer.TYPE_BYTE, false);
  }

  static Layout shorts(int colors, boolean alpha) {
    return new Layout(colors, alpha, DataBuffer.TYPE_USHORT, false);
  }

  /** That of a picture, which need not be one of these kinds in all. */
  static Layout of(BufferedImage image) {
    ColorModel colors = image.getColorModel();
    return new Layout(
        colors.getNumColorComponents(),
        colors.hasAlpha(),
        image.getRaster().getTransferType(),
        colors.hasAlpha() && colors.isAlphaPremultiplied());
  }

  int bands() {
    return colors + (alpha ? 1 : 0);
  }

  int bytesPerSample() {
    return type == DataBuffer.TYPE_BYTE ? 1 : type == DataBuffer.TYPE_USHORT ? 2 : 4;
  }

  boolean isFloat() {
    return type == DataBuffer.TYPE_FLOAT;
  }

  int bits() {
    return 8 * bytesPerSample();
  }

  /** The place of a band in its pixel: bytes of colours lie as Java likes them, blue first. */
  int offset(int band) {
    if (type != DataBuffer.TYPE_BYTE || colors == 1) {
      return band;
    }
    return alpha ? 3 - band : 2 - band;
  }

  /**
   * A new picture.
   *
   * @return all zeros
   */
  BufferedImage create(int width, int height) {
    if (type == DataBuffer.TYPE_BYTE && !premultiplied && (colors == 3 || !alpha)) {
      return new BufferedImage(
          width,
          height,
          colors == 1
              ? BufferedImage.TYPE_BYTE_GRAY
              : alpha ? BufferedImage.TYPE_4BYTE_ABGR : BufferedImage.TYPE_3BYTE_BGR);
    }
    int[] offsets = new int[bands()];
    for (int b = 0; b < offsets.length; b++) {
      offsets[b] = offset(b);
    }
    PixelInterleavedSampleModel samples =
        new PixelInterleavedSampleModel(
            type, width, height, bands(), Math.multiplyExact(width, bands()), offsets);
    WritableRaster raster = Raster.createWritableRaster(samples, null);
    return new BufferedImage(colorModel(), raster, premultiplied, null);
  }

  private ColorModel colorModel() {
    return new ComponentColorModel(
        ColorSpace.getInstance(colors == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB),
        alpha,
        premultiplied,
        alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
        type);
  }

  /** Whether a picture is of one of these kinds, laid out as {@link #create} does. */
  static boolean holds(BufferedImage image) {
    if (!(image.getColorModel() instanceof ComponentColorModel colors)
        || !(image.getRaster().getSampleModel() instanceof PixelInterleavedSampleModel samples)) {
      return false;
    }
    Layout layout = of(image);
    Raster raster = image.getRaster();
    boolean kind =
        (layout.colors == 1 && colors.getColorSpace().getType() == ColorSpace.TYPE_GRAY)
            || (layout.colors == 3 && colors.getColorSpace().getType() == ColorSpace.TYPE_RGB);
    boolean type =
        layout.type == DataBuffer.TYPE_BYTE
            || layout.type == DataBuffer.TYPE_USHORT
            || layout.type == DataBuffer.TYPE_FLOAT;
    if (!kind || !type) {
      return false;
    }
    boolean plain =
        samples.getNumBands() == layout.bands()
            && samples.getPixelStride() == layout.bands()
            && samples.getScanlineStride() == layout.bands() * image.getWidth()
            && raster.getSampleModelTranslateX() == 0
            && raster.getSampleModelTranslateY() == 0
            && raster.getDataBuffer().getNumBanks() == 1
            && raster.getDataBuffer().getOffset() == 0
            && raster.getDataBuffer().getSize()
                == layout.bands() * image.getWidth() * image.getHeight();
    for (int b = 0; plain && b < layout.bands(); b++) {
      plain =
          samples.getBandOffsets()[b] == layout.offset(b)
              && colors.getComponentSize(b) == layout.bits();
    }
    return plain;
  }

  /** The samples of a picture of these kinds: the array itself. */
  static Object array(BufferedImage image) {
    DataBuffer buffer = image.getRaster().getDataBuffer();
    if (buffer instanceof DataBufferByte bytes) {
      return bytes.getData();
    }
    return buffer instanceof DataBufferUShort shorts
        ? shorts.getData()
        : ((DataBufferFloat) buffer).getData();
  }
}
