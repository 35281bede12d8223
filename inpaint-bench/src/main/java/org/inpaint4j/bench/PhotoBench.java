package org.inpaint4j.bench;

import com.google.common.base.Splitter;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.inpaint4j.InpaintRequest;
import org.inpaint4j.Inpainter;
import org.inpaint4j.image.Mask;
import org.inpaint4j.patch.MixedFill;
import org.inpaint4j.patch.PatchFill;

/**
 * What it costs to fill photographs without a model: processor seconds a megapixel of small ones by
 * kind of hole, seconds of one of 12 megapixels, and bytes a pixel. Prints tables. All are filled
 * by {@link MixedFill} of {@link PatchFill}, in a warm process but for the memory.
 *
 * <p>Arguments:
 *
 * <ul>
 *   <li>{@code --photos FOLDER}: NAME.png, and masks/dev-NAME.KIND.png;
 *   <li>{@code --kinds blob,text,strokes,noise}: which holes;
 *   <li>{@code --passes N}: how often each is filled, 2 if not given; the first one warms up;
 *   <li>{@code --large PHOTO}: enlarges this one to 4000x3000 and fills round holes in it;
 *   <li>{@code --memory wide,thin,noise}: looks for the smallest heaps in which holes of these
 *       kinds are filled, in processes of their own.
 * </ul>
 */
public final class PhotoBench {

  /** Seconds of one fill. */
  private record Cost(double processor, double clock) {}

  private PhotoBench() {}

  /**
   * Prints the tables.
   *
   * @param args see above
   * @throws IOException if a picture cannot be read
   * @throws InterruptedException if the thread is interrupted
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = 0; i + 1 < args.length; i += 2) {
      options.put(args[i], args[i + 1]);
    }
    int passes = Integer.parseInt(options.getOrDefault("--passes", "2"));
    try (Inpainter inpainter =
        Inpainter.builder().filler(MixedFill.of(PatchFill.create())).build()) {
      if (options.containsKey("--photos")) {
        System.out.println(
            "kind      photographs  processor s/MP: median, most   clock s/MP: median");
        String kinds = options.getOrDefault("--kinds", "blob,text,strokes");
        for (String kind : Splitter.on(',').split(kinds)) {
          photographs(inpainter, Path.of(options.get("--photos")), kind, passes);
        }
      }
      if (options.containsKey("--large")) {
        large(inpainter, Path.of(options.get("--large")), passes);
      }
    }
    if (options.containsKey("--memory")) {
      PhotoMemory.print(Splitter.on(',').splitToList(options.get("--memory")));
    }
  }

  private static void photographs(Inpainter inpainter, Path folder, String kind, int passes)
      throws IOException {
    List<Double> processor = new ArrayList<>();
    List<Double> clock = new ArrayList<>();
    for (Path file : masks(folder, kind)) {
      String name = String.valueOf(file.getFileName()).replaceAll("dev-(.*?)\\..*", "$1");
      BufferedImage photo = ImageIO.read(folder.resolve(name + ".png").toFile());
      Mask mask = Mask.whiteIsHole(ImageIO.read(file.toFile()));
      double megapixels = mask.size().pixels() / 1e6;
      Cost least = least(inpainter, photo, mask, passes);
      processor.add(least.processor() / megapixels);
      clock.add(least.clock() / megapixels);
    }
    Collections.sort(processor);
    Collections.sort(clock);
    int middle = processor.size() / 2;
    System.out.printf(
        Locale.ROOT,
        "%-9s %11d  %22.2f, %5.2f   %18.2f%n",
        kind,
        processor.size(),
        processor.get(middle),
        processor.get(processor.size() - 1),
        clock.get(middle));
  }

  private static List<Path> masks(Path folder, String kind) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("masks"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("dev-.*\\." + kind + "\\.png"))
          .sorted()
          .toList();
    }
  }

  /** The least of all passes but the first: other processes can only add to it. */
  private static Cost least(Inpainter inpainter, BufferedImage photo, Mask mask, int passes) {
    double processor = Double.POSITIVE_INFINITY;
    double clock = Double.POSITIVE_INFINITY;
    for (int pass = 0; pass < passes; pass++) {
      double cpu = ThisProcess.processorSeconds();
      long start = System.nanoTime();
      inpainter.inpaint(InpaintRequest.of(photo, mask).seed(1));
      double seconds = (System.nanoTime() - start) / 1e9;
      double busy = ThisProcess.processorSeconds() - cpu;
      if (pass > 0 || passes == 1) {
        processor = Math.min(processor, busy);
        clock = Math.min(clock, seconds);
      }
    }
    return new Cost(processor, clock);
  }

  private static void large(Inpainter inpainter, Path file, int passes) throws IOException {
    int width = 4000;
    int height = 3000;
    BufferedImage photo = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D canvas = photo.createGraphics();
    canvas.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    canvas.drawImage(ImageIO.read(file.toFile()), 0, 0, width, height, null);
    canvas.dispose();
    System.out.println("4000x3000, a round hole in the middle: pixels, processor s, clock s");
    for (double radius : new double[] {195.4, 437}) {
      Mask mask =
          Mask.of(width, height, (x, y) -> Math.hypot(x - width / 2.0, y - height / 2.0) <= radius);
      Cost least = least(inpainter, photo, mask, passes);
      System.out.printf(
          Locale.ROOT, "%8d %8.2f %8.2f%n", mask.holeCount(), least.processor(), least.clock());
    }
  }
}
