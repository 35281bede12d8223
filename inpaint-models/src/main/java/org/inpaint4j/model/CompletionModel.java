package org.inpaint4j.model;

import org.inpaint4j.Framing;
import org.inpaint4j.InpaintModel;
import org.inpaint4j.blend.PoissonBlender;
import org.inpaint4j.completion.CompletionFill;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.Filler;
import org.inpaint4j.network.CompletionNetwork;

/**
 * A completion network of a file, shown the square at the centre of the photo.
 *
 * @param network the network
 */
record CompletionModel(CompletionNetwork network) implements InpaintModel {

  @Override
  public Filler filler() {
    return CompletionFill.of(network);
  }

  @Override
  public Framing framing() {
    return Framing.centeredSquare();
  }

  @Override
  public Blender blender() {
    return PoissonBlender.create();
  }
}
