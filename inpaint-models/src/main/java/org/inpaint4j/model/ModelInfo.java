package org.inpaint4j.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.inpaint4j.image.ImageShape;

/**
 * What a file holds, as {@link Models#inspect} finds it.
 *
 * @param kind the kind of model and of file, for people
 * @param images the shape of the images it makes or judges; nothing for a DL4J network that is
 *     neither a generator nor tells it
 * @param latentSpaces the spaces its generator can be searched in, with their numbers of
 *     coordinates; none if there is no generator
 * @param parameters the number of values of all tensors of floating point numbers in the file
 * @param discriminator whether there is a discriminator
 * @param sha256 of the weights
 */
public record ModelInfo(
    String kind,
    Optional<ImageShape> images,
    List<String> latentSpaces,
    long parameters,
    boolean discriminator,
    String sha256) {

  /**
   * Copies the list.
   *
   * @param kind the kind of model and of file, for people
   * @param images the shape of the images it makes or judges
   * @param latentSpaces the spaces its generator can be searched in
   * @param parameters the number of values of all tensors
   * @param discriminator whether there is a discriminator
   * @param sha256 of the weights
   */
  public ModelInfo {
    requireNonNull(kind, "kind");
    requireNonNull(images, "images");
    latentSpaces = List.copyOf(latentSpaces);
    requireNonNull(sha256, "sha256");
  }
}
