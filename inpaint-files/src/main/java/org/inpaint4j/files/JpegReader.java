package org.inpaint4j.files;

import java.awt.image.BufferedImage;
import java.io.IOException;

/**
 * Reads JPEG files. Java's reader is given the samples alone, so that it cannot convert them from a
 * profile to sRGB; CMYK and other rare kinds are decoded by TwelveMonkeys' reader.
 */
final class JpegReader {

  private JpegReader() {}

  static BufferedImage read(byte[] file, Metadata metadata) throws IOException {
    JpegSegments segments = new JpegSegments(file);
    segments.read(metadata);
    if (segments.isCommon()) {
      return Plugin.readByJdk("jpeg", segments.samplesOnly());
    }
    if (segments.components == 4) {
      metadata.profile = null;
      metadata.notes.add("its colours are CMYK, and are converted to RGB");
    }
    return Plugin.readByTwelveMonkeys("jpeg", file);
  }
}
