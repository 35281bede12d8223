package org.inpaint4j;

import java.awt.image.BufferedImage;
import java.util.Random;
import org.inpaint4j.image.Mask;

/** Pictures and masks that several tests use. */
final class Pictures {

  private Pictures() {}

  /** Random pixels from a seed. */
  static BufferedImage noise(int width, int height, int type, long seed) {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt());
      }
    }
    return image;
  }

  /** All pixels as Java shows them. */
  static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  /** A mask whose hole is that of two. */
  static Mask union(Mask one, Mask other) {
    return Mask.of(one.width(), one.height(), (x, y) -> one.isHole(x, y) || other.isHole(x, y));
  }
}
