package org.inpaint4j.loss;

import static com.google.common.base.Preconditions.checkArgument;

import org.inpaint4j.LossInputs;
import org.inpaint4j.LossTerm;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * How unreal the generated image looks to the discriminator: {@code λ log(1 - D(G(z)))} (Yeh et
 * al., "Semantic Image Inpainting with Deep Generative Models", 2017, section 3.3).
 *
 * <p>It falls without bound as the discriminator is fooled. From the logit l, with D = sigmoid(l),
 * it is {@code -λ softplus(l)}, which neither overflows nor becomes NaN, whatever the logit.
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
  public SDVariable add(LossInputs inputs) {
    return inputs.graph().nn().softplus(inputs.logits()).mul(-lambda);
  }

  @Override
  public String toString() {
    return "logOneMinusD(" + lambda + ")";
  }
}
