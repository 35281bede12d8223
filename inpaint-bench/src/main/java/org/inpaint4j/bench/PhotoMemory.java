package org.inpaint4j.bench;

import static com.google.common.base.Preconditions.checkState;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.inpaint4j.patch.MixedFill;
import org.inpaint4j.patch.PatchFill;
import org.inpaint4j.patch.PatchOptions;

/**
 * The heap that a fill needs, in bytes a pixel of what is looked at: the difference of the smallest
 * heaps in which two pictures of different sizes can be filled, over the difference of their
 * pixels. So what a process needs for itself does not count; what the filler is given does (12
 * bytes).
 */
final class PhotoMemory {

  private static final int[] SIDES = {1000, 1600};

  /** How exactly the smallest heap is found, in megabytes: 3 bytes a pixel of the difference. */
  private static final int STEP = 4;

  /** So many times what it takes in a large heap is waited, and this time besides. */
  private static final int PATIENCE = 3;

  private static final long AT_LEAST = TimeUnit.SECONDS.toNanos(10);

  private PhotoMemory() {}

  /**
   * Fills one picture; ends with an error if the heap is too small.
   *
   * @param args the kind of hole and the side of the picture
   */
  public static void main(String[] args) {
    int side = Integer.parseInt(args[1]);
    Random random = new Random(1);
    ImagePlanes image = ImagePlanes.zeros(3, new Size(side, side));
    for (int i = 0; i < image.samples().length; i++) {
      image.samples()[i] =
          (float) (0.5 + 0.3 * Math.sin(i % side * 0.07) + 0.1 * random.nextFloat());
    }
    double radius = Math.sqrt(0.05 / Math.PI) * side;
    Mask mask =
        switch (args[0]) {
          case "wide" ->
              Mask.of(side, side, (x, y) -> Math.hypot(x - side / 2, y - side / 2) <= radius);
          case "thin" -> Mask.of(side, side, (x, y) -> (x + y / 3) % 60 < 4);
          default -> Mask.of(side, side, (x, y) -> random.nextBoolean());
        };
    MixedFill.of(PatchFill.of(PatchOptions.balanced().toBuilder().reach(side).threads(2).build()))
        .fill(FillTask.of(image, mask));
  }

  /**
   * Prints a row for each kind of hole.
   *
   * @param kinds of {@code wide}, {@code thin} and {@code noise}
   */
  static void print(List<String> kinds) throws IOException, InterruptedException {
    System.out.printf(
        "hole     heap MB at %s and %s pixels squared   bytes a pixel%n", SIDES[0], SIDES[1]);
    for (String kind : kinds) {
      int first = smallest(kind, SIDES[0]);
      int second = smallest(kind, SIDES[1]);
      double pixels = (double) SIDES[1] * SIDES[1] - (double) SIDES[0] * SIDES[0];
      System.out.printf(
          Locale.ROOT,
          "%-8s %10d %8d %34.0f%n",
          kind,
          first,
          second,
          (second - first) * 1024.0 * 1024.0 / pixels);
    }
  }

  /**
   * The smallest heap in which a picture can be filled, to a few megabytes. A heap in which the
   * work takes several times as long as in a large one is too small: all that it does is collect.
   */
  private static int smallest(String kind, int side) throws IOException, InterruptedException {
    int enough = 256 * side / 1000 * side / 1000;
    int little = 16;
    long begin = System.nanoTime();
    checkState(succeeds(kind, side, enough, Long.MAX_VALUE), "%s MB are too little", enough);
    long most = AT_LEAST + PATIENCE * (System.nanoTime() - begin);
    while (enough - little > STEP) {
      int middle = (enough + little) / 2;
      if (succeeds(kind, side, middle, most)) {
        enough = middle;
      } else {
        little = middle;
      }
    }
    return enough;
  }

  private static boolean succeeds(String kind, int side, int megabytes, long nanoseconds)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                ThisProcess.command(
                    PhotoMemory.class,
                    List.of("-XX:+ExitOnOutOfMemoryError", "-Xmx" + megabytes + "m"),
                    kind,
                    Integer.toString(side)))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    boolean ended = process.waitFor(nanoseconds, TimeUnit.NANOSECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    return ended && process.exitValue() == 0;
  }
}
