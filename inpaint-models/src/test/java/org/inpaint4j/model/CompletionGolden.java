package org.inpaint4j.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.inpaint4j.network.CompletionNetwork;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Compares a completion network with PyTorch; make_completion_golden.py made the values. */
public final class CompletionGolden {

  private CompletionGolden() {}

  /**
   * Completes the golden images.
   *
   * @param network the network
   * @param golden known pixels k, masks m, latents z, and the images
   * @param tolerance the largest difference of a sample
   */
  public static void check(CompletionNetwork network, Weights golden, double tolerance) {
    SameDiff graph = SameDiff.create();
    SDVariable image =
        network.complete(
            graph,
            graph.constant("k", TestFiles.array(golden, "k")),
            graph.constant("m", TestFiles.array(golden, "m")),
            graph.constant("z", TestFiles.array(golden, "z")));

    INDArray actual = graph.output(Map.of(), image.name()).get(image.name());

    assertThat(TestFiles.maxDifference(actual, TestFiles.array(golden, "image")))
        .isLessThanOrEqualTo(tolerance);
  }
}
