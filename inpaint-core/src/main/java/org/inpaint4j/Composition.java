package org.inpaint4j;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;

/**
 * Divides the hole of a photo among fillers that work one after the other, each on a photo that
 * holds what those before it have made. {@link Inpainter.Builder#composition} takes one.
 *
 * <p>Not for one filler with squares and a rest: that is an {@link InpaintModel}, whose pictures go
 * through common batches. A composition takes one picture after the other.
 */
public interface Composition extends AutoCloseable {

  /**
   * The work of one filler.
   *
   * @param name the filler's name in the {@link FillMap}
   * @param hole the pixels that it makes, of the whole photo; at least one
   * @param filler stays the composition's, which closes it
   * @param framed the square that the filler is shown, if it takes images of one size; empty
   *     otherwise
   * @param blender brings the filling into the photo. It is not used if nothing is known around the
   *     hole.
   * @param avoided what of the photo must not be copied from, as the hole of a mask: faces where a
   *     passer-by is removed, say. Empty if there is no such thing.
   */
  record Stage(
      String name,
      Mask hole,
      Filler filler,
      Optional<Framing.Framed> framed,
      Blender blender,
      Optional<Mask> avoided) {

    /**
     * Checks that the filler and the square fit together.
     *
     * @param name the filler's name
     * @param hole the pixels that it makes
     * @param filler what fills
     * @param framed the square that the filler is shown
     * @param blender brings the filling into the photo
     * @param avoided what must not be copied from
     */
    public Stage {
      requireNonNull(name, "name");
      requireNonNull(blender, "blender");
      checkArgument(hole.holeCount() > 0, "a stage must have something to fill: found no hole");
      checkArgument(
          framed.isPresent() == filler.imageShape().isPresent(),
          "a filler must be given a square if and only if it takes images of one size: found %s"
              + " for %s",
          framed,
          filler);
    }

    /**
     * The work of a filler that may copy from everything known.
     *
     * @param name the filler's name
     * @param hole the pixels that it makes
     * @param filler what fills
     * @param framed the square that the filler is shown
     * @param blender brings the filling into the photo
     */
    public Stage(
        String name, Mask hole, Filler filler, Optional<Framing.Framed> framed, Blender blender) {
      this(name, hole, filler, framed, blender, Optional.empty());
    }

    /**
     * The work of a filler at the resolution of the photo, pasted.
     *
     * @param name the filler's name
     * @param hole the pixels that it makes
     * @param filler takes any size
     * @return the stage
     */
    public static Stage of(String name, Mask hole, Filler filler) {
      return new Stage(name, hole, filler, Optional.empty(), Blender.paste());
    }

    /**
     * The same work without copying from some of the photo.
     *
     * @param pixels as the hole of a mask as large as the photo. If nothing else is left to copy
     *     from, they are copied from all the same.
     * @return the stage
     */
    public Stage avoiding(Mask pixels) {
      return new Stage(name, hole, filler, framed, blender, Optional.of(pixels));
    }
  }

  /**
   * Divides a hole. What it does depends on the known pixels and the hole alone.
   *
   * @param photo not modified; what it holds in the hole must not be looked at
   * @param mask of the photo, with a hole and a known pixel
   * @param framing which squares a model is to be shown, if the request says so
   * @return the stages in the order of the work. Each pixel of the hole is in one of them at least;
   *     if it is in several, the last one makes it.
   */
  List<Stage> stages(Photo photo, Mask mask, Optional<Framing> framing);

  /**
   * Whether several threads may call at once, this and the fillers of all stages.
   *
   * @return false if callers have to take turns
   */
  boolean isThreadSafe();

  /**
   * What this is made of, as far as it is known before a photo is seen.
   *
   * @return names and values, in an order to be read in
   */
  Map<String, String> provenance();

  /** Frees what the fillers hold. Nothing works afterwards. */
  @Override
  void close();
}
