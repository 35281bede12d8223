package org.inpaint4j;

import com.google.common.primitives.Floats;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.inpaint4j.image.FillListener;
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
  FillListener ofWeighted(int part) {
    int weight = steps[part];
    FillListener listener = ofPart(part);
    return (step, all, loss) ->
        listener.onStep((int) Math.max(1, (long) weight * step / Math.max(1, all)), weight, loss);
  }

  /** Notes that a part is done, without telling. */
  void finished(int part) {
    done[part] = steps[part];
  }

  /** The listener of one part. */
  FillListener ofPart(int part) {
    return (step, all, loss) -> {
      done[part] = step;
      steps[part] = all;
      return tell(loss);
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

  /** What the request's listener threw: it ends this request, and no other of the batch. */
  Optional<RuntimeException> error() {
    return Optional.ofNullable(error);
  }

  /** Parts that have not begun are taken to be as long as the longest. */
  private boolean tell(double loss) {
    if (!cancelled) {
      int longest = IntStream.of(steps).max().orElse(0);
      int all = IntStream.of(steps).map(part -> part == 0 ? longest : part).sum();
      Told told = new Told(IntStream.of(done).sum(), all, loss);
      try {
        request.listener().accept(told);
        cancelled = told.cancelled || request.isCancelled();
      } catch (RuntimeException e) {
        error = e;
        cancelled = true;
      }
    }
    return !cancelled;
  }

  private static final class Told implements Progress {
    private final int step;
    private final int steps;
    private final double loss;
    private boolean cancelled;

    Told(int step, int steps, double loss) {
      this.step = step;
      this.steps = steps;
      this.loss = loss;
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

    @Override
    public void cancel() {
      cancelled = true;
    }
  }
}
