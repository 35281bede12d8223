package org.inpaint4j.patch;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.Seeds;

/**
 * Content-aware fill of wide holes: puts the hole together of pieces of the picture itself.
 *
 * <p>It continues textures and straight structures, and copies; it knows no things. When not to use
 * it: for scratches, letters and scattered pixels, which are filled better and faster from their
 * immediate surroundings; for holes that hide what is nowhere else in the picture, half a face say.
 *
 * <p>The same task gives the same bytes at any number of threads. May be used by several threads at
 * once. Cancelling carries the best there is to the full resolution, which takes a fraction of the
 * whole; of a large hole the seams stay. A listener is asked ten times a second at least, whether a
 * round has ended or not. The loss that a listener is told is the mean squared difference of
 * patches and their sources, a sample, with what speaks against far sources added.
 */
/* How a hole is filled
 *
 *  1. Parts of the hole whose surroundings meet are one group (HoleGroups); of the picture, no more
 *     than the surroundings of a group is looked at.
 *  2. Level.half makes a pyramid, until the hole is a few pixels deep. Two texture features [3] are
 *     taken from the finest level and shrunk along (Texture).
 *  3. On the coarsest level several starts compete: an onion peel [3] or a smooth surface, each with
 *     draws of its own. The one with the least energy goes on (Synthesis.start).
 *  4. On each level, rounds of: measure the matches of all patches that touch the hole; improve them
 *     by sweeps of PatchMatch [1] (Search, Field); let the matched sources vote on the hole's pixels
 *     [2] (Vote). Coarse levels get many rounds and the finest two: coarse rounds decide about
 *     structure, and cost little.
 *  5. What two patches differ by is that of samples and texture, plus a little for sources far away
 *     and for sources unlike everything at the rim (PatchDistance, Novelty). The former does for
 *     regular structures what dominant offsets [4] do, as a preference.
 *  6. On the finest level each pixel is copied from the source of its weightiest patch: whole pieces,
 *     as means blur. Then differences of level between pieces, and at the rim, are taken away by a
 *     solve in the gradients [5, 6], but for those too large to be lighting (Seams).
 *
 * Threads share bands of rows, which see each other as they were before the sweep (Search).
 *
 * [1] C. Barnes, E. Shechtman, A. Finkelstein, D. Goldman, PatchMatch: A Randomized Correspondence
 *     Algorithm for Structural Image Editing, SIGGRAPH 2009.
 * [2] Y. Wexler, E. Shechtman, M. Irani, Space-Time Completion of Video, PAMI 29(3), 2007.
 * [3] A. Newson, A. Almansa, M. Fradet, Y. Gousseau, P. Perez, Video Inpainting of Complex Scenes,
 *     SIAM Journal on Imaging Sciences 7(4), 2014.
 * [4] K. He, J. Sun, Statistics of Patch Offsets for Image Completion, ECCV 2012.
 * [5] P. Perez, M. Gangnet, A. Blake, Poisson Image Editing, SIGGRAPH 2003.
 * [6] S. Darabi, E. Shechtman, C. Barnes, D. Goldman, P. Sen, Image Melding: Combining Inconsistent
 *     Images using Patch-based Synthesis, SIGGRAPH 2012.
 */
public final class PatchFill implements Filler {

  private final PatchOptions options;

  private PatchFill(PatchOptions options) {
    this.options = options;
  }

  /**
   * A fill with {@link PatchOptions#balanced}.
   *
   * @return the fill
   */
  public static PatchFill create() {
    return of(PatchOptions.balanced());
  }

  /**
   * A fill with options of its own.
   *
   * @param options the options
   * @return the fill
   */
  public static PatchFill of(PatchOptions options) {
    return new PatchFill(requireNonNull(options, "options"));
  }

  /**
   * The options this fill works with.
   *
   * @return the options
   */
  public PatchOptions options() {
    return options;
  }

  /**
   * Fills the hole with patches of the picture.
   *
   * <p>Where no patch of 3x3 source pixels is within reach, the fill is harmonic.
   *
   * @throws IllegalArgumentException if the picture has other than 1 or 3 channels, a known sample
   *     near the hole is not finite, or the task's mask of sources holds no patch of 3x3 known
   *     pixels
   */
  @Override
  public List<Filling> fill(FillTask task) {
    int channels = task.target().channels();
    checkArgument(channels == 1 || channels == 3, "channels must be 1 or 3: found %s", channels);
    Progress progress = new Progress(task.listener());
    List<PatchJob> jobs = new ArrayList<>();
    try (Crew crew = new Crew(options.threads())) {
      for (int k = 0; k < task.candidates() && (k == 0 || !progress.isCancelled()); k++) {
        PatchJob job = new PatchJob(task, options, progress, crew, Seeds.split(task.seed(), k));
        progress.expect(k == 0 ? job.rounds() * task.candidates() : 0);
        progress.shows(job::preview);
        job.run();
        jobs.add(job);
      }
    }
    jobs.sort(Comparator.comparingDouble(PatchJob::energy));
    FillStatus status = progress.isCancelled() ? FillStatus.CANCELLED : FillStatus.COMPLETED;
    return jobs.stream().map(job -> Filling.of(job.image(), status)).toList();
  }

  /** How far around the hole patches are taken from: the reach of the options. */
  @Override
  public int context() {
    return options.reach();
  }

  @Override
  public boolean isThreadSafe() {
    return true;
  }

  @Override
  public Map<String, String> provenance() {
    Map<String, String> parts = new TreeMap<>();
    parts.put("filler", "patches");
    parts.put("patch size", Integer.toString(options.patchSize()));
    parts.put("colour adaptation", Double.toString(options.colourAdaptation()));
    parts.put("reach", Integer.toString(options.reach()));
    parts.put("starts", Integer.toString(options.starts()));
    parts.put("turns", options.turns().name().toLowerCase(Locale.ROOT));
    parts.put("avoids repeats", Boolean.toString(options.avoidsRepeats()));
    return parts;
  }

  @Override
  public String toString() {
    return "PatchFill[" + options + "]";
  }
}
