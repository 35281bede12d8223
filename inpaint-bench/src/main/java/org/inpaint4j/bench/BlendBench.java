package org.inpaint4j.bench;

import com.google.common.math.Quantiles;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.inpaint4j.blend.BlendResult;
import org.inpaint4j.blend.PoissonBlender;
import org.inpaint4j.blend.PoissonOptions;
import org.inpaint4j.blend.SmoothFill;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Masks;
import org.inpaint4j.image.Size;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Point;
import org.opencv.photo.Photo;

/**
 * Poisson blending against OpenCV's {@code seamlessClone}, in one run and taking turns, and the
 * figures of our own solver.
 *
 * <p>{@code main} prints all tables, or those named in its arguments: {@code speed}, {@code
 * cycles}, {@code scaling}, {@code memory}, {@code fills}.
 */
public final class BlendBench {

  private static final PrintStream OUT = System.out;

  /** For so long each task runs before it is measured, for the compiler to be done. */
  private static final long WARM_UP_NANOSECONDS = 2_000_000_000L;

  private BlendBench() {}

  /**
   * Prints tables.
   *
   * @param args names of tables; none for all
   */
  public static void main(String[] args) {
    boolean all = args.length == 0;
    if (all || Arrays.asList(args).contains("speed")) {
      speed();
    }
    if (all || Arrays.asList(args).contains("cycles")) {
      cycles();
    }
    if (all || Arrays.asList(args).contains("scaling")) {
      scaling();
    }
    if (all || Arrays.asList(args).contains("memory")) {
      memory();
    }
    if (all || Arrays.asList(args).contains("fills")) {
      fills();
    }
  }

  private static void speed() {
    nu.pattern.OpenCV.loadLocally();
    OUT.printf(
        "A disc of 36 %% radius, 3 channels, default tolerance; medians of runs in turns.%n");
    OUT.printf("OpenCV's distance is its largest difference to the solution in grey levels.%n");
    OUT.printf(
        "%6s %10s %10s %7s %7s %9s%n",
        "size", "ours ms", "OpenCV ms", "ratio", "cycles", "distance");
    for (int n : new int[] {64, 256, 512, 1024, 2048}) {
      Mask mask = Masks.disc(n, 0.36);
      ImagePlanes image = picture(3, n, 1);
      ImagePlanes filling = picture(3, n, 2);
      Mat cvImage = toMat(image);
      Mat cvFilling = toMat(filling);
      Mat cvMask = toMat(mask);
      Mat cvResult = new Mat();
      // OpenCV centres the bounding box of the mask on this point.
      Point centre = new Point(n / 2.0, n / 2.0);
      PoissonBlender blender = PoissonBlender.create();
      int runs = n <= 256 ? 61 : n <= 1024 ? 15 : 7;
      double[] ours = new double[runs];
      double[] theirs = new double[runs];
      BlendResult result = blender.solve(image, filling, mask);
      for (long from = System.nanoTime(); System.nanoTime() - from < WARM_UP_NANOSECONDS; ) {
        blender.solve(image, filling, mask);
      }
      for (int run = 0; run < runs; run++) {
        long start = System.nanoTime();
        result = blender.solve(image, filling, mask);
        ours[run] = (System.nanoTime() - start) / 1e6;
        start = System.nanoTime();
        Photo.seamlessClone(cvFilling, cvImage, cvMask, centre, cvResult, Photo.NORMAL_CLONE);
        theirs[run] = (System.nanoTime() - start) / 1e6;
      }
      OUT.printf(
          Locale.ROOT,
          "%6d %10.2f %10.2f %7.3f %7d %9.1f%n",
          n,
          Quantiles.median().compute(ours),
          Quantiles.median().compute(theirs),
          Quantiles.median().compute(ours) / Quantiles.median().compute(theirs),
          result.cycles(),
          distance(result.image(), cvResult, mask));
    }
  }

  private static void cycles() {
    OUT.printf("%nCycles until a cycle changes no sample by more than 1e-8 of the range.%n");
    int[] sizes = {32, 64, 128, 256, 512, 1024, 2048};
    OUT.printf("%10s", "hole");
    for (int n : sizes) {
      OUT.printf("%6d", n);
    }
    OUT.println();
    PoissonBlender blender =
        PoissonBlender.of(PoissonOptions.seamless().toBuilder().tolerance(1e-8).build());
    for (String family : Masks.FAMILIES) {
      OUT.printf("%10s", family);
      for (int n : sizes) {
        BlendResult result = blender.solve(picture(1, n, 1), picture(1, n, 2), Masks.of(family, n));
        OUT.printf("%6d", result.cycles());
      }
      OUT.println();
    }
  }

  private static void scaling() {
    OUT.printf("%nThe disc at any size: time and memory for each unknown (pixel and channel).%n");
    OUT.printf("%6s %10s %12s %14s%n", "size", "ms", "ns/unknown", "bytes/unknown");
    for (int n : new int[] {64, 256, 1024, 4096}) {
      Mask mask = Masks.disc(n, 0.36);
      ImagePlanes image = picture(3, n, 1);
      ImagePlanes filling = picture(3, n, 2);
      PoissonBlender blender = PoissonBlender.create();
      int runs = n <= 256 ? 101 : n <= 1024 ? 9 : 3;
      double[] times = new double[runs];
      long bytes = 0;
      for (int run = 0; run < runs; run++) {
        long before = allocated();
        long start = System.nanoTime();
        blender.blend(image, filling, mask);
        times[run] = (System.nanoTime() - start) / 1e6;
        bytes = allocated() - before - 4L * image.samples().length;
      }
      double unknowns = 3.0 * mask.holeCount();
      OUT.printf(
          Locale.ROOT,
          "%6d %10.2f %12.1f %14.1f%n",
          n,
          Quantiles.median().compute(times),
          Quantiles.median().compute(times) * 1e6 / unknowns,
          bytes / unknowns);
    }
  }

