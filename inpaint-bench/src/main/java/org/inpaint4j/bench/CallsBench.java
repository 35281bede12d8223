package org.inpaint4j.bench;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.inpaint4j.Framing;
import org.inpaint4j.InpaintRequest;
import org.inpaint4j.Inpainter;
import org.inpaint4j.faces.Faces64;
import org.inpaint4j.image.Mask;
import org.inpaint4j.search.SearchOptions;

/**
 * What many calls cost: resident memory over thousands of them, the same bytes from several
 * threads, and how time grows with steps, restarts and images.
 *
 * <p>{@code main} prints all of it, or what its arguments name: {@code memory}, {@code threads},
 * {@code growth}, {@code mixed}.
 */
public final class CallsBench {

  private static final int SIZE = 64;
  private static final int THREADS = 64;
  private static final Mask MASK = Mask.rectangle(SIZE, SIZE, 20, 30, 24, 20);

  private CallsBench() {}

  /**
   * Prints the figures.
   *
   * @param args what to measure, none for all; and perhaps the number of mixed calls, a thousand at
   *     least
   * @throws Exception if a call fails
   */
  public static void main(String[] args) throws Exception {
    List<String> asked =
        args.length == 0 ? List.of("growth", "threads", "memory", "mixed") : List.of(args);
    Faces64 faces = Faces64.load();
    if (asked.contains("growth")) {
      growth(faces);
    }
    if (asked.contains("threads")) {
      threads(faces);
      interrupted(faces);
    }
    if (asked.contains("memory")) {
      memory(faces);
    }
    if (asked.contains("mixed")) {
      try (MixedCalls calls = new MixedCalls()) {
        calls.print(number(asked, 10_000));
      }
    }
  }

  private static int number(List<String> asked, int usual) {
    return asked.stream()
        .filter(word -> word.matches("\\d+"))
        .findFirst()
        .map(Integer::parseInt)
        .orElse(usual);
  }

  private static void growth(Faces64 faces) {
    System.out.println("| steps | restarts | images | s | ms a step, restart and image |");
    System.out.println("|---|---|---|---|---|");
    seconds(faces, 50, 1, 1);
    for (int[] c :
        new int[][] {
          {100, 1, 1}, {400, 1, 1}, {1500, 1, 1}, {100, 4, 1}, {100, 16, 1}, {100, 1, 16}
        }) {
      double seconds = seconds(faces, c[0], c[1], c[2]);
      System.out.printf(
          Locale.ROOT,
          "| %d | %d | %d | %.1f | %.1f |%n",
          c[0],
          c[1],
          c[2],
          seconds,
          1000 * seconds / c[0] / c[1] / c[2]);
    }
  }

  private static void threads(Faces64 faces) throws InterruptedException, ExecutionException {
    int calls = 20 * THREADS;
    try (Inpainter inpainter = inpainter(faces, 5, 1)) {
      List<int[]> expected = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        expected.add(pixels(inpainter.inpaint(picture(i), MASK).image()));
      }
      ExecutorService all = Executors.newFixedThreadPool(THREADS);
      AtomicInteger begun = new AtomicInteger();
      Callable<int[]> one =
          () -> {
            int[] done = {0, 0};
            for (int call = begun.getAndIncrement(); call < calls; call = begun.getAndIncrement()) {
              int[] found = pixels(inpainter.inpaint(picture(call % 10), MASK).image());
              done[0]++;
              done[1] += Arrays.equals(found, expected.get(call % 10)) ? 1 : 0;
            }
            return done;
          };
      try {
        List<int[]> done = new ArrayList<>();
        for (Future<int[]> thread : all.invokeAll(Collections.nCopies(THREADS, one))) {
          done.add(thread.get());
        }
        System.out.printf(
            "%d of %d calls by %d threads gave the bytes of one thread; each thread had %d to %d calls%n",
            done.stream().mapToInt(d -> d[1]).sum(),
            calls,
            THREADS,
            done.stream().mapToInt(d -> d[0]).min().orElseThrow(),
            done.stream().mapToInt(d -> d[0]).max().orElseThrow());
      } finally {
        all.shutdown();
      }
    }
  }

  /** How soon threads that wait for their turn end when they are interrupted. */
  private static void interrupted(Faces64 faces) throws InterruptedException {
    List<Long> nanoseconds = new ArrayList<>();
    try (Inpainter inpainter = inpainter(faces, 400, 1)) {
      inpainter.inpaint(picture(0), MASK);
      Thread works = new Thread(() -> inpainter.inpaint(picture(1), MASK));
      works.start();
      Thread.sleep(300);
      for (int i = 0; i < 20; i++) {
        AtomicLong ended = new AtomicLong();
        Thread waits =
            new Thread(
                () -> {
                  try {
                    inpainter.inpaint(picture(2), MASK);
                  } catch (CancellationException e) {
                    ended.set(System.nanoTime());
                  }
                });
        waits.start();
        Thread.sleep(50);
        long asked = System.nanoTime();
        waits.interrupt();
        waits.join();
        if (ended.get() > 0) {
          nanoseconds.add(ended.get() - asked);
        }
      }
      works.interrupt();
      works.join();
    }
    System.out.printf(
        Locale.ROOT,
        "%d of 20 threads that waited ended when they were interrupted, after at most %.1f ms%n",
        nanoseconds.size(),
        nanoseconds.stream().mapToLong(Long::longValue).max().orElse(0) / 1e6);
  }

  private static void memory(Faces64 faces) throws IOException {
    System.out.println("| calls of 5 steps | resident MB |");
    System.out.println("|---|---|");
    try (Inpainter inpainter = inpainter(faces, 5, 1)) {
      for (int call = 1; call <= 2000; call++) {
        inpainter.inpaint(picture(call), MASK);
        if (call == 200 || call % 500 == 0) {
          System.out.printf(Locale.ROOT, "| %d | %.1f |%n", call, ThisProcess.residentMegabytes());
        }
      }
    }
  }

  private static BufferedImage picture(int seed) {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < SIZE * SIZE; i++) {
      image.setRGB(i % SIZE, i / SIZE, random.nextInt());
    }
    return image;
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, SIZE, SIZE, null, 0, SIZE);
  }

  /** The shipped model, searched as the paper does. */
  private static Inpainter inpainter(Faces64 faces, int steps, int restarts) {
    return Inpainter.builder()
        .model(faces)
        .framing(Framing.centeredSquare())
        .search(
            SearchOptions.paperDcgan().toBuilder()
                .steps(steps)
                .restarts(restarts)
                .batchSize(16)
                .build())
        .build();
  }

  private static double seconds(Faces64 faces, int steps, int restarts, int images) {
    List<InpaintRequest> requests = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      requests.add(InpaintRequest.of(picture(i), MASK));
    }
    try (Inpainter inpainter = inpainter(faces, steps, restarts)) {
      long start = System.nanoTime();
      inpainter.inpaintAll(requests);
      return (System.nanoTime() - start) / 1e9;
    }
  }
}
