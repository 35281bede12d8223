package org.inpaint4j.patch;

import java.util.List;
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
 */
public record MixedFilling(
    ImagePlanes image,
    FillStatus status,
    List<InpaintWarning> warnings,
    Mask scattered,
    Mask thin,
    Mask wide)
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
   */
  public MixedFilling {
    warnings = List.copyOf(warnings);
  }
}
