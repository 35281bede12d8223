package org.inpaint4j;

import java.util.List;
import java.util.Map;
import org.inpaint4j.network.Generator;
import org.inpaint4j.network.LossTerm;
import org.inpaint4j.search.SearchOptions;

/**
 * What a result was made with: enough to make it again with the framing and the blender of the
 * inpainter, which are code and have no name here.
 *
 * @param generator {@link Generator#identity}
 * @param losses {@link LossTerm#identity} of each
 * @param search the options of the search
 * @param seed the seed of the starts
 * @param versions the versions of this library, of ND4J and its backend, and of Java
 */
public record Provenance(
    String generator,
    List<String> losses,
    SearchOptions search,
    long seed,
    Map<String, String> versions) {

  /**
   * Copies.
   *
   * @param generator {@link Generator#identity}
   * @param losses {@link LossTerm#identity} of each
   * @param search the options of the search
   * @param seed the seed of the starts
   * @param versions the versions of this library
   */
  public Provenance {
    losses = List.copyOf(losses);
    versions = Map.copyOf(versions);
  }
}
