package org.inpaint4j.model;

import java.io.IOException;
import java.util.Optional;
import org.inpaint4j.InpaintModel;

/**
 * A model that comes with its weights in a jar. {@link Models} finds those on the class path by
 * {@link java.util.ServiceLoader}.
 */
public interface ShippedModel {

  /**
   * The name by which {@link Models#named} finds it.
   *
   * @return lower-case letters and digits, for example {@code faces64}
   */
  String name();

  /**
   * What the model is of. Models of {@code faces} take images of one size, and know faces as {@link
   * org.inpaint4j.model.face.Faces#framing} shows them; {@code inpaint-photo} takes such a model.
   *
   * @return one word, for example {@code faces}
   */
  String subject();

  /**
   * Whether its filler takes one pass of a network, and no search. {@link
   * org.inpaint4j.model.face.FaceFinder#load(java.util.function.Supplier)} may use such a filler.
   *
   * @return false if not overridden
   */
  default boolean takesOnePass() {
    return false;
  }

  /**
   * The weights as they ship, for training the model further, and to tell what it is.
   *
   * @return the weights; nothing, if not overridden, of a model that is put together from others
   * @throws IOException if the jar is broken
   */
  default Optional<Weights> weights() throws IOException {
    return Optional.empty();
  }

  /**
   * Loads the model.
   *
   * @return the model
   */
  InpaintModel load();
}
