package org.inpaint4j.patch;

import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.InpaintWarning;
import org.inpaint4j.image.Mask;

/**
 * What a {@link MixedFill} has made, and which part of the hole was filled how.
 *
 * @param image the filling
 * @param status how the work ended
 * @param warnings those of the filler for wide parts
 * @param scattered pixels that were missing one by one
 * @param thin parts that {@link ThinFill} has made
 * @param wide parts that the filler for wide holes has made
 * @param wideFiller the name of that filler
 */
public record MixedFilling(
    ImagePlanes image,
    FillStatus status,
    List<InpaintWarning> warnings,
    Mask scattered,
    Mask thin,
    Mask wide,
    String wideFiller)
    implements Filling {

  /**
   * Copies.
   *
   * @param image the filling
   * @param status how the work ended
   * @param warnings why it may not be what was wanted
   * @param scattered pixels that were missing one by one
   * @param thin the thin parts
   * @param wide the wide parts
   * @param wideFiller the name of the filler for wide parts
   */
  public MixedFilling {
    warnings = List.copyOf(warnings);
  }

  /** Scattered pixels, thin parts, and wide ones under the name of their filler; none is empty. */
  @Override
  public Map<String, Mask> madeBy() {
    Map<String, Mask> made = new LinkedHashMap<>();
    put(made, "fill of scattered pixels", scattered);
    put(made, "thin fill", thin);
    put(made, wideFiller, wide);
    return Collections.unmodifiableMap(made);
  }

  /** Of the same name, if the filler of the wide parts is one of the others. */
  private static Mask union(Mask one, Mask other) {
    BitSet both = one.holeBits();
    both.or(other.holeBits());
    return Mask.of(one.size(), both);
  }

  private static void put(Map<String, Mask> made, String name, Mask part) {
    if (part.holeCount() > 0) {
      made.merge(name, part, MixedFilling::union);
    }
  }
}
