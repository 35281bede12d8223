package org.inpaint4j.train;

import java.awt.image.BufferedImage;
import org.inpaint4j.model.ModelFormatException;
import org.inpaint4j.model.StyleGan;
import org.inpaint4j.model.Weights;
import org.inpaint4j.network.Generator;

/** Draws samples of a StyleGAN at one place of its schedule. */
final class StyleSheet {

  private StyleSheet() {}

  /**
   * Draws a sheet, without truncation.
   *
   * @param imageSize rows and columns that each sample is enlarged to
   * @param draws where the latents come from; the same each time
   */
  static BufferedImage of(Weights weights, StylePlace place, int imageSize, Draws draws)
      throws ModelFormatException {
    int size = place.size();
    Generator generator = generator(weights, size);
    float[] z = SampleSheet.latents(generator.latentSpace().size(), draws);
    float[] samples = SampleSheet.samples(generator, z);
    if (place.fading()) {
      // The latents of half the size are the first part of these: z, and the noise of its blocks.
      Generator before = generator(weights, size / 2);
      int whole = generator.latentSpace().size();
      int part = before.latentSpace().size();
      float[] old =
          enlarged(
              SampleSheet.samples(
                  before,
                  StyleLayers.filled(z.length / whole * part, i -> z[i / part * whole + i % part])),
              size / 2,
              size);
      for (int i = 0; i < samples.length; i++) {
        samples[i] = old[i] + place.alpha() * (samples[i] - old[i]);
      }
    }
    return SampleSheet.draw(enlarged(samples, size, imageSize), 3, imageSize);
  }

  private static Generator generator(Weights weights, int size) throws ModelFormatException {
    return StyleGan.generator(weights, new StyleGan.Options(size, StyleGan.Space.Z, 1, false));
  }

  /** With each pixel repeated. */
  private static float[] enlarged(float[] planes, int from, int to) {
    int step = to / from;
    return StyleLayers.filled(
        planes.length * step * step,
        i -> {
          int plane = i / (to * to);
          int row = i / to % to / step;
          return planes[(plane * from + row) * from + i % to / step];
        });
  }
}
