package org.inpaint4j;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.inpaint4j.image.Filler;

/**
 * What a result was made with: enough to make it again with the framing and the blender of the
 * inpainter, which are code and have no name here.
 *
 * @param filler {@link Filler#provenance}: networks, losses, options. In its order.
 * @param seed what all that is random came from
 * @param versions the versions of this library and of Java
 */
public record Provenance(Map<String, String> filler, long seed, Map<String, String> versions) {

  /**
   * Copies.
   *
   * @param filler what the filler is made of
   * @param seed what all that is random came from
   * @param versions the versions
   */
  public Provenance {
    filler = Collections.unmodifiableMap(new LinkedHashMap<>(filler));
    versions = Map.copyOf(versions);
  }
}
