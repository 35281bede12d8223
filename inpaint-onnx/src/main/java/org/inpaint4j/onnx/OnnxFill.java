package org.inpaint4j.onnx;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.inpaint4j.blend.SmoothFill;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.InpaintWarning;

/**
 * Fills by one pass of a network. Such networks draw nothing, so there is one filling whatever the
 * seed and the number of candidates.
 *
 * <p>The listener is asked every 20 ms while the network runs, each time with step 1 of 2. If it
 * cancels, the run ends and the filling is a harmonic one.
 */
final class OnnxFill implements Filler {

  /** Makes an image of a task: one network, or several. */
  interface Pass extends AutoCloseable {
    /**
     * Runs.
     *
     * @return what was made; empty if the listener has cancelled
     */
    Optional<Reading> run(FillTask task);

    @Override
    void close();
  }

  private final ImageShape shape;
  private final Pass pass;
  private final Map<String, String> provenance;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  OnnxFill(ImageShape shape, Pass pass, Map<String, String> provenance) {
    this.shape = shape;
    this.pass = pass;
    this.provenance = provenance;
  }

  /**
   * Fills the hole of one image.
   *
   * @param task what to fill, of {@link #imageShape}. Not modified.
   * @return one filling
   * @throws IllegalArgumentException if the task has another shape
   * @throws IllegalStateException if this is closed, or the network fails
   */
  @Override
  public List<Filling> fill(FillTask task) {
    ImagePlanes target = task.target();
    checkArgument(
        shape.equals(new ImageShape(target.channels(), target.size())),
        "a network must be given images of its shape: expected %s, found %s",
        shape,
        target);
    lock.readLock().lock();
    try {
      checkState(!closed, "a filler must not be used after close()");
      Optional<Reading> made = pass.run(task);
      if (made.isEmpty()) {
        ImagePlanes smooth = SmoothFill.HARMONIC.fill(target, task.mask());
        return List.of(Filling.of(smooth, FillStatus.CANCELLED));
      }
      boolean unused = task.listener().onStep(2, 2, Double.NaN);
      return List.of(new Made(made.get().image(), warnings(made.get())));
    } finally {
      lock.readLock().unlock();
    }
  }

  private record Made(ImagePlanes image, List<InpaintWarning> warnings) implements Filling {
    @Override
    public FillStatus status() {
      return FillStatus.COMPLETED;
    }
  }

  private static List<InpaintWarning> warnings(Reading made) {
    double error = made.error().orElse(0.0);
    if (error <= Reading.LARGEST_ERROR) {
      return List.of();
    }
    return List.of(
        new InpaintWarning(
            InpaintWarning.Kind.UNEXPLAINED,
            String.format(
                Locale.ROOT,
                "the network's output differs from the known pixels by %.0f %% on average, which it"
                    + " should repeat: is its contract right?",
                100 * error)));
  }

  @Override
  public Optional<ImageShape> imageShape() {
    return Optional.of(shape);
  }

  @Override
  public boolean isThreadSafe() {
    return true;
  }

  @Override
  public Map<String, String> provenance() {
    return provenance;
  }

  /** Waits for the runs that are going on. */
  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        pass.close();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
