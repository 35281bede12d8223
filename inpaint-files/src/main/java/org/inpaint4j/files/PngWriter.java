package org.inpaint4j.files;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes PNG files of 8 or 16 bits, with profile, EXIF data and resolution.
 *
 * <p>Rows are filtered and compressed in blocks, several at once; where the blocks begin depends on
 * the picture alone, so that the same picture always gives the same file. The blocks begin at byte
 * boundaries (a sync flush), as in pigz.
 */
final class PngWriter {

  /** Large enough that the first bytes of a block, which know nothing before them, do not count. */
  private static final int BLOCK = 1 << 19;

  /** Half a percent larger than level 6, in half the time. */
  private static final int LEVEL = 4;

  /** So many bytes of a block are compressed in both ways, to choose the one for all of it. */
  private static final int SAMPLE = 1 << 15;

  /** A block without repetitions may be so much larger than with them. */
  private static final double LARGER = 1.07;

  private final OutputStream out;
  private final BufferedImage image;
  private final Layout layout;
  private final PixelRows rows;
  private final int rowsPerBlock;

  private PngWriter(BufferedImage image, OutputStream out) {
    this.out = out;
    this.image = image;
    this.layout = Layout.of(image);
    this.rows = new PixelRows(image, false);
    this.rowsPerBlock = Math.max(1, BLOCK / (rows.length() + 1));
  }

  /** A part of the rows, filtered and compressed. */
  private static final class Block {
    final byte[] filtered;
    final byte[] compressed;

    Block(byte[] filtered, byte[] compressed) {
      this.filtered = filtered;
      this.compressed = compressed;
    }
  }

  static void write(BufferedImage image, Metadata metadata, OutputStream out) throws IOException {
    new PngWriter(image, out).write(metadata);
  }

  private void write(Metadata metadata) throws IOException {
    out.write("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
    header();
    metadata(metadata);
    int height = image.getHeight();
    int blocks = (height + rowsPerBlock - 1) / rowsPerBlock;
    Adler32 sum = new Adler32();
    int together = Math.max(1, Runtime.getRuntime().availableProcessors());
    for (int first = 0; first < blocks; first += together) {
      List<Block> done =
          IntStream.range(first, Math.min(blocks, first + together))
              .parallel()
              .mapToObj(index -> block(index, index == blocks - 1))
              .toList();
      for (int i = 0; i < done.size(); i++) {
        Block block = done.get(i);
        sum.update(block.filtered);
        boolean isFirst = first + i == 0;
        boolean isLast = first + i == blocks - 1;
        ByteBuffer data =
            ByteBuffer.allocate((isFirst ? 2 : 0) + block.compressed.length + (isLast ? 4 : 0));
        if (isFirst) {
          data.put((byte) 0x78).put((byte) 0x5E);
        }
        data.put(block.compressed);
        if (isLast) {
          data.putInt((int) sum.getValue());
        }
        chunk("IDAT", data.array());
      }
    }
    chunk("IEND", new byte[0]);
  }

  private void header() throws IOException {
    int color =
        layout.colors() == 1
            ? layout.alpha() ? PngHeader.GRAY_ALPHA : PngHeader.GRAY
            : layout.alpha() ? PngHeader.RGB_ALPHA : PngHeader.RGB;
    ByteBuffer header = ByteBuffer.allocate(13);
    header.putInt(image.getWidth()).putInt(image.getHeight());
    header.put((byte) (layout.type() == DataBuffer.TYPE_BYTE ? 8 : 16)).put((byte) color);
    chunk("IHDR", header.array());
  }

  private void metadata(Metadata metadata) throws IOException {
    for (Metadata.Chunk chunk : metadata.chunks) {
      chunk(chunk.type(), chunk.content().data);
    }
    byte[] profile = metadata.profile;
    if (profile != null) {
      ByteArrayOutputStream named = new ByteArrayOutputStream();
      named.writeBytes("ICC profile\0\0".getBytes(StandardCharsets.ISO_8859_1));
      try (DeflaterOutputStream compressed = new DeflaterOutputStream(named)) {
        compressed.write(profile);
      }
      chunk("iCCP", named.toByteArray());
    }
    Metadata.Resolution dots = metadata.resolution;
    if (dots != null) {
      ByteBuffer physical = ByteBuffer.allocate(9);
      physical.putInt((int) Math.round(dots.x() / PngMetadata.INCH));
      physical.putInt((int) Math.round(dots.y() / PngMetadata.INCH));
      chunk("pHYs", physical.put((byte) 1).array());
    }
    byte[] exif = metadata.exif;
    if (exif != null) {
      chunk("eXIf", exif);
    }
    byte[] xmp = metadata.xmp;
    if (xmp != null) {
      chunk("iTXt", PngMetadata.xmpChunk(xmp));
    }
  }

  private void chunk(String type, byte[] content) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(content);
    out.write(ByteBuffer.allocate(4).putInt(content.length).array());
    out.write(name);
    out.write(content);
    out.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  private Block block(int index, boolean last) {
    int from = index * rowsPerBlock;
    int to = Math.min(image.getHeight(), from + rowsPerBlock);
    int length = rows.length();
    byte[] filtered = new byte[(to - from) * (length + 1)];
    byte[] row = new byte[length];
    byte[] above = new byte[length];
    if (from > 0) {
      rows.read(from - 1, above, 0);
    }
    int pixel = layout.bands() * layout.bytesPerSample();
    for (int y = from, at = 0; y < to; y++, at += length + 1) {
      rows.read(y, row, 0);
      PngFilter.apply(row, above, pixel, filtered, at);
      byte[] swap = above;
      above = row;
      row = swap;
    }
    return new Block(filtered, deflate(filtered, last));
  }

  /**
   * Compresses a block. The grain of photos does not repeat: where that is so, codes for single
   * bytes take about the same space as looking for repetitions, and a third of the time.
   */
  private static byte[] deflate(byte[] block, boolean last) {
    int from = Math.max(0, (block.length - SAMPLE) / 2);
    int length = Math.min(SAMPLE, block.length);
    int plain = deflate(block, from, length, Deflater.HUFFMAN_ONLY, true).length;
    int repeated = deflate(block, from, length, Deflater.DEFAULT_STRATEGY, true).length;
    int strategy = plain <= LARGER * repeated ? Deflater.HUFFMAN_ONLY : Deflater.DEFAULT_STRATEGY;
    return deflate(block, 0, block.length, strategy, last);
  }

  private static byte[] deflate(byte[] block, int from, int length, int strategy, boolean last) {
    Deflater deflater = new Deflater(LEVEL, true);
    try {
      ByteArrayOutputStream all = new ByteArrayOutputStream(length / 2 + 64);
      byte[] buffer = new byte[1 << 15];
      deflater.setStrategy(strategy);
      // The first call after a change of the strategy does nothing but change it.
      int count = deflater.deflate(buffer, 0, buffer.length, Deflater.NO_FLUSH);
      all.write(buffer, 0, count);
      deflater.setInput(block, from, length);
      if (last) {
        deflater.finish();
      }
      do {
        count = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
        all.write(buffer, 0, count);
      } while (last ? !deflater.finished() : count == buffer.length);
      return all.toByteArray();
    } finally {
      deflater.end();
    }
  }
}
