package org.inpaint4j.model;

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
    return new PaperModel(
        model, FileModel.of(model.generator(), model.discriminator(), SearchOptions.paperDcgan()));
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
