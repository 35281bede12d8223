package org.inpaint4j.train;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** The losses of a judgement, with D the sigmoid of the logits. */
final class LogisticLoss {

  private LogisticLoss() {}

  /** The mean of -log D over a batch: small where the images are taken for real ones. */
  static SDVariable ofReal(SDVariable logits) {
    return softplus(logits.neg()).mean();
  }

  /** The mean of -log(1 - D) over a batch: small where the images are taken for generated ones. */
  static SDVariable ofGenerated(SDVariable logits) {
    return softplus(logits).mean();
  }

  /**
   * log(1 + exp(l)), finite for every l; ND4J's own overflows from l = 89 on. The derivative is
   * sigmoid(l).
   */
  static SDVariable softplus(SDVariable logit) {
    SameDiff graph = logit.getSameDiff();
    SDVariable size = graph.math().abs(logit);
    SDVariable tail = graph.math().log1p(graph.math().exp(graph.math().neg(size)));
    return logit.add(size).mul(0.5).add(tail);
  }
}
