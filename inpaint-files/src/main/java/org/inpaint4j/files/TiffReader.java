package org.inpaint4j.files;

import com.twelvemonkeys.imageio.plugins.tiff.BigTIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;

/** Reads the first picture of a TIFF file; its samples are decoded by TwelveMonkeys' reader. */
final class TiffReader {

  static final int WIDTH = 256;
  static final int HEIGHT = 257;
  static final int BITS = 258;
  static final int PHOTOMETRIC = 262;
  static final int STRIP_OFFSETS = 273;
  static final int SAMPLES = 277;
  static final int STRIP_BYTES = 279;
  static final int TILE_OFFSETS = 324;
  static final int TILE_BYTES = 325;
  static final int XMP = 700;
  static final int PROFILE = 34675;

  private TiffReader() {}

  static BufferedImage read(byte[] file, Metadata metadata) throws IOException {
    Bytes bytes = new Bytes(file, file[0] == 'I');
    boolean big = Ifd.isBig(bytes);
    Ifd ifd = big ? Ifd.firstOfBig(bytes) : Ifd.first(file);
    int depth = ifd.number(BITS, 1) > 8 ? ifd.number(BITS, 1) > 16 ? 4 : 2 : 1;
    int bands = (int) ifd.number(SAMPLES, 1);
    Limits.check(ifd.number(WIDTH, 0), ifd.number(HEIGHT, 0), Math.max(1, bands), depth);
    checkWhole(ifd, bytes);
    take(ifd, metadata);
    return Plugin.read(big ? new BigTIFFImageReaderSpi() : new TIFFImageReaderSpi(), file);
  }

  private static void checkWhole(Ifd ifd, Bytes bytes) throws IOException {
    for (List<Integer> tags :
        List.of(List.of(STRIP_OFFSETS, STRIP_BYTES), List.of(TILE_OFFSETS, TILE_BYTES))) {
      Ifd.Field offsets = ifd.field(tags.get(0));
      Ifd.Field counts = ifd.field(tags.get(1));
      for (int i = 0; offsets != null && counts != null && i < counts.count(); i++) {
        bytes.check(offsets.number(i), counts.number(i));
      }
    }
  }

  private static void take(Ifd ifd, Metadata metadata) throws IOException {
    metadata.orientation = Exif.orientation(ifd);
    metadata.resolution = Exif.resolution(ifd);
    Ifd.Field profile = ifd.field(PROFILE);
    metadata.profile = profile == null ? null : profile.value();
    Ifd.Field xmp = ifd.field(XMP);
    metadata.xmp = xmp == null ? null : xmp.value();
    metadata.exif = Exif.ofPicture(ifd);
  }
}
