package org.inpaint4j.cli;

import com.twelvemonkeys.imageio.metadata.Directory;
import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEG;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegment;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegmentUtil;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * How a camera was held, as the EXIF data of a JPEG file says it: 1 for upright, 2 to 8 for the
 * other ways to turn and mirror a picture (Exif 2.32, tag 0x0112).
 */
final class Orientation {

  static final int UPRIGHT = 1;

  private Orientation() {}

  /**
   * Reads the orientation of a picture.
   *
   * @param file a picture of any format
   * @return from 1 to 8; 1 if the file is no JPEG, or does not say, or says it in a way that cannot
   *     be read: a photo must not fail for that
   */
  static int of(Path file) {
    try (ImageInputStream stream = ImageIO.createImageInputStream(file.toFile())) {
      if (stream == null || stream.readUnsignedShort() != JPEG.SOI) {
        return UPRIGHT;
      }
      stream.seek(0);
      List<JPEGSegment> segments = JPEGSegmentUtil.readSegments(stream, JPEG.APP1, "Exif");
      return segments.isEmpty() ? UPRIGHT : ofExif(segments.get(0));
    } catch (IOException | RuntimeException e) {
      // Whatever is broken here, the decoder has read the picture itself.
      return UPRIGHT;
    }
  }

  private static int ofExif(JPEGSegment segment) throws IOException {
    try (InputStream data = segment.data()) {
      // The name of the segment ends in two zeros; the first belongs to its identifier.
      data.skipNBytes(1);
      Directory directory = new TIFFReader().read(new MemoryCacheImageInputStream(data));
      Entry entry = directory.getEntryById(TIFF.TAG_ORIENTATION);
      return entry != null
              && entry.getValue() instanceof Number number
              && number.intValue() >= 1
              && number.intValue() <= 8
          ? number.intValue()
          : UPRIGHT;
    }
  }

  /**
   * Turns and mirrors a picture so that it is upright.
   *
   * @param stored the picture as it is stored. Not modified.
   * @param orientation from 1 to 8
   * @return a picture of the same kind with the same samples; the given one if it is upright
   */
  static BufferedImage upright(BufferedImage stored, int orientation) {
    if (orientation == UPRIGHT) {
      return stored;
    }
    int width = stored.getWidth();
    int height = stored.getHeight();
    // From 5 on, a stored row is a column of what is seen.
    boolean turned = orientation >= 5;
    boolean lastRowFirst = List.of(3, 4, 6, 7).contains(orientation);
    boolean lastPixelFirst = List.of(2, 3, 7, 8).contains(orientation);
    Raster from = stored.getRaster();
    WritableRaster to =
        from.createCompatibleWritableRaster(turned ? height : width, turned ? width : height);
    int bands = from.getNumBands();
    // Doubles hold the samples of every type of picture.
    double[] row = new double[width * bands];
    for (int y = 0; y < height; y++) {
      from.getPixels(from.getMinX(), from.getMinY() + y, width, 1, row);
      if (lastPixelFirst) {
        reverse(row, bands);
      }
      int place = lastRowFirst ? height - 1 - y : y;
      if (turned) {
        to.setPixels(place, 0, 1, width, row);
      } else {
        to.setPixels(0, place, width, 1, row);
      }
    }
    return new BufferedImage(stored.getColorModel(), to, stored.isAlphaPremultiplied(), null);
  }

  private static void reverse(double[] row, int bands) {
    for (int i = 0, j = row.length - bands; i < j; i += bands, j -= bands) {
      for (int b = 0; b < bands; b++) {
        double kept = row[i + b];
        row[i + b] = row[j + b];
        row[j + b] = kept;
      }
    }
  }
}
