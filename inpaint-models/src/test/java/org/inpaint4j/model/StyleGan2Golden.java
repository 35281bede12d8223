package org.inpaint4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.inpaint4j.network.Discriminator;
import org.inpaint4j.network.Generator;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Images and gradients that another program computed, and ours beside them. */
final class StyleGan2Golden {

  /** Of the largest value: single precision on both sides. */
  private static final double TOLERANCE = 1e-4;

  private final Weights golden;
  private final int count;
  private final int size;

  StyleGan2Golden(String file, int count, int size) {
    this.golden = TestFiles.load(file);
    this.count = count;
    this.size = size;
  }

  float[] values(String name) {
    return golden.values(name);
  }

  /** What a generator makes, and the gradient of its sum with the weights t. */
  record Result(INDArray made, INDArray gradients) {

    float[] images() {
      return floats(made);
    }

    /** Columns of the gradient [count, latent size]. */
    float[] gradient(int from, int to) {
      return floats(gradients.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to)));
    }
  }

  /** Runs a generator on latents [count, latent size]. */
  Result run(Generator generator, float[] latents) {
    SameDiff graph = SameDiff.create();
    int row = generator.latentSpace().size();
    SDVariable latent = graph.var("latent", Nd4j.create(latents, new long[] {count, row}, 'c'));
    SDVariable images = generator.generate(graph, latent);
    SDVariable t = graph.constant("t", pictures("t"));
    graph.setLossVariables(images.mul(t).sum().name());
    INDArray made = graph.outputSingle(Map.of(), images.name());
    return new Result(made, graph.calculateGradients(Map.of(), "latent").get("latent"));
  }

  /** Compares logits and their gradient. */
  void assertJudges(Discriminator discriminator) {
    SameDiff graph = SameDiff.create();
    SDVariable images = graph.var("images", pictures("images"));
    SDVariable logits = discriminator.logits(graph, images);
    graph.setLossVariables(logits.sum().name());
    assertSame(floats(graph.outputSingle(Map.of(), logits.name())), "d.logits");
    assertSame(floats(graph.calculateGradients(Map.of(), "images").get("images")), "d.dimages");
  }

  private INDArray pictures(String name) {
    return Nd4j.create(golden.values(name), new long[] {count, 3, size, size}, 'c');
  }

  private static float[] floats(INDArray array) {
    return array.dup('c').data().asFloat();
  }

  void assertSame(float[] found, String name) {
    float[] expected = golden.values(name);
    float largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(found).as(name).containsExactly(expected, within((float) (TOLERANCE * largest)));
  }
}
