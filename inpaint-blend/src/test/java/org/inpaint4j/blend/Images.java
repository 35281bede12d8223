package org.inpaint4j.blend;

import java.util.Random;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Size;

/** Images with everything in them that a photograph has: shades, edges and noise. */
final class Images {

  private Images() {}

  static ImagePlanes textured(int channels, int width, int height, long seed) {
    Random random = new Random(seed);
    ImagePlanes image = ImagePlanes.zeros(channels, new Size(width, height));
    double fx = 3 + 5 * random.nextDouble();
    double fy = 3 + 5 * random.nextDouble();
    for (int c = 0, i = 0; c < channels; c++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++, i++) {
          double shade = 0.5 + 0.3 * Math.sin(fx * x / width + c) * Math.cos(fy * y / height);
          double edge = (x / 16 + y / 16 + c) % 3 == 0 ? 0.15 : 0;
          image.samples()[i] = (float) (shade + edge + 0.05 * random.nextGaussian());
        }
      }
    }
    return image;
  }
}
