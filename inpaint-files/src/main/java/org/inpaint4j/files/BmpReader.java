package org.inpaint4j.files;

import java.awt.image.BufferedImage;
import java.io.IOException;

/**
 * Reads Windows bitmaps: 1 to 8 bits with a palette, run-length encoded or not, and 16 to 32 bits.
 * There is an alpha channel where the header says so by a mask; the fourth byte of other 32-bit
 * pictures means nothing.
 */
final class BmpReader {

  private static final int FILE_HEADER = 14;
  private static final int CORE = 12;
  private static final int RLE8 = 1;
  private static final int RLE4 = 2;
  private static final int BITFIELDS = 3;
  private static final int ALPHA_BITFIELDS = 6;
  private static final long EMBEDDED = 0x4D424544;

  private final Bytes file;
  private final Metadata metadata;
  private final int header;
  private final int width;
  private final int height;
  private final boolean fromTop;
  private final int bits;
  private final int compression;

  private BmpReader(byte[] data, Metadata metadata) throws IOException {
    this.file = new Bytes(data, true);
    this.metadata = metadata;
    this.header = file.i32(FILE_HEADER);
    boolean core = header == CORE;
    if (!core && (header < 40 || header > 4096)) {
      throw new IOException("its header must be of a known length: found " + header);
    }
    int rows = core ? file.u16(20) : file.i32(22);
    this.width = core ? file.u16(18) : file.i32(18);
    this.fromTop = rows < 0;
    this.height = Math.abs(rows);
    this.bits = file.u16(core ? 24 : 28);
    this.compression = core ? 0 : file.i32(30);
    Limits.check(width, height, bits > 8 ? 4 : 3, 1);
  }

  static BufferedImage read(byte[] data, Metadata metadata) throws IOException {
    BmpReader reader = new BmpReader(data, metadata);
    reader.describe();
    return switch (reader.bits) {
      case 1, 2, 4, 8 -> reader.indexed();
      case 16, 24, 32 -> reader.direct();
      default -> throw new IOException("it must have 1 to 32 bits a pixel: found " + reader.bits);
    };
  }

  private void describe() throws IOException {
    if (header >= 40) {
      Metadata.Resolution dots =
          new Metadata.Resolution(file.i32(38) * PngMetadata.INCH, file.i32(42) * PngMetadata.INCH);
      metadata.resolution = dots.isUsable() ? dots : null;
    }
    if (header >= 124 && file.u32(FILE_HEADER + 56) == EMBEDDED) {
      long length = file.u32(FILE_HEADER + 116);
      if (length > 0) {
        metadata.profile = file.slice(FILE_HEADER + file.u32(FILE_HEADER + 112), length);
      }
    }
  }

  /** The row of the picture that a stored row is. */
  private int place(int row) {
    return fromTop ? row : height - 1 - row;
  }

  private BufferedImage indexed() throws IOException {
    int entry = header == CORE ? 3 : 4;
    long paletteAt = (long) FILE_HEADER + header;
    long used = header == CORE ? 0 : file.u32(46);
    int size = used == 0 || used > (1 << bits) ? 1 << bits : (int) used;
    int[] colors = new int[1 << bits];
    boolean gray = metadata.profile == null;
    for (int i = 0; i < colors.length; i++) {
      long at = paletteAt + (long) i * entry;
      if (i < size && at + entry <= file.length()) {
        int blue = file.u8(at);
        int green = file.u8(at + 1);
        int red = file.u8(at + 2);
        colors[i] = 0xFF000000 | red << 16 | green << 8 | blue;
        gray &= red == green && green == blue;
      } else {
        colors[i] = 0xFF000000;
      }
    }
    Layout layout = Layout.bytes(gray ? 1 : 3, false);
    BufferedImage image = layout.create(width, height);
    byte[] samples = (byte[]) Layout.array(image);
    byte[] indices = compression == RLE8 || compression == RLE4 ? runs() : plain();
    for (int y = 0, i = 0; y < height; y++) {
      int to = place(y) * width * layout.bands();
      for (int x = 0; x < width; x++, i++, to += layout.bands()) {
        Normal.put(colors[indices[i] & 255], layout, samples, to);
      }
    }
    return image;
  }

