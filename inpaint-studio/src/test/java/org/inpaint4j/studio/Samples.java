package org.inpaint4j.studio;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Random;
import org.inpaint4j.files.PictureFile;
import org.inpaint4j.files.PictureFormat;

/** Pictures and masks for tests. */
final class Samples {

  private Samples() {}

  /** Stripes with grain, so that no two pixels are alike for long. */
  static BufferedImage photo(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Random random = new Random(7);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int base = (x / 9 + y / 13) % 2 == 0 ? 90 : 160;
        int grain = random.nextInt(24);
        image.setRGB(x, y, (base + grain) << 16 | (base / 2 + grain) << 8 | (200 - base + grain));
      }
    }
    return image;
  }

  /** A white rectangle on black. */
  static BufferedImage mask(int width, int height, int x, int y, int across, int down) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(x, y, across, down);
    graphics.dispose();
    return image;
  }

  static byte[] png(BufferedImage image) throws IOException {
    return PictureFile.of(image).toBytes(PictureFormat.PNG);
  }

  static BufferedImage read(byte[] file) throws IOException {
    return PictureFile.read(file).image();
  }

  /** How many pixels differ outside of a rectangle. */
  static long differences(
      BufferedImage one, BufferedImage other, int x, int y, int across, int down) {
    long count = 0;
    for (int v = 0; v < one.getHeight(); v++) {
      for (int u = 0; u < one.getWidth(); u++) {
        boolean inside = u >= x && u < x + across && v >= y && v < y + down;
        if (!inside && one.getRGB(u, v) != other.getRGB(u, v)) {
          count++;
        }
      }
    }
    return count;
  }
}
