package org.inpaint4j.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.Blender;
import org.inpaint4j.Discriminator;
import org.inpaint4j.Framing;
import org.inpaint4j.Generator;
import org.inpaint4j.InpaintModel;
import org.inpaint4j.LossTerm;
import org.inpaint4j.SearchOptions;
import org.inpaint4j.blend.PoissonBlender;
import org.inpaint4j.loss.ContextLoss;
import org.inpaint4j.loss.PriorLoss;

/**
 * Networks with what is needed to inpaint with them.
 *
 * @param losses the context loss, the paper's prior loss if there is a discriminator, and others
 */
record FileModel(
    Generator generator,
    Optional<Discriminator> discriminator,
    List<LossTerm> losses,
    SearchOptions search)
    implements InpaintModel {

  /** Lambda of the paper. */
  private static final double PRIOR = 0.003;

  static FileModel of(
      Generator generator,
      Optional<Discriminator> discriminator,
      int window,
      SearchOptions search,
      LossTerm... others) {
    List<LossTerm> losses = new ArrayList<>();
    losses.add(ContextLoss.weightedL1(window));
    discriminator.ifPresent(judge -> losses.add(PriorLoss.logOneMinusD(PRIOR)));
    losses.addAll(List.of(others));
    return new FileModel(generator, discriminator, List.copyOf(losses), search);
  }

  /** The paper's window of 7 at 64 pixels and 28 at 256, for images of another size. */
  static int window(Generator generator) {
    return Math.max(3, Math.round(7f * generator.imageShape().width() / 64));
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
