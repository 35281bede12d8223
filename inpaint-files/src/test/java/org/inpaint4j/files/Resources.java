package org.inpaint4j.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** The files of these tests: cases of bug reports, and kinds by {@code golden.py}. */
final class Resources {

  private Resources() {}

  /** A kind of file, and what other readers say is in it. */
  record Kind(String name, int width, int height, int channels, int bits, String hex) {

    /** Row by row, red first, two bytes each if they have 16 bits. */
    byte[] samples() {
      return HexFormat.of().parseHex(hex);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static byte[] bytes(String name) throws IOException {
    try (InputStream stream = Resources.class.getResourceAsStream(name)) {
      assertThat(stream).as(name).isNotNull();
      return stream.readAllBytes();
    }
  }

  static PictureFile picture(String name) throws IOException {
    return PictureFile.read(bytes(name));
  }

  static List<Kind> kinds() throws IOException {
    return new String(bytes("kinds/expected.txt"), StandardCharsets.US_ASCII)
        .lines()
        .map(line -> line.split(" "))
        .map(
            words ->
                new Kind(
                    words[0],
                    Integer.parseInt(words[1]),
                    Integer.parseInt(words[2]),
                    Integer.parseInt(words[3]),
                    Integer.parseInt(words[4]),
                    words[5]))
        .toList();
  }

  /** The samples of a picture, red first, two bytes each if they have 16 bits. */
  static byte[] samples(BufferedImage image) {
    int bands = image.getRaster().getNumBands();
    int[] all =
        image.getRaster().getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
    boolean wide = image.getColorModel().getComponentSize(0) == 16;
    byte[] bytes = new byte[all.length * (wide ? 2 : 1)];
    assertThat(all).hasSize(bands * image.getWidth() * image.getHeight());
    for (int i = 0; i < all.length; i++) {
      if (wide) {
        bytes[2 * i] = (byte) (all[i] >> 8);
        bytes[2 * i + 1] = (byte) all[i];
      } else {
        bytes[i] = (byte) all[i];
      }
    }
    return bytes;
  }

  /** A picture of one of the kinds with samples at random. */
  static BufferedImage random(Layout layout, int width, int height, long seed) {
    BufferedImage image = layout.create(width, height);
    Random random = new Random(seed);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int b = 0; b < layout.bands(); b++) {
          if (layout.isFloat()) {
            image.getRaster().setSample(x, y, b, random.nextFloat());
          } else {
            int most = layout.type() == DataBuffer.TYPE_BYTE ? 256 : 65536;
            image.getRaster().setSample(x, y, b, random.nextInt(most));
          }
        }
      }
    }
    return image;
  }
}
