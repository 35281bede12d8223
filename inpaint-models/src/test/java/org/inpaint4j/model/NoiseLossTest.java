package org.inpaint4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.network.LossInputs;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The regulariser of the noise; make_noise_golden.py made the values with PyTorch. */
class NoiseLossTest {

  private static final int START = 3;

  private static final int SIZE = START + 16 + 64 + 256;

  /** Only a latent. */
  private record Latent(SameDiff graph, SDVariable latent) implements LossInputs {
    @Override
    public ImageShape imageShape() {
      throw new UnsupportedOperationException("the noise has its own shape");
    }

    @Override
    public SDVariable generated() {
      throw new UnsupportedOperationException("the noise loss looks at the latent alone");
    }

    @Override
    public SDVariable target() {
      throw new UnsupportedOperationException("the noise loss looks at the latent alone");
    }

    @Override
    public SDVariable mask() {
      throw new UnsupportedOperationException("the noise loss looks at the latent alone");
    }

    @Override
    public SDVariable logits() {
      throw new UnsupportedOperationException("the noise loss looks at the latent alone");
    }

    @Override
    public SDVariable perImage(String name, Computation computation, long... shape) {
      throw new UnsupportedOperationException("the noise loss looks at the latent alone");
    }
  }

  private static float[] losses(int images, float[] latents) {
    SameDiff graph = SameDiff.create();
    SDVariable latent =
        graph.constant(Nd4j.create(latents, new long[] {images, latents.length / images}, 'c'));
    SDVariable loss = new NoiseLoss(START, List.of(4, 8, 16), 2).add(new Latent(graph, latent));
    return graph.outputSingle(Map.of(), loss.name()).toFloatVector();
  }

  /** Twice the sum of: mean² = 1, (1 - 1)², and of the 1 + 1 + 2 sizes two products of 1 each. */
  @Test
  void noise_allOnes_hasHandComputedLoss() {
    float[] ones = new float[SIZE];
    java.util.Arrays.fill(ones, 1);

    assertThat(losses(1, ones)[0]).isCloseTo(2 * (3 * 1 + 2 * 4), within(1e-5f));
  }

  @Test
  void noise_hashed_equalsPyTorchForEachImage() {
    float[] two = HashedWeights.hashed("noise loss", 2 * SIZE);
    Weights golden = TestFiles.load("noise-golden.safetensors");

    float[] found = losses(2, two);

    // float32 against float64: sums of up to 256 values.
    assertThat(found).containsExactly(golden.values("loss"), within(1e-5f));
    SameDiff graph = SameDiff.create();
    SDVariable latent = graph.var("latent", Nd4j.create(two, new long[] {2, SIZE}, 'c'));
    SDVariable sum =
        new NoiseLoss(START, List.of(4, 8, 16), 2).add(new Latent(graph, latent)).sum();
    graph.setLossVariables(sum.name());
    INDArray gradient = graph.calculateGradients(Map.of(), "latent").get("latent").dup('c');
    assertThat(gradient.data().asFloat()).containsExactly(golden.values("gradient"), within(1e-5f));
  }
}
