package org.inpaint4j.network;

import org.inpaint4j.InpaintWarning;
import org.inpaint4j.Provenance;
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
   * Whether the term compares the pixels themselves wherever they are known, far from the hole too.
   * If one term does, a search finds a picture that is like the whole photo, and {@link
   * InpaintWarning.Kind#UNEXPLAINED} can be stricter.
   *
   * @return false unless a term says otherwise
   */
  default boolean looksEverywhere() {
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
