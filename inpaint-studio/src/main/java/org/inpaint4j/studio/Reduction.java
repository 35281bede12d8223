package org.inpaint4j.studio;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.util.Arrays;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.Size;

/** Shows a part of a picture smaller, in 8 bits: each pixel is the mean of those that it covers. */
final class Reduction {

  private static final float FROM_16_BITS = 255f / 65_535f;

  private Reduction() {}

  /** The size of a picture whose longer side has at most some pixels. */
  static Size within(Size size, int most) {
    int longer = Math.max(size.width(), size.height());
    if (longer <= most) {
      return size;
    }
    double scale = (double) most / longer;
    return new Size(
        Math.max(1, (int) Math.round(size.width() * scale)),
        Math.max(1, (int) Math.round(size.height() * scale)));
  }

  /**
   * Reduces a part of a picture.
   *
   * @param image gray or RGB, with or without alpha, of 8 or 16 bits or floats. Not modified.
   * @param part lies inside the picture
   * @param to not larger than the part
   * @return gray, RGB or RGB with alpha, as the picture is
   */
  static BufferedImage of(BufferedImage image, Bounds part, Size to) {
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    BufferedImage result = new BufferedImage(to.width(), to.height(), type(bands));
    Rows rows = new Rows(raster, part);
    float[] sums = new float[to.width() * bands];
    int[] pixel = new int[4];
    for (int v = 0; v < to.height(); v++) {
      int top = (int) ((long) v * part.height() / to.height());
      int bottom = Math.max(top + 1, (int) ((long) (v + 1) * part.height() / to.height()));
      Arrays.fill(sums, 0);
      for (int y = top; y < bottom; y++) {
        rows.add(y, sums, to.width());
      }
      for (int u = 0; u < to.width(); u++) {
        int left = (int) ((long) u * part.width() / to.width());
        int right = Math.max(left + 1, (int) ((long) (u + 1) * part.width() / to.width()));
        float weight = 1f / ((right - left) * (bottom - top));
        for (int b = 0; b < bands; b++) {
          float mean = sums[u * bands + b] * weight;
          pixel[b] = Math.max(0, Math.min(255, Math.round(mean)));
        }
        if (bands == 2) {
          pixel[3] = pixel[1];
          pixel[1] = pixel[0];
          pixel[2] = pixel[0];
        }
        result.getRaster().setPixel(u, v, pixel);
      }
    }
    return result;
  }

  private static int type(int bands) {
    return switch (bands) {
      case 1 -> BufferedImage.TYPE_BYTE_GRAY;
      case 3 -> BufferedImage.TYPE_3BYTE_BGR;
      default -> BufferedImage.TYPE_4BYTE_ABGR;
    };
  }

  /** Reads rows and adds them up, as values from 0 to 255. */
  private static final class Rows {
    private final Raster raster;
    private final Bounds part;
    private final int bands;
    private final float scale;
    private byte[] bytes;
    private float[] floats;

    Rows(Raster raster, Bounds part) {
      this.raster = raster;
      this.part = part;
      this.bands = raster.getNumBands();
      boolean eight =
          raster.getTransferType() == DataBuffer.TYPE_BYTE
              && raster.getNumDataElements() == bands
              && raster.getSampleModel().getSampleSize(0) == 8;
      this.bytes = eight ? new byte[part.width() * bands] : new byte[0];
      this.floats = eight ? new float[0] : new float[part.width() * bands];
      this.scale =
          switch (raster.getTransferType()) {
            case DataBuffer.TYPE_FLOAT, DataBuffer.TYPE_DOUBLE -> 255;
            case DataBuffer.TYPE_USHORT ->
                raster.getSampleModel().getSampleSize(0) == 16 ? FROM_16_BITS : 1;
            default -> 1;
          };
    }

    void add(int row, float[] sums, int columns) {
      int width = part.width();
      if (bytes.length > 0) {
        bytes = (byte[]) raster.getDataElements(part.x(), part.y() + row, width, 1, bytes);
        for (int u = 0; u < columns; u++) {
          int from = (int) ((long) u * width / columns);
          int to = Math.max(from + 1, (int) ((long) (u + 1) * width / columns));
          for (int i = from * bands; i < to * bands; i += bands) {
            for (int b = 0; b < bands; b++) {
              sums[u * bands + b] += bytes[i + b] & 255;
            }
          }
        }
        return;
      }
      floats = raster.getPixels(part.x(), part.y() + row, width, 1, floats);
      for (int u = 0; u < columns; u++) {
        int from = (int) ((long) u * width / columns);
        int to = Math.max(from + 1, (int) ((long) (u + 1) * width / columns));
        for (int i = from * bands; i < to * bands; i += bands) {
          for (int b = 0; b < bands; b++) {
            sums[u * bands + b] += floats[i + b] * scale;
          }
        }
      }
    }
  }
}
