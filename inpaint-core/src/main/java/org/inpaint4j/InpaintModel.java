package org.inpaint4j;

import java.util.List;
import java.util.Optional;
import org.inpaint4j.image.Blender;
import org.inpaint4j.network.Discriminator;
import org.inpaint4j.network.Generator;
import org.inpaint4j.network.LossTerm;
import org.inpaint4j.search.SearchOptions;

/**
 * A generator with all that is needed to inpaint with it: what {@code Inpainter.builder().model(…)}
 * takes. Each part can still be replaced in the builder.
 */
public interface InpaintModel {

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

  /**
   * The framing that the model was trained with.
   *
   * @return the framing
   */
  Framing framing();

  /**
   * The blending that suits the model.
   *
   * @return the blender
   */
  Blender blender();
}
