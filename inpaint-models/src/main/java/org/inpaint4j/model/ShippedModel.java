package org.inpaint4j.model;

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
   * Loads the model.
   *
   * @return the model
   */
  InpaintModel load();
}