  private byte[] plain() throws IOException {
    if (compression != 0) {
      throw new IOException("it must be compressed in a known way: found " + compression);
    }
    long stride = ((long) width * bits + 31) / 32 * 4;
    long at = file.u32(10);
    file.check(at, stride * (height - 1) + (((long) width * bits + 7) / 8));
    byte[] indices = new byte[width * height];
    for (int y = 0, i = 0; y < height; y++) {
      long row = at + y * stride;
      for (int x = 0; x < width; x++, i++) {
        long bit = (long) x * bits;
        int value = file.data[(int) (row + (bit >> 3))] >> (8 - bits - (int) (bit & 7));
        indices[i] = (byte) (value & ((1 << bits) - 1));
      }
    }
    return indices;
  }

  private byte[] runs() throws IOException {
    byte[] indices = new byte[width * height];
    long at = file.u32(10);
    int x = 0;
    int y = 0;
    while (y < height) {
      int count = file.u8(at++);
      int value = file.u8(at++);
      if (count > 0) {
        for (int i = 0; i < count; i++) {
          set(indices, x++, y, compression == RLE8 ? value : i % 2 == 0 ? value >> 4 : value & 15);
        }
      } else if (value == 0) {
        x = 0;
        y++;
      } else if (value == 1) {
        break;
      } else if (value == 2) {
        x += file.u8(at++);
        y += file.u8(at++);
      } else {
        for (int i = 0; i < value; i++) {
          int two = file.u8(at + (compression == RLE8 ? i : i / 2));
          set(indices, x++, y, compression == RLE8 ? two : i % 2 == 0 ? two >> 4 : two & 15);
        }
        int bytes = compression == RLE8 ? value : (value + 1) / 2;
        at += bytes + (bytes & 1);
      }
    }
    return indices;
  }

  private void set(byte[] indices, int x, int y, int index) {
    if (x < width && y < height) {
      indices[y * width + x] = (byte) index;
    }
  }

  private BufferedImage direct() throws IOException {
    int[] masks = masks();
    Layout layout = Layout.bytes(3, masks[3] != 0);
    BufferedImage image = layout.create(width, height);
    byte[] samples = (byte[]) Layout.array(image);
    int pixel = bits / 8;
    long stride = ((long) width * bits + 31) / 32 * 4;
    long at = file.u32(10);
    file.check(at, stride * (height - 1) + (long) width * pixel);
    for (int y = 0; y < height; y++) {
      int from = (int) (at + y * stride);
      int to = place(y) * width * layout.bands();
      for (int x = 0; x < width; x++, from += pixel, to += layout.bands()) {
        int value = 0;
        for (int k = 0; k < pixel; k++) {
          value |= (file.data[from + k] & 255) << (8 * k);
        }
        for (int b = 0; b < layout.bands(); b++) {
          samples[to + layout.offset(b)] = (byte) level(value, masks[b]);
        }
      }
    }
    return image;
  }

  private int[] masks() throws IOException {
    if (compression == BITFIELDS || compression == ALPHA_BITFIELDS) {
      int at = FILE_HEADER + 40;
      boolean hasAlpha = compression == ALPHA_BITFIELDS || header >= 56;
      return new int[] {
        file.i32(at), file.i32(at + 4), file.i32(at + 8), hasAlpha ? file.i32(at + 12) : 0
      };
    }
    if (compression != 0) {
      throw new IOException("it must be compressed in a known way: found " + compression);
    }
    return bits == 16 ? new int[] {0x7C00, 0x3E0, 0x1F, 0} : new int[] {0xFF0000, 0xFF00, 0xFF, 0};
  }

  private static int level(int value, int mask) {
    if (mask == 0) {
      return 0;
    }
    int shift = Integer.numberOfTrailingZeros(mask);
    long most = Integer.toUnsignedLong(mask) >>> shift;
    long level = Integer.toUnsignedLong(value & mask) >>> shift;
    return (int) ((level * 255 + most / 2) / most);
  }
}
