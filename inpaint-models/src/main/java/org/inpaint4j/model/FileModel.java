package org.inpaint4j.model;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.inpaint4j.Framing;
import org.inpaint4j.LatentModel;
import org.inpaint4j.blend.DistanceBlender;
import org.inpaint4j.blend.PoissonBlender;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.Filler;
import org.inpaint4j.loss.ContextLoss;
import org.inpaint4j.loss.PriorLoss;
import org.inpaint4j.network.Discriminator;
import org.inpaint4j.network.Generator;
import org.inpaint4j.network.LossTerm;
import org.inpaint4j.search.SearchOptions;

/**
 * Networks with what is needed to inpaint with them.
 *
 * @param losses the context loss and others
 * @param outside makes what fills pixels outside of the squares, see {@link #rest}
 */
record FileModel(
    Generator generator,
    Optional<Discriminator> discriminator,
    List<LossTerm> losses,
    SearchOptions search,
    Framing framing,
    Blender blender,
    Supplier<Optional<Filler>> outside)
    implements LatentModel {

  /** Lambda of the paper. */
  private static final double PRIOR = 0.003;

  /**
   * The weight of known pixels far from the hole. Weights of 0.02 to 0.05 are equally good, 0.1 is
   * worse.
   */
  private static final double EVERYWHERE = 0.02;

  /** With the losses and the blending of the paper. */
  static FileModel of(
      Generator generator,
      Optional<Discriminator> discriminator,
      SearchOptions search,
      LossTerm... others) {
    List<LossTerm> losses = new ArrayList<>();
    losses.add(ContextLoss.weightedL1(generator.imageShape()));
    discriminator.ifPresent(judge -> losses.add(PriorLoss.logOneMinusD(PRIOR)));
    losses.addAll(List.of(others));
    return new FileModel(
        generator,
        discriminator,
        List.copyOf(losses),
        search,
        Framing.centeredSquare(),
        PoissonBlender.create(),
        Optional::empty);
  }

  /** A DCGAN with the losses, the search and the blending that suit it. */
  static FileModel likeDcgan(Generator generator, Optional<Discriminator> discriminator) {
    return new FileModel(
        generator,
        discriminator,
        List.of(ContextLoss.weightedL1(generator.imageShape()).everywhere(EVERYWHERE)),
        SearchOptions.balanced(),
        Framing.centeredSquare(),
        DistanceBlender.create(),
        Optional::empty);
  }

  /** The networks and the framing of a model, used as the paper does. */
  static FileModel asInPaper(LatentModel model) {
    if (!(model.generator() instanceof StyleGenerator style)) {
      return of(model.generator(), model.discriminator(), SearchOptions.paperDcgan())
          .framedAs(model);
    }
    int size = style.options().size();
    Generator inZ =
        style.options().space() == StyleGan.Space.Z
            ? style
            : style.with(StyleGan.Options.paper().withSize(size));
    return of(inZ, model.discriminator(), StyleGan.paperSearch(size)).framedAs(model);
  }

  /**
   * {@link #asInPaper} with batch norm in training mode.
   *
   * @throws IllegalArgumentException if a network is no DCGAN
   */
  static FileModel asInReference(LatentModel model) {
    checkArgument(
        model.generator() instanceof DcganGenerator
            && model.discriminator().stream().allMatch(DcganDiscriminator.class::isInstance),
        "batch statistics must be those of a DCGAN: found %s",
        model.generator().identity());
    Generator generator = ((DcganGenerator) model.generator()).with(Dcgan.BatchNorm.BATCH);
    Optional<Discriminator> discriminator =
        model
            .discriminator()
            .map(judge -> ((DcganDiscriminator) judge).with(Dcgan.BatchNorm.BATCH));
    return of(generator, discriminator, SearchOptions.paperDcgan()).framedAs(model);
  }

  /** A model with another search. */
  static FileModel searched(LatentModel model, SearchOptions search) {
    return new FileModel(
        model.generator(),
        model.discriminator(),
        model.losses(),
        search,
        model.framing(),
        model.blender(),
        model::rest);
  }

  /** What is shown to the networks, and what fills the rest, as another model has it. */
  FileModel framedAs(LatentModel model) {
    return new FileModel(
        generator, discriminator, losses, search, model.framing(), blender, model::rest);
  }

  @Override
  public Optional<Filler> rest() {
    return outside.get();
  }
}
