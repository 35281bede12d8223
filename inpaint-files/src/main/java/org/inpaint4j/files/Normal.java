package org.inpaint4j.files;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DirectColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** Makes any picture one of {@link Layout}'s kinds, with its own samples where it has some. */
final class Normal {

  private Normal() {}

  /**
   * The picture as one of the kinds.
   *
   * @param image not modified
   * @param metadata whose profile says whether a palette of grays is gray, and that gets a note if
   *     colours had to be converted
   * @return the picture itself if it is of one of the kinds already
   */
  static BufferedImage of(BufferedImage image, Metadata metadata) {
    if (Layout.holds(image)) {
      return sameSpace(image);
    }
    ColorModel colors = image.getColorModel();
    if (colors instanceof IndexColorModel palette) {
      return ofPalette(image, palette, metadata);
    }
    int space = colors.getColorSpace().getType();
    int components = colors.getNumColorComponents();
    boolean own =
        (colors instanceof ComponentColorModel || colors instanceof DirectColorModel)
            && ((components == 1 && space == ColorSpace.TYPE_GRAY)
                || (components == 3 && space == ColorSpace.TYPE_RGB));
    int type = image.getRaster().getTransferType();
    if (!own || type == DataBuffer.TYPE_DOUBLE) {
      return converted(image, metadata);
    }
    return ofSamples(image, type == DataBuffer.TYPE_FLOAT);
  }

  /** Colour models with profiles show other colours than the samples are. */
  private static BufferedImage sameSpace(BufferedImage image) {
    ColorSpace space = image.getColorModel().getColorSpace();
    int wanted = space.getType() == ColorSpace.TYPE_GRAY ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB;
    if (space.equals(ColorSpace.getInstance(wanted))) {
      return image;
    }
    BufferedImage small = Layout.of(image).create(1, 1);
    return new BufferedImage(
        small.getColorModel(), image.getRaster(), image.isAlphaPremultiplied(), null);
  }

  private static BufferedImage ofSamples(BufferedImage image, boolean floats) {
    ColorModel colors = image.getColorModel();
    Raster raster = image.getRaster();
    int most = 0;
    for (int size : colors.getComponentSize()) {
      most = Math.max(most, size);
    }
    int type =
        floats ? DataBuffer.TYPE_FLOAT : most > 8 ? DataBuffer.TYPE_USHORT : DataBuffer.TYPE_BYTE;
    Layout layout =
        new Layout(
            colors.getNumColorComponents(),
            colors.hasAlpha(),
            type,
            colors.hasAlpha() && colors.isAlphaPremultiplied());
    int width = image.getWidth();
    BufferedImage normal = layout.create(width, image.getHeight());
    int bands = layout.bands();
    double white = type == DataBuffer.TYPE_BYTE ? 255 : 65535;
    double[] row = new double[width * raster.getNumBands()];
    double[] scaled = new double[width * bands];
    for (int y = 0; y < image.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int b = 0; b < bands; b++) {
        double scale = floats ? 1 : white / (Math.pow(2, colors.getComponentSize(b)) - 1);
        for (int x = 0; x < width; x++) {
          double sample = row[x * raster.getNumBands() + b];
          // Java's ints are signed; the samples of a file are not.
          sample += sample < 0 && raster.getTransferType() == DataBuffer.TYPE_INT ? 0x1p32 : 0;
          scaled[x * bands + b] = floats ? sample : Math.rint(sample * scale);
        }
      }
      normal.getRaster().setPixels(0, y, width, 1, scaled);
    }
    return normal;
  }

  private static BufferedImage ofPalette(
      BufferedImage image, IndexColorModel palette, Metadata metadata) {
    int size = palette.getMapSize();
    int[] colors = new int[size];
    palette.getRGBs(colors);
    Layout layout = ofColors(colors, metadata);
    int width = image.getWidth();
    BufferedImage normal = layout.create(width, image.getHeight());
    byte[] samples = (byte[]) Layout.array(normal);
    int[] indices = new int[width];
    Raster raster = image.getRaster();
    for (int y = 0, to = 0; y < image.getHeight(); y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, indices);
      for (int x = 0; x < width; x++, to += layout.bands()) {
        put(colors[Math.min(indices[x], size - 1)], layout, samples, to);
      }
    }
    return normal;
  }

  /**
   * How pixels of some colours are laid out: as grays if all of them are, and the profile is not of
   * RGB.
   */
  static Layout ofColors(int[] colors, Metadata metadata) {
    byte[] profile = metadata.profile;
    boolean gray = profile == null || !Metadata.profileSpace(profile).equals("RGB ");
    boolean alpha = false;
    for (int color : colors) {
      gray &= (color >> 16 & 255) == (color & 255) && (color >> 8 & 255) == (color & 255);
      alpha |= color >>> 24 != 255;
    }
    return Layout.bytes(gray ? 1 : 3, alpha);
  }

  /** Writes a colour (alpha, red, green, blue from the highest byte) as a pixel of bytes. */
  static void put(int argb, Layout layout, byte[] samples, int to) {
    for (int c = 0; c < layout.colors(); c++) {
      samples[to + layout.offset(c)] = (byte) (argb >> (16 - 8 * c));
    }
    if (layout.alpha()) {
      samples[to + layout.offset(layout.colors())] = (byte) (argb >>> 24);
    }
  }

  private static BufferedImage converted(BufferedImage image, Metadata metadata) {
    Layout layout = Layout.bytes(3, image.getColorModel().hasAlpha());
    int width = image.getWidth();
    BufferedImage normal = layout.create(width, image.getHeight());
    byte[] samples = (byte[]) Layout.array(normal);
    int[] row = new int[width];
    for (int y = 0, to = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++, to += layout.bands()) {
        put(row[x], layout, samples, to);
      }
    }
    metadata.profile = null;
    metadata.notes.add("its colours are neither gray nor RGB, and are converted to sRGB");
    return normal;
  }

  /** A copy whose colours are not multiplied by their opacity, rounded to nearest. */
  static BufferedImage unmultiplied(BufferedImage image) {
    Layout from = Layout.of(image);
    if (!from.premultiplied()) {
      return image;
    }
    int width = image.getWidth();
    BufferedImage plain =
        new Layout(from.colors(), true, from.type(), false).create(width, image.getHeight());
    double white = from.isFloat() ? 1 : from.type() == DataBuffer.TYPE_BYTE ? 255 : 65535;
    double[] row = new double[width * from.bands()];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRaster().getPixels(0, y, width, 1, row);
      for (int i = 0; i < row.length; i += from.bands()) {
        double opacity = row[i + from.colors()] / white;
        for (int c = 0; c < from.colors() && opacity > 0; c++) {
          double sample = Math.min(white, row[i + c] / opacity);
          row[i + c] = from.isFloat() ? sample : Math.rint(sample);
        }
      }
      plain.getRaster().setPixels(0, y, width, 1, row);
    }
    return plain;
  }
}
