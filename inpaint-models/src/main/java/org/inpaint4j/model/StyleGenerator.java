package org.inpaint4j.model;

import org.inpaint4j.network.Generator;
import org.inpaint4j.network.LossTerm;

/** The generator of a StyleGAN of either kind, whose latent vectors hold noise. */
interface StyleGenerator extends Generator {

  /** The loss that keeps the noise in the latent vector white. */
  LossTerm noiseLoss(double weight);
}
