package org.inpaint4j.network;

import java.util.Optional;
import org.inpaint4j.Provenance;
import org.inpaint4j.image.Mask;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * One part of what the search minimises, added to a SameDiff graph as a scalar per image.
 *
 * <p>The search minimises the sum of its terms. A term looks at each image alone, and at the target
 * only where it is known. Implementations are immutable.
 */
public interface LossTerm {

  /**
   * A short name for traces and messages.
   *
   * @return for example {@code context}
   */
  String name();

  /**
   * What tells this term from another of its kind: its parameters too, as {@link Provenance} has
   * it.
   *
   * @return for example {@code weightedL1(7)}; the name unless a term says otherwise
   */
  default String identity() {
    return name();
  }

  /**
   * How much each pixel weighs in this term, if it compares the pixels themselves. A search shows
   * these weights, and can be stricter about what it found if every known pixel has one.
   *
   * @param mask the mask at the size of the model. Not modified.
   * @return H * W weights, row by row, 0 in the hole; nothing unless a term says otherwise
   */
  default Optional<float[]> pixelWeights(Mask mask) {
    return Optional.empty();
  }

  /**
   * Whether the term asks for {@link LossInputs#logits}.
   *
   * @return false unless a term says otherwise
   */
  default boolean needsDiscriminator() {
    return false;
  }

  /**
   * Adds the term to the graph.
   *
   * @param inputs the graph and what the term may use of it
   * @return float32 [N]: the term of each image, already multiplied with its weight
   * @throws IllegalStateException if the term needs the discriminator and there is none
   */
  SDVariable add(LossInputs inputs);
}
