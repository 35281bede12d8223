package org.inpaint4j.bench;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Random;
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

  static void print() throws IOException, InterruptedException {
    System.out.println("hole                  bytes a pixel");
    for (String kind : List.of("wide", "thin", "noise")) {
      double first = smallest(kind, SIDES[0]);
      double second = smallest(kind, SIDES[1]);
      double pixels = (double) SIDES[1] * SIDES[1] - (double) SIDES[0] * SIDES[0];
      System.out.printf(Locale.ROOT, "%-20s %14.0f%n", kind, (second - first) / pixels);
    }
  }

  /** The smallest heap in which a picture can be filled, to a megabyte. */
  private static double smallest(String kind, int side) throws IOException, InterruptedException {
    int enough = 512 * side / 1000 * side / 1000;
    int little = 4;
    while (enough - little > 1) {
      int middle = (enough + little) / 2;
      if (succeeds(kind, side, middle)) {
        enough = middle;
      } else {
        little = middle;
      }
    }
    return enough * 1024.0 * 1024.0;
  }

  private static boolean succeeds(String kind, int side, int megabytes)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                ThisProcess.java(),
                "-XX:+UseSerialGC",
                "-Xmx" + megabytes + "m",
                "-cp",
                System.getProperty("java.class.path"),
                PhotoMemory.class.getName(),
                kind,
                Integer.toString(side))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor() == 0;
  }
}
