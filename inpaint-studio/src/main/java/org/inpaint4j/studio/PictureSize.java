package org.inpaint4j.studio;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** How large a picture claims to be, read from its header alone. */
final class PictureSize {

  private PictureSize() {}

  /**
   * Refuses a picture that is too large, before it is decoded.
   *
   * @param what what it is, the first words of the message
   * @param file its bytes
   * @param most the pixels it may have
   * @throws Refusal if its header says more
   */
  static void check(String what, byte[] file, long most) {
    long pixels = pixels(file);
    if (pixels > most) {
      throw new Refusal(
          Refusal.TOO_LARGE,
          what + " must have at most " + most + " pixels: its header says " + pixels);
    }
  }

  /** The pixels; 0 if no header was understood, which is left to whoever decodes. */
  private static long pixels(byte[] file) {
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      long pixels = 0;
      while (pixels == 0 && readers.hasNext()) {
        stream.seek(0);
        pixels = pixels(readers.next(), stream);
      }
      return pixels;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      return 0;
    }
  }

  private static long pixels(ImageReader reader, ImageInputStream stream) {
    try {
      reader.setInput(stream, true, true);
      return (long) reader.getWidth(0) * reader.getHeight(0);
    } catch (IOException | RuntimeException e) {
      // Broken for this reader; another one may know more.
      return 0;
    } finally {
      reader.dispose();
    }
  }
}
