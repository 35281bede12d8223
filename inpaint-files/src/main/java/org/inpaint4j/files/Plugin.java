package org.inpaint4j.files;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.spi.ImageReaderSpi;

/** Decoding by a reader of ImageIO that we choose, not the one that happens to come first. */
final class Plugin {

  private static final String JDK = "com.sun.imageio.";
  private static final String TWELVE_MONKEYS = "com.twelvemonkeys.imageio.";

  private Plugin() {}

  static BufferedImage read(ImageReaderSpi provider, byte[] file) throws IOException {
    return read(provider.createReaderInstance(null), file);
  }

  /** With the reader that comes with Java. */
  static BufferedImage readByJdk(String format, byte[] file) throws IOException {
    return read(reader(format, JDK), file);
  }

  /** With a registered reader of TwelveMonkeys: that of JPEG stands on Java's. */
  static BufferedImage readByTwelveMonkeys(String format, byte[] file) throws IOException {
    return read(reader(format, TWELVE_MONKEYS), file);
  }

  private static ImageReader reader(String format, String maker) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (reader.getClass().getName().startsWith(maker)) {
        return reader;
      }
    }
    throw new IOException("there must be a reader of " + format + " by " + maker + ": found none");
  }

  static ImageWriter jdkWriter(String format) throws IOException {
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName(format);
    while (writers.hasNext()) {
      ImageWriter writer = writers.next();
      if (writer.getClass().getName().startsWith(JDK)) {
        return writer;
      }
    }
    throw new IOException("Java must have a writer of " + format + ": found none");
  }

  private static BufferedImage read(ImageReader reader, byte[] file) throws IOException {
    boolean[] truncated = {false};
    try (BytesStream stream = new BytesStream(file)) {
      reader.setInput(stream, true, true);
      reader.addIIOReadWarningListener(
          (source, warning) ->
              truncated[0] |= warning.toLowerCase(Locale.ROOT).contains("premature"));
      Limits.check(reader.getWidth(0), reader.getHeight(0), 1, 1);
      BufferedImage image = reader.read(0);
      if (truncated[0]) {
        throw new IOException("it ends too early");
      }
      return image;
    } finally {
      reader.dispose();
    }
  }
}
