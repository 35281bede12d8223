package org.inpaint4j.completion;

import java.util.List;
import java.util.Set;
import org.inpaint4j.graph.Engine;
import org.inpaint4j.graph.GraphPlan;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Mask;
import org.inpaint4j.network.CompletionNetwork;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A completion network for one image at a time. What depends on the image alone is computed once
 * for all latents.
 *
 * <p>One image, never a batch: so a result does not depend on what else is filled.
 */
final class CompletionPlan implements AutoCloseable {

  private static final String KNOWN = "known";
  private static final String MASK = "mask";
  private static final String LATENT = "latent";

  private final ImageShape shape;
  private final GraphPlan plan;
  private final String image;
  // Constants of the plan live as long as the graph.
  private final SameDiff graph;

  CompletionPlan(CompletionNetwork network) {
    shape = network.imageShape();
    graph = Engine.newGraph();
    SDVariable known = input(KNOWN, shape.channels(), shape.height(), shape.width());
    SDVariable mask = input(MASK, 1, shape.height(), shape.width());
    SDVariable latent = input(LATENT, network.latentSize());
    image = network.complete(graph, known, mask, latent).name();
    plan = GraphPlan.frozen(graph, List.of(Set.of(KNOWN, MASK), Set.of(LATENT)), Set.of(image));
  }

  private SDVariable input(String name, int... item) {
    long[] dimensions = new long[item.length + 1];
    dimensions[0] = 1;
    for (int i = 0; i < item.length; i++) {
      dimensions[i + 1] = item[i];
    }
    return graph.placeHolder(name, DataType.FLOAT, dimensions);
  }

  /**
   * Loads an image.
   *
   * @param target [C, H, W] from 0 to 1; what it holds in the hole is not looked at. Not modified.
   * @param mask as large
   */
  void load(ImagePlanes target, Mask mask) {
    int pixels = shape.pixels().pixels();
    float[] known = new float[shape.size()];
    float[] one = new float[pixels];
    for (int i = 0; i < pixels; i++) {
      if (!mask.isHole(i % shape.width(), i / shape.width())) {
        one[i] = 1;
        for (int at = i; at < known.length; at += pixels) {
          known[at] = 2 * target.samples()[at] - 1;
        }
      }
    }
    plan.set(KNOWN, known, 0);
    plan.set(MASK, one, 0);
    plan.run(0);
  }

  /**
   * Completes the image that was loaded.
   *
   * @param latent not modified
   * @return a new image, [C, H, W], about 0 to 1, not clamped
   */
  ImagePlanes run(float[] latent) {
    plan.set(LATENT, latent, 0);
    plan.run(1);
    float[] samples = new float[shape.size()];
    plan.get(image, samples, 0);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = 0.5f * samples[i] + 0.5f;
    }
    return new ImagePlanes(shape.channels(), shape.pixels(), samples);
  }

  @Override
  public void close() {
    plan.close();
  }
}
