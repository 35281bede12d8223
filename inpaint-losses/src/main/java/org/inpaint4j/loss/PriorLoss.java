package org.inpaint4j.loss;

import static com.google.common.base.Preconditions.checkArgument;

import org.inpaint4j.network.LossInputs;
import org.inpaint4j.network.LossTerm;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.ops.SDMath;

/**
 * How unlikely the generated image is according to the discriminator: {@code λ log(1 - D(G(z)))}
 * (Yeh et al., "Semantic Image Inpainting with Deep Generative Models", 2017, section 3.3).
 *
 * <p>It has no lower bound: it falls as D(G(z)) approaches 1. It is computed from the logit l, with
 * D = sigmoid(l), as {@code -λ softplus(l)}, which neither overflows nor becomes NaN.
 */
public final class PriorLoss implements LossTerm {

  private final double lambda;

  private PriorLoss(double lambda) {
    this.lambda = lambda;
  }

  /**
   * The prior loss of the paper.
   *
   * @param lambda its weight against the context loss; the paper has 0.003
   * @return the term
   * @throws IllegalArgumentException if the weight is not positive and finite
   */
  public static PriorLoss logOneMinusD(double lambda) {
    checkArgument(
        lambda > 0 && lambda < Double.POSITIVE_INFINITY,
        "lambda must be positive and finite: found %s",
        lambda);
    return new PriorLoss(lambda);
  }

  @Override
  public String name() {
    return "prior";
  }

  @Override
  public String identity() {
    return "logOneMinusD(" + lambda + ")";
  }

  @Override
  public boolean needsDiscriminator() {
    return true;
  }

  @Override
  public SDVariable add(LossInputs inputs) {
    // ND4J's softplus is log(1 + exp(l)), infinite from l = 89 on in float32. This form is exact at
    // both ends, and its derivative is sigmoid(l) everywhere, 1/2 at 0 included.
    SDMath math = inputs.graph().math();
    SDVariable logit = inputs.logits();
    SDVariable size = math.abs(logit);
    SDVariable tail = math.log1p(math.exp(math.neg(size)));
    return logit.add(size).mul(0.5).add(tail).mul(-lambda);
  }

  @Override
  public String toString() {
    return identity();
  }
}
