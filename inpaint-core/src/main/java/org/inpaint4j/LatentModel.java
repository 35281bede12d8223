package org.inpaint4j;

import java.util.List;
import java.util.Optional;
import org.inpaint4j.image.Filler;
import org.inpaint4j.network.Discriminator;
import org.inpaint4j.network.Generator;
import org.inpaint4j.network.LossTerm;
import org.inpaint4j.search.LatentSearch;
import org.inpaint4j.search.SearchOptions;

/** A generator whose latent space is searched, with all that suits it. */
public interface LatentModel extends InpaintModel {

  /**
   * The generator.
   *
   * @return the network that is searched
   */
  Generator generator();

  /**
   * The discriminator.
   *
   * @return the network that judges, or nothing if the losses need none
   */
  Optional<Discriminator> discriminator();

  /**
   * The losses that suit the model.
   *
   * @return at least one
   */
  List<LossTerm> losses();

  /**
   * The search that suits the model.
   *
   * @return the options
   */
  SearchOptions search();

  @Override
  default Filler filler() {
    return new LatentSearch(generator(), discriminator(), losses(), search(), 0);
  }
}
