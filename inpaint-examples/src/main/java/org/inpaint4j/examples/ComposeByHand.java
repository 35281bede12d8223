package org.inpaint4j.examples;

import java.io.IOException;
import java.nio.file.Path;
import org.inpaint4j.Inpainter;
import org.inpaint4j.blend.PoissonBlender;
import org.inpaint4j.loss.ContextLoss;
import org.inpaint4j.loss.PriorLoss;
import org.inpaint4j.model.Dcgan;
import org.inpaint4j.model.Weights;
import org.inpaint4j.search.SearchOptions;

/** Every part chosen by hand: networks from a file, losses, search, blender. */
final class ComposeByHand {

  private ComposeByHand() {}

  /**
   * The arithmetic of the paper with a DCGAN of one's own.
   *
   * @param file a safetensors file or a PyTorch checkpoint with a generator and a discriminator
   * @param steps gradient steps; the paper takes 1500
   * @return an inpainter; to be closed
   */
  static Inpainter compose(Path file, int steps) throws IOException {
    Weights weights = Weights.load(file);
    return Inpainter.builder()
        .generator(Dcgan.generator(weights))
        .discriminator(Dcgan.discriminator(weights))
        .loss(ContextLoss.weightedL1(7))
        .loss(PriorLoss.logOneMinusD(0.003))
        .search(SearchOptions.paperDcgan().toBuilder().steps(steps).restarts(2).build())
        .blender(PoissonBlender.create())
        .build();
  }
}