  private static void memory() {
    OUT.printf("%nBytes a call allocates besides its result for each unknown, 3 channels.%n");
    int[] sizes = {64, 256, 1024};
    OUT.printf("%10s", "hole");
    for (int n : sizes) {
      OUT.printf("%7d", n);
    }
    OUT.println();
    PoissonBlender blender = PoissonBlender.create();
    for (String family : Masks.FAMILIES) {
      OUT.printf("%10s", family);
      for (int n : sizes) {
        Mask mask = Masks.of(family, n);
        ImagePlanes image = picture(3, n, 1);
        ImagePlanes filling = picture(3, n, 2);
        blender.blend(image, filling, mask);
        long before = allocated();
        blender.blend(image, filling, mask);
        long bytes = allocated() - before - 4L * image.samples().length;
        OUT.printf(Locale.ROOT, "%7.1f", bytes / (3.0 * mask.holeCount()));
      }
      OUT.println();
    }
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean)
            java.lang.management.ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  private static void fills() {
    OUT.printf("%nFills, 3 channels, default tolerance; medians.%n");
    OUT.printf("%10s %-24s %8s %7s%n", "fill", "hole", "ms", "cycles");
    for (SmoothFill fill : SmoothFill.values()) {
      fill(fill, "64, 80 % noise", Masks.of("noise80", 64));
      fill(fill, "256, 80 % noise", Masks.of("noise80", 256));
      fill(fill, "512, 100 x 100", Mask.rectangle(512, 512, 200, 180, 100, 100));
      fill(fill, "512, 300 x 300", Mask.rectangle(512, 512, 100, 80, 300, 300));
    }
  }

  private static void fill(SmoothFill fill, String name, Mask mask) {
    ImagePlanes image = picture(3, mask.width(), 1);
    PoissonOptions options = PoissonOptions.seamless().toBuilder().maximumCycles(1000).build();
    double[] times = new double[mask.holeCount() < 20_000 ? 31 : 5];
    int cycles = 0;
    for (long from = System.nanoTime(); System.nanoTime() - from < WARM_UP_NANOSECONDS; ) {
      fill.solve(image, mask, options);
    }
    for (int run = 0; run < times.length; run++) {
      BlendResult result = fill.solve(image, mask, options);
      times[run] = result.time().toNanos() / 1e6;
      cycles = result.cycles();
    }
    OUT.printf(
        Locale.ROOT,
        "%10s %-24s %8.1f %7d%n",
        fill,
        name,
        Quantiles.median().compute(times),
        cycles);
  }

  /** Shades, edges and noise, in whole grey levels, since OpenCV takes bytes. */
  private static ImagePlanes picture(int channels, int n, long seed) {
    Random random = new Random(seed);
    ImagePlanes image = ImagePlanes.zeros(channels, new Size(n, n));
    double fx = 3 + 5 * random.nextDouble();
    double fy = 3 + 5 * random.nextDouble();
    for (int c = 0, i = 0; c < channels; c++) {
      for (int y = 0; y < n; y++) {
        for (int x = 0; x < n; x++, i++) {
          double shade = 0.5 + 0.25 * Math.sin(fx * x / n + c) * Math.cos(fy * y / n);
          double edge = (8 * x / n + 8 * y / n + c) % 3 == 0 ? 0.1 : 0;
          double value = shade + edge + 0.02 * random.nextGaussian();
          image.samples()[i] = Math.round(255 * Math.max(0, Math.min(1, value))) / 255f;
        }
      }
    }
    return image;
  }

  private static Mat toMat(ImagePlanes image) {
    int plane = image.width() * image.height();
    byte[] bytes = new byte[3 * plane];
    for (int p = 0; p < plane; p++) {
      for (int c = 0; c < 3; c++) {
        bytes[3 * p + c] = (byte) Math.round(255 * image.samples()[c * plane + p]);
      }
    }
    Mat mat = new Mat(image.height(), image.width(), CvType.CV_8UC3);
    mat.put(0, 0, bytes);
    return mat;
  }

  private static Mat toMat(Mask mask) {
    byte[] bytes = new byte[mask.width() * mask.height()];
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        bytes[y * mask.width() + x] = (byte) (mask.isHole(x, y) ? 255 : 0);
      }
    }
    Mat mat = new Mat(mask.height(), mask.width(), CvType.CV_8UC1);
    mat.put(0, 0, bytes);
    return mat;
  }

  private static double distance(ImagePlanes ours, Mat theirs, Mask mask) {
    int plane = ours.width() * ours.height();
    byte[] bytes = new byte[3 * plane];
    theirs.get(0, 0, bytes);
    double most = 0;
    for (int y = 0; y < ours.height(); y++) {
      for (int x = 0; x < ours.width(); x++) {
        for (int c = 0; c < 3 && mask.isHole(x, y); c++) {
          int p = y * ours.width() + x;
          double value = Math.max(0, Math.min(1, ours.samples()[c * plane + p]));
          most = Math.max(most, Math.abs(255 * value - (bytes[3 * p + c] & 255)));
        }
      }
    }
    return most;
  }
}
