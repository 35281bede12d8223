package org.inpaint4j.graph;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.util.concurrent.ExecutionError;
import com.google.common.util.concurrent.Futures;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.Nd4jBackend;

/**
 * Starts ND4J, once a process, with threads that leave cores to other programs.
 *
 * <p>ND4J's native libraries read their settings when they are loaded and never again. So whatever
 * uses ND4J in this library makes its graphs here, or calls {@link #start} before. A program that
 * has used ND4J itself before that keeps ND4J's own settings, and a warning is logged.
 */
public final class Engine {

  /** The one start of the process. */
  private static final FutureTask<Nd4jBackend> START =
      new FutureTask<>(
          () -> {
            SharedCores.apply();
            return Nd4j.getBackend();
          });

  private static final AtomicBoolean BEGUN = new AtomicBoolean();

  private Engine() {}

  /**
   * Loads ND4J if it is not loaded yet. On Linux, threads that wait spin 2,000 times and then
   * sleep, and there are not more of them than the process has processors ({@link
   * Runtime#availableProcessors}, which knows the quota of a container). The environment variables
   * {@code OMP_WAIT_POLICY}, {@code GOMP_SPINCOUNT}, {@code OMP_NUM_THREADS}, {@code
   * SD_MAX_THREADS} and {@code SD_MASTER_THREADS} are left alone where they are set.
   *
   * <p>Takes about a second for the first time. Call it from a thread in the background to have it
   * done while the program reads its pictures. Thread-safe.
   */
  public static void start() {
    if (BEGUN.compareAndSet(false, true)) {
      // In a thread of its own: ND4J gives the thread that loads it as many OpenMP threads as the
      // machine has cores, whatever the process may use.
      Thread thread = new Thread(START, "inpaint-engine-start");
      thread.setDaemon(true);
      thread.start();
    }
    try {
      Futures.getUnchecked(START);
    } catch (ExecutionError e) {
      throw e.getCause() instanceof Error cause ? cause : e;
    }
  }

  /**
   * Makes an empty graph, with ND4J started.
   *
   * @return the graph, the caller's own
   */
  public static SameDiff newGraph() {
    start();
    return SameDiff.create();
  }

  /**
   * Makes an array, with ND4J started. {@code Nd4j.create} copies one number after the other; this
   * copies all at once.
   *
   * @param values in row-major order. Not modified.
   * @param shape dimensions, outermost first; their product is the number of the values
   * @return float32, dense, in C order; the caller's own
   * @throws IllegalArgumentException if the values do not fit the shape
   */
  public static INDArray array(float[] values, long... shape) {
    start();
    INDArray array = Nd4j.createUninitialized(DataType.FLOAT, shape, 'c');
    checkArgument(
        array.length() == values.length,
        "values must fill their shape: expected %s, found %s",
        array.length(),
        values.length);
    FloatTransfer transfer = FloatTransfer.of(array);
    transfer.writeAll(values, 0);
    transfer.flush();
    return array;
  }
}
