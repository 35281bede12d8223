package org.inpaint4j.spark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.inpaint4j.Inpainter;

/**
 * What is made once in this process and shared by all tasks: an inpainter for each recipe, the
 * worker of a table.
 *
 * <p>Sharing: a fill uses all cores that the process has, and an inpainter whose fillers are not
 * thread-safe lets its callers take turns. A second one would hold the weights twice and fight for
 * the same cores. Meanwhile the other tasks read, decode and encode.
 *
 * <p>Closing: Spark tells nobody that an executor ends or that a job was its last. A task gives its
 * inpainter back when it completes, fails or is killed. One that nobody has borrowed for {@link
 * #IDLE_SECONDS} is closed, so that a notebook or a service does not hold native memory between its
 * jobs, and the next task of a job need not load the model again. At the end of the process a
 * shutdown hook closes what nobody uses. What is in use then is left to the operating system: to
 * wait for a fill would hold up the end of an executor that was told to go.
 */
final class ExecutorShares {

  static final long IDLE_SECONDS = 30;

  private static final Map<ByteBuffer, Shared<?>> OPEN = new HashMap<>();

  private static final ScheduledExecutorService IDLE =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "inpaint4j-idle");
            thread.setDaemon(true);
            return thread;
          });

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(ExecutorShares::closeIdle, "inpaint4j-close"));
  }

  private ExecutorShares() {}

  private static final class Shared<T> {
    final T value;
    final Consumer<T> closing;
    int users;
    long freeSince = System.nanoTime();

    Shared(T value, Consumer<T> closing) {
      this.value = value;
      this.closing = closing;
    }

    void close() {
      closing.accept(value);
    }
  }

  /** What is borrowed until this is closed, by the one task that has it. */
  static final class Lease<T> implements AutoCloseable {
    private final Shared<T> shared;
    private boolean closed;

    private Lease(Shared<T> shared) {
      this.shared = shared;
    }

    T value() {
      return shared.value;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        giveBack(shared);
      }
    }
  }

  /**
   * Borrows the inpainter of a recipe, which is made if there is none.
   *
   * @param recipe what makes it
   * @return the inpainter; to be closed by the task
   */
  static Lease<Inpainter> borrow(InpainterRecipe recipe) {
    return borrow(recipe, recipe::make, Inpainter::close);
  }

  /**
   * Borrows what a recipe makes, which is made if there is none.
   *
   * @param recipe one of a class whose recipes all make things of this type
   * @param make makes it
   * @param closing closes it
   * @return what was made; to be closed by the task
   */
  @SuppressWarnings("unchecked") // by the class of the recipe, which is a part of the key
  static synchronized <T> Lease<T> borrow(
      Serializable recipe, Supplier<T> make, Consumer<T> closing) {
    Shared<T> shared =
        (Shared<T>) OPEN.computeIfAbsent(key(recipe), key -> new Shared<>(make.get(), closing));
    shared.users++;
    return new Lease<>(shared);
  }

  private static synchronized void giveBack(Shared<?> shared) {
    shared.users--;
    shared.freeSince = System.nanoTime();
    if (shared.users == 0) {
      var unused = IDLE.schedule(ExecutorShares::closeOld, IDLE_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** Each task gets a copy of the recipe of its own; equal copies are equal bytes. */
  private static ByteBuffer key(Serializable recipe) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(recipe);
    } catch (IOException e) {
      throw new UncheckedIOException("a recipe must be serializable", e);
    }
    return ByteBuffer.wrap(bytes.toByteArray());
  }

  /** How many there are, for tests. */
  static synchronized int open() {
    return OPEN.size();
  }

  private static synchronized void closeOld() {
    close(TimeUnit.SECONDS.toNanos(IDLE_SECONDS));
  }

  static synchronized void closeIdle() {
    close(0);
  }

  private static synchronized void close(long idleNanos) {
    long now = System.nanoTime();
    OPEN.values()
        .removeIf(
            shared -> {
              boolean old = shared.users == 0 && now - shared.freeSince >= idleNanos;
              if (old) {
                shared.close();
              }
              return old;
            });
  }
}
