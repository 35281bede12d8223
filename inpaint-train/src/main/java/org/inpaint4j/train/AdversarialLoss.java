package org.inpaint4j.train;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** What a discriminator and a generator are trained for, by the logits of a batch of images. */
enum AdversarialLoss {
  /**
   * Of a probability D, the sigmoid of the logit: -log D(x) - log(1 - D(G(z))) for the
   * discriminator, -log D(G(z)) for the generator (Goodfellow et al., <i>Generative Adversarial
   * Nets</i>, NeurIPS 2014, with the non-saturating loss of its section 3). Its penalty is R1
   * (Mescheder, Geiger, Nowozin, <i>Which Training Methods for GANs do actually Converge?</i>, ICML
   * 2018).
   */
  LOGISTIC("-log D(x) - log(1 - D(G(z)))", "-log D(G(z))") {
    @Override
    SDVariable ofReal(SDVariable logits) {
      return softplus(logits.neg()).mean();
    }

    @Override
    SDVariable ofGenerated(SDVariable logits) {
      return softplus(logits).mean();
    }

    @Override
    SDVariable ofJudged(SDVariable logits) {
      return ofReal(logits);
    }

    @Override
    SDVariable penalty(SDVariable slope) {
      return slope.getSameDiff().math().square(slope).mean();
    }
  },

  /**
   * Of logits D that are not bounded: D(G(z)) - D(x) for the discriminator, -D(G(z)) for the
   * generator (Arjovsky, Chintala, Bottou, <i>Wasserstein Generative Adversarial Networks</i>, ICML
   * 2017). Its penalty keeps the gradient of D near 1 (Gulrajani et al., <i>Improved Training of
   * Wasserstein GANs</i>, NeurIPS 2017).
   */
  WASSERSTEIN("D(G(z)) - D(x)", "-D(G(z))") {
    /** With a thousandth of D(x)², which keeps the logits near 0 (Karras et al. 2018). */
    @Override
    SDVariable ofReal(SDVariable logits) {
      SDVariable squares = logits.getSameDiff().math().square(logits).mean();
      return squares.mul(DRIFT).sub(logits.mean());
    }

    @Override
    SDVariable ofGenerated(SDVariable logits) {
      return logits.mean();
    }

    @Override
    SDVariable ofJudged(SDVariable logits) {
      return logits.mean().neg();
    }

    @Override
    SDVariable penalty(SDVariable slope) {
      SameDiff graph = slope.getSameDiff();
      SDVariable size = graph.math().abs(slope).mean();
      return graph.math().square(slope).mean().sub(size.mul(Math.sqrt(2 * Math.PI))).add(1);
    }
  };

  private static final double DRIFT = 0.001;

  /** The formula of the discriminator's loss. */
  final String ofDiscriminator;

  /** The formula of the generator's loss. */
  final String ofGenerator;

  AdversarialLoss(String ofDiscriminator, String ofGenerator) {
    this.ofDiscriminator = ofDiscriminator;
    this.ofGenerator = ofGenerator;
  }

  /** The mean loss of real images for the discriminator. */
  abstract SDVariable ofReal(SDVariable logits);

  /** The mean loss of generated images for the discriminator. */
  abstract SDVariable ofGenerated(SDVariable logits);

  /** The mean loss of generated images for the generator. */
  abstract SDVariable ofJudged(SDVariable logits);

  /**
   * The mean penalty of the discriminator, an estimate by finite differences: the engine has no
   * derivative of a derivative.
   *
   * @param slope the change of the logit of each image under Gaussian noise, over the deviation of
   *     the noise. The mean of slope² is that of |gradient|², of slope² - sqrt(2 π) |slope| + 1
   *     that of (|gradient| - 1)², but for the curvature of D over so short a way.
   */
  abstract SDVariable penalty(SDVariable slope);

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
