package org.inpaint4j.files;

import java.awt.image.BufferedImage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Puts the rows of a PNG file into a picture: 1 to 4 bits become 8, palettes become colours. */
final class PngPixels {

  private final PngHeader header;
  private final Layout layout;
  private final BufferedImage image;
  private final int @Nullable [] colors;

  /** The samples that are transparent; empty if none are. */
  private final int[] transparent;

  PngPixels(
      PngHeader header,
      byte @Nullable [] palette,
      byte @Nullable [] transparency,
      Metadata metadata)
      throws IOException {
    this.header = header;
    boolean hasKey =
        transparency != null
            && (header.color() == PngHeader.GRAY || header.color() == PngHeader.RGB);
    this.transparent = hasKey ? key(transparency, header.samples()) : new int[0];
    if (header.color() == PngHeader.PALETTE) {
      if (palette == null || palette.length < 3) {
        throw new IOException("it must have a palette: found none");
      }
      int[] found = colors(palette, transparency);
      this.colors = found;
      this.layout = Normal.ofColors(found, metadata);
    } else {
      this.colors = null;
      boolean gray = header.color() == PngHeader.GRAY || header.color() == PngHeader.GRAY_ALPHA;
      boolean alpha =
          header.color() == PngHeader.GRAY_ALPHA || header.color() == PngHeader.RGB_ALPHA || hasKey;
      this.layout =
          header.depth() == 16
              ? Layout.shorts(gray ? 1 : 3, alpha)
              : Layout.bytes(gray ? 1 : 3, alpha);
    }
    this.image = layout.create(header.width(), header.height());
  }

  private static int[] key(byte @Nullable [] transparency, int samples) throws IOException {
    Bytes bytes = new Bytes(transparency == null ? new byte[0] : transparency, false);
    int[] key = new int[samples];
    for (int c = 0; c < samples; c++) {
      key[c] = bytes.u16(2L * c);
    }
    return key;
  }

  private static int[] colors(byte[] palette, byte @Nullable [] opacities) {
    int[] colors = new int[palette.length / 3];
    for (int i = 0; i < colors.length; i++) {
      int alpha = opacities != null && i < opacities.length ? opacities[i] & 255 : 255;
      colors[i] =
          alpha << 24
              | (palette[3 * i] & 255) << 16
              | (palette[3 * i + 1] & 255) << 8
              | (palette[3 * i + 2] & 255);
    }
    return colors;
  }

  BufferedImage image() {
    return image;
  }

  /** Puts a row of so many pixels into every {@code step}th column from {@code first} on. */
  void put(byte[] row, int count, int first, int step, int y) throws IOException {
    int bands = layout.bands();
    int to = (y * header.width() + first) * bands;
    int further = step * bands;
    Object samples = Layout.array(image);
    int[] palette = colors;
    if (palette != null) {
      for (int i = 0; i < count; i++, to += further) {
        int index = bits(row, i);
        if (index >= palette.length) {
          throw new IOException("its palette must have all colours: found no colour " + index);
        }
        Normal.put(palette[index], layout, (byte[]) samples, to);
      }
    } else if (samples instanceof short[] shorts) {
      putShorts(row, count, shorts, to, further);
    } else {
      putBytes(row, count, (byte[]) samples, to, further);
    }
  }

  private void putShorts(byte[] row, int count, short[] samples, int start, int further) {
    int stored = header.samples();
    for (int i = 0, from = 1, to = start; i < count; i++, to += further) {
      boolean clear = transparent.length > 0;
      for (int s = 0; s < stored; s++, from += 2) {
        int sample = (row[from] & 255) << 8 | (row[from + 1] & 255);
        samples[to + s] = (short) sample;
        clear &= s < transparent.length && sample == transparent[s];
      }
      if (transparent.length > 0) {
        samples[to + stored] = (short) (clear ? 0 : 0xFFFF);
      }
    }
  }

  private void putBytes(byte[] row, int count, byte[] samples, int start, int further) {
    int stored = header.samples();
    if (stored == 1 && further == 1 && header.depth() == 8) {
      System.arraycopy(row, 1, samples, start, count);
      return;
    }
    int scale = 255 / ((1 << header.depth()) - 1);
    int[] offsets = new int[layout.bands()];
    for (int b = 0; b < offsets.length; b++) {
      offsets[b] = layout.offset(b);
    }
    for (int i = 0, from = 1, to = start; i < count; i++, to += further) {
      boolean clear = transparent.length > 0;
      for (int s = 0; s < stored; s++, from++) {
        int sample = header.depth() == 8 ? row[from] & 255 : bits(row, i);
        samples[to + offsets[s]] = (byte) (sample * scale);
        clear &= s < transparent.length && sample == transparent[s];
      }
      if (transparent.length > 0) {
        samples[to + offsets[stored]] = (byte) (clear ? 0 : 255);
      }
    }
  }

  /** Sample i of a row of one sample a pixel and up to 8 bits. */
  private int bits(byte[] row, int i) {
    int depth = header.depth();
    int bit = i * depth;
    return (row[1 + (bit >> 3)] >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
  }
}
