package org.inpaint4j.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.ImagePlanes;

/** The search for one image of a call: its starts, how far they are, and whether it goes on. */
final class ImageSearch {

  private final FillTask task;
  private final Problem problem;
  private final SearchOptions options;
  private final int finalists;

  /** All its starts, in an order of their own at each stage. */
  private final List<Start> starts = new ArrayList<>();

  private int done;
  private int steps;
  private boolean cancelled;

  /**
   * A search that has not begun.
   *
   * @param finalists how many starts go all the way
   */
  ImageSearch(FillTask task, SearchOptions options, int finalists) {
    this.task = task;
    this.problem = new Problem(Samples.toSigned(task.target(), task.mask()), task.mask());
    this.options = options;
    this.finalists = finalists;
  }

  FillTask task() {
    return task;
  }

  Problem problem() {
    return problem;
  }

  List<Start> starts() {
    return starts;
  }

  /** Says how many steps there are to be told of. */
  void expect(int all) {
    steps = all;
  }

  boolean isCancelled() {
    return cancelled;
  }

  void cancel() {
    cancelled = true;
  }

  /**
   * Tells of steps that are done, and asks whether to go on.
   *
   * @param preview makes the best picture so far
   */
  void tell(int more, double loss, Supplier<ImagePlanes> preview) {
    done += more;
    if (!cancelled) {
      cancelled =
          !task.listener().onStep(done, Math.max(done, steps), loss, preview)
              || Thread.currentThread().isInterrupted();
    }
  }

  /** Where the loss was lowest so far; the starts must have been evaluated. */
  float[] bestLatent() {
    return Collections.min(starts, Comparator.comparingDouble(start -> start.bestLoss)).bestLatent;
  }

  /** Keeps the starts with the lowest losses. */
  void keepFinalists() {
    starts.sort(Comparator.comparingDouble(start -> start.bestLoss));
    starts.subList(Math.min(finalists, starts.size()), starts.size()).clear();
  }

  /** The starts that have a picture, the lowest loss first. */
  List<Start> seen() {
    return starts.stream()
        .filter(start -> start.generated != null)
        .sorted(Comparator.comparingDouble(start -> start.bestLoss))
        .toList();
  }

  /** How the search ended. */
  FillStatus status() {
    List<Start> seen = seen();
    boolean finished = seen.size() >= finalists;
    if (finished && seen.stream().allMatch(start -> start.converged)) {
      return FillStatus.CONVERGED;
    }
    boolean complete =
        finished
            && seen.stream().allMatch(start -> start.converged || start.steps == options.steps());
    return cancelled && !complete ? FillStatus.CANCELLED : FillStatus.COMPLETED;
  }
}
