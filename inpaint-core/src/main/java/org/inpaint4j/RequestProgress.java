package org.inpaint4j;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.primitives.Floats;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.inpaint4j.image.FillListener;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.LatentPath;
import org.jspecify.annotations.Nullable;

/** Gathers the progress of a request's parts, and passes it on to the request's listener. */
final class RequestProgress {

  private final InpaintRequest request;
  private final int[] done;
  private final int[] steps;
  private boolean cancelled;
  private @Nullable RuntimeException error;

  RequestProgress(InpaintRequest request, int parts) {
    this.request = request;
    this.done = new int[parts];
    this.steps = new int[parts];
  }

  /**
   * The progress of parts that count as given, whatever steps they take.
   *
   * @param weights of each part, at least 1
   */
  static RequestProgress weighted(InpaintRequest request, int... weights) {
    RequestProgress progress = new RequestProgress(request, weights.length);
    System.arraycopy(weights, 0, progress.steps, 0, weights.length);
    return progress;
  }

  /** The listener of one part of {@link #weighted} progress. */
  FillListener ofWeighted(int part, Function<ImagePlanes, Progress.Preview> shown) {
    int weight = steps[part];
    return listener(
        shown,
        (step, all, loss, preview) -> {
          int within = (int) Math.max(1, (long) weight * step / Math.max(1, all));
          done[part] = Math.max(done[part], within);
          return tell(loss, preview);
        });
  }

  /** Notes that a part is done, without telling. */
  void finished(int part) {
    done[part] = steps[part];
  }

  /**
   * The listener of one part.
   *
   * @param shown makes a preview of what a filler shows of the part
   */
  FillListener ofPart(int part, Function<ImagePlanes, Progress.Preview> shown) {
    return listener(
        shown,
        (step, all, loss, preview) -> {
          done[part] = step;
          steps[part] = all;
          return tell(loss, preview);
        });
  }

  /** Takes a step with a preview, if there is one. */
  @FunctionalInterface
  private interface Step {
    boolean take(int step, int all, double loss, Optional<Supplier<Progress.Preview>> preview);
  }

  private static FillListener listener(Function<ImagePlanes, Progress.Preview> shown, Step taken) {
    return new FillListener() {
      @Override
      public boolean onStep(int step, int all, double loss) {
        return taken.take(step, all, loss, Optional.empty());
      }

      @Override
      public boolean onStep(int step, int all, double loss, Supplier<ImagePlanes> preview) {
        return taken.take(step, all, loss, Optional.of(() -> shown.apply(preview.get())));
      }
    };
  }

  /** Where the latent search of one part begins, and who is shown its way. */
  LatentPath latentsOfPart(int part) {
    return new LatentPath(
        request.starts(),
        request
            .latentListener()
            .map(
                listener ->
                    (start, step, loss, latent) ->
                        show(
                            listener,
                            new LatentStep(part, start, step, loss, Floats.asList(latent)))));
  }

  private void show(Consumer<? super LatentStep> listener, LatentStep step) {
    if (cancelled) {
      return;
    }
    try {
      listener.accept(step);
    } catch (RuntimeException e) {
      error = e;
      cancelled = true;
    }
  }

  /** Whether the request was cancelled in any way. Asks; to be called on the thread that fills. */
  boolean isCancelled() {
    cancelled |= request.isCancelled();
    return cancelled;
  }

  /** What the request's listener threw: it ends this request, and no other of the batch. */
  Optional<RuntimeException> error() {
    return Optional.ofNullable(error);
  }

  /** Parts that have not begun are taken to be as long as the longest. */
  private boolean tell(double loss, Optional<Supplier<Progress.Preview>> preview) {
    if (!cancelled) {
      int longest = IntStream.of(steps).max().orElse(0);
      int all = IntStream.of(steps).map(part -> part == 0 ? longest : part).sum();
      Told told = new Told(IntStream.of(done).sum(), all, loss, preview);
      try {
        request.listener().accept(told);
        cancelled = told.cancelled || request.isCancelled();
      } catch (RuntimeException e) {
        error = e;
        cancelled = true;
      } finally {
        told.end();
      }
    }
    return !cancelled;
  }

  private static final class Told implements Progress {
    private final int step;
    private final int steps;
    private final double loss;
    private final Optional<Supplier<Preview>> preview;
    private boolean cancelled;
    private boolean over;

    Told(int step, int steps, double loss, Optional<Supplier<Preview>> preview) {
      this.step = step;
      this.steps = steps;
      this.loss = loss;
      this.preview = preview;
    }

    @Override
    public int step() {
      return step;
    }

    @Override
    public int steps() {
      return steps;
    }

    @Override
    public double loss() {
      return loss;
    }

    /** The filler may work on. Waits for a preview that is made on another thread. */
    synchronized void end() {
      over = true;
    }

    @Override
    public synchronized Optional<Preview> preview() {
      checkState(
          !over,
          "a preview must be asked for within the listener: expected a call before it returns,"
              + " found one after it");
      return preview.map(Supplier::get);
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }
}
