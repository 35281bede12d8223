package org.inpaint4j.train;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inpaint4j.graph.Engine;
import org.inpaint4j.graph.GraphPlan;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.network.Generator;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/** Draws images side by side. */
final class SampleSheet {

  private static final int COLUMNS = 8;
  private static final int ROWS = 4;
  private static final int GAP = 2;

  private SampleSheet() {}

  /**
   * Draws a sheet.
   *
   * @param generator of range -1 to 1
   * @param draws where the latents come from; the same each time
   */
  static BufferedImage of(Generator generator, Draws draws) {
    float[] samples = samples(generator, latents(generator.latentSpace().size(), draws));
    return draw(samples, generator.imageShape().channels(), generator.imageShape().height());
  }

  /** The latents of a sheet, one after the other. */
  static float[] latents(int size, Draws draws) {
    float[] z = new float[COLUMNS * ROWS * size];
    draws.normal(Draws.Purpose.SAMPLES, 0, z);
    return z;
  }

  /** What a generator makes of latents that lie one after the other, [N, C, H, W]. */
  static float[] samples(Generator generator, float[] z) {
    int size = generator.latentSpace().size();
    int count = z.length / size;
    ImageShape shape = generator.imageShape();
    float[] samples = new float[count * shape.channels() * shape.height() * shape.width()];
    SameDiff graph = Engine.newGraph();
    SDVariable latent = graph.placeHolder("z", DataType.FLOAT, count, size);
    SDVariable images = generator.generate(graph, latent);
    try (GraphPlan plan =
        GraphPlan.trainable(graph, List.of(Set.of("z")), Map.of(), Set.of(images.name()))) {
      plan.set("z", z, 0);
      plan.run(0);
      plan.get(images.name(), samples, 0);
    }
    return samples;
  }

  /**
   * Draws images in rows of eight.
   *
   * @param samples [N, C, H, W] in -1 to 1
   */
  static BufferedImage draw(float[] samples, int channels, int side) {
    return draw(samples, channels, side, COLUMNS);
  }

  /**
   * Draws images in rows.
   *
   * @param samples [N, C, H, W] in -1 to 1
   * @param columns images in a row
   */
  static BufferedImage draw(float[] samples, int channels, int side, int columns) {
    int step = side + GAP;
    int pixels = side * side;
    int count = samples.length / (channels * pixels);
    int rows = (count + columns - 1) / columns;
    BufferedImage sheet =
        new BufferedImage(columns * step + GAP, rows * step + GAP, BufferedImage.TYPE_INT_RGB);
    for (int n = 0; n < count; n++) {
      for (int i = 0; i < pixels; i++) {
        int rgb = 0;
        for (int c = 0; c < 3; c++) {
          float sample = samples[(n * channels + Math.min(c, channels - 1)) * pixels + i];
          rgb = rgb << 8 | Math.round(127.5f * (Math.max(-1, Math.min(1, sample)) + 1));
        }
        int x = GAP + n % columns * step + i % side;
        int y = GAP + n / columns * step + i / side;
        sheet.setRGB(x, y, rgb);
      }
    }
    return sheet;
  }
}
