package org.inpaint4j.model;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;
import java.util.Optional;
import org.inpaint4j.Framing;
import org.inpaint4j.LatentModel;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.Filler;
import org.inpaint4j.network.Discriminator;
import org.inpaint4j.network.Generator;
import org.inpaint4j.network.LossTerm;
import org.inpaint4j.search.SearchOptions;

/**
 * The networks and the framing of a model, used as the paper does.
 *
 * @param model the model
 * @param paper its networks with the paper's losses, search and blending
 */
record PaperModel(LatentModel model, FileModel paper) implements LatentModel {

  static PaperModel of(LatentModel model) {
    SearchOptions search =
        model.generator() instanceof StyleGanGenerator
            ? SearchOptions.paperStyleGan()
            : SearchOptions.paperDcgan();
    return new PaperModel(model, FileModel.of(model.generator(), model.discriminator(), search));
  }

  /**
   * The same with batch norm in training mode.
   *
   * @throws IllegalArgumentException if a network is no DCGAN
   */
  static PaperModel withBatchStatistics(LatentModel model) {
    checkArgument(
        model.generator() instanceof DcganGenerator
            && model.discriminator().stream().allMatch(DcganDiscriminator.class::isInstance),
        "batch statistics must be those of a DCGAN: found %s",
        model.generator().identity());
    return new PaperModel(
        model,
        FileModel.of(
            ((DcganGenerator) model.generator()).with(Dcgan.BatchNorm.BATCH),
            model
                .discriminator()
                .map(judge -> ((DcganDiscriminator) judge).with(Dcgan.BatchNorm.BATCH)),
            SearchOptions.paperDcgan()));
  }

  @Override
  public Generator generator() {
    return paper.generator();
  }

  @Override
  public Optional<Discriminator> discriminator() {
    return paper.discriminator();
  }

  @Override
  public List<LossTerm> losses() {
    return paper.losses();
  }

  @Override
  public SearchOptions search() {
    return paper.search();
  }

  @Override
  public Framing framing() {
    return model.framing();
  }

  @Override
  public Optional<Filler> rest() {
    return model.rest();
  }

  @Override
  public Blender blender() {
    return paper.blender();
  }
}
