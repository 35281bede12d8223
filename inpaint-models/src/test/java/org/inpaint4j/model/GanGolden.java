package org.inpaint4j.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.inpaint4j.network.Discriminator;
import org.inpaint4j.network.Generator;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Compares a generator and a discriminator with what PyTorch made of the same weights. For the
 * tests of other modules too.
 */
public final class GanGolden {

  private GanGolden() {}

  /**
   * Checks images, logits and gradients. What z leaves out at the end of a latent vector is 0.
   *
   * @param golden z, t, images, logits, imageGradient and priorGradient, as make_dcgan_golden.py
   *     writes them
   * @param tolerance the largest difference
   */
  public static void check(
      Generator generator, Discriminator discriminator, Weights golden, double tolerance) {
    INDArray z = TestFiles.array(golden, "z");
    SameDiff graph = SameDiff.create();
    SDVariable latent = graph.var("latent", z);
    long others = generator.latentSpace().size() - z.size(1);
    SDVariable whole =
        others == 0
            ? latent
            : graph.concat(
                1, latent, graph.constant(Nd4j.zeros(DataType.FLOAT, z.size(0), others)));
    SDVariable images = generator.generate(graph, whole);
    SDVariable logits = discriminator.logits(graph, images);
    SDVariable t = graph.constant("t", TestFiles.array(golden, "t"));
    SDVariable ofImages = images.mul(t).sum();
    SDVariable prior = graph.nn().softplus(logits).neg().sum();

    Map<String, INDArray> outputs = graph.output(Map.of(), images.name(), logits.name());

    assertThat(outputs.get(images.name()).dataType()).isEqualTo(DataType.FLOAT);
    assertClose(outputs.get(images.name()), golden, "images", tolerance);
    assertClose(outputs.get(logits.name()), golden, "logits", tolerance);
    assertClose(gradient(graph, ofImages), golden, "imageGradient", tolerance);
    assertClose(gradient(graph, prior), golden, "priorGradient", tolerance);
  }

  private static INDArray gradient(SameDiff graph, SDVariable loss) {
    SameDiff copy = graph.dup();
    copy.setLossVariables(loss.name());
    return copy.calculateGradients(Map.of(), "latent").get("latent");
  }

  private static void assertClose(INDArray actual, Weights golden, String name, double tolerance) {
    assertThat(TestFiles.maxDifference(actual, TestFiles.array(golden, name)))
        .as(name)
        .isLessThanOrEqualTo(tolerance);
  }
}
