package org.inpaint4j.bench;

import com.google.common.base.Splitter;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.inpaint4j.Framing;
import org.inpaint4j.InpaintOutcome;
import org.inpaint4j.InpaintRequest;
import org.inpaint4j.Inpainter;
import org.inpaint4j.faces.FaceModels;
import org.inpaint4j.image.Mask;

/**
 * How many faces a machine fills in a minute: one after the other with all cores, in batches with
 * all cores, and by one process for each core.
 *
 * <p>{@code main} prints the table; its argument is the number of faces, 64 if there is none. With
 * the argument {@code one} it is a process that is measured.
 */
public final class ThroughputBench {

  private static final PrintStream OUT = System.out;
  private static final String ONE = "one";
  private static final int BATCH = 16;
  private static final int SIZE = 128;

  /** Faces before those that count, for all ways alike: Java compiles while they are filled. */
  private static final int WARM = 48;

  /** How the faces are shared out. */
  private record Way(String label, boolean processes, int batch) {

    static final List<Way> ALL =
        List.of(
            new Way("one at a time, all cores", false, 1),
            new Way("batches of " + BATCH + ", all cores", false, BATCH),
            new Way("a process for each core, one at a time", true, 1),
            new Way("a process for each core, batches of " + BATCH, true, BATCH));
  }

  private ThroughputBench() {}

  /**
   * Prints the table.
   *
   * @param args the number of faces, and perhaps one of the models, {@code believable} or {@code
   *     fast}; or {@code one}, and what to do
   * @throws Exception if a process fails
   */
  public static void main(String[] args) throws Exception {
    if (args.length == 4 && args[0].equals(ONE)) {
      work(args[1], Integer.parseInt(args[2]), Integer.parseInt(args[3]));
      return;
    }
    int faces = args.length > 0 ? Integer.parseInt(args[0]) : 64;
    int cores = Runtime.getRuntime().availableProcessors();
    OUT.printf("%d faces, %d cores, warm; heap and native memory of all processes%n", faces, cores);
    OUT.println("| model | way | faces a minute | processor seconds a face | MB |");
    OUT.println("|---|---|---|---|---|");
    List<String> models = args.length > 1 ? List.of(args[1]) : List.of("believable", "fast");
    for (String model : models) {
      for (Way way : Way.ALL) {
        measure(model, way, faces, cores);
      }
    }
  }

  private static void measure(String model, Way way, int faces, int cores)
      throws IOException, InterruptedException {
    int count = way.processes ? cores : 1;
    List<Process> processes = new ArrayList<>();
    List<BufferedReader> answers = new ArrayList<>();
    try {
      for (int p = 0; p < count; p++) {
        Process process = start(model, way, faces / count, cores / count);
        processes.add(process);
        answers.add(
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
      }
      for (BufferedReader answer : answers) {
        line(answer);
      }
      long start = System.nanoTime();
      for (Process process : processes) {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
      }
      double processor = 0;
      double megabytes = 0;
      for (BufferedReader answer : answers) {
        List<String> told = Splitter.on(' ').splitToList(line(answer));
        processor += Double.parseDouble(told.get(0));
        megabytes += Double.parseDouble(told.get(1));
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      int done = faces / count * count;
      OUT.printf(
          Locale.ROOT,
          "| %s | %s | %.0f | %.3f | %.0f |%n",
          model,
          way.label,
          60 * done / seconds,
          processor / done,
          megabytes);
    } finally {
      processes.forEach(Process::destroy);
    }
  }

  private static String line(BufferedReader answer) throws IOException {
    String line = answer.readLine();
    if (line == null) {
      throw new IOException("the measured process must answer: it ended");
    }
    return line;
  }

  private static Process start(String model, Way way, int faces, int threads) throws IOException {
    List<String> command =
        ThisProcess.command(
            ThroughputBench.class,
            List.of("-XX:ActiveProcessorCount=" + threads),
            ONE,
            model,
            String.valueOf(way.batch),
            String.valueOf(faces));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("OMP_NUM_THREADS", String.valueOf(threads));
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Warms up, says so, waits for the start, fills, and tells what that took. */
  private static void work(String model, int batch, int faces) throws IOException {
    try (Inpainter inpainter =
        Inpainter.builder()
            .model(model.equals("fast") ? FaceModels.fast() : FaceModels.believable())
            .framing(Framing.centeredSquare())
            .build()) {
      fill(inpainter, batch, WARM);
      OUT.println("ready");
      int unused = System.in.read();
      double before = ThisProcess.processorSeconds();
      fill(inpainter, batch, faces);
      OUT.println(
          (ThisProcess.processorSeconds() - before) + " " + ThisProcess.residentMegabytes());
    }
  }

  private static void fill(Inpainter inpainter, int batch, int faces) {
    for (int from = 0; from < faces; from += batch) {
      List<InpaintRequest> requests = new ArrayList<>();
      for (int i = from; i < Math.min(faces, from + batch); i++) {
        Mask mask = Mask.rectangle(SIZE, SIZE, 40 + i % 8, 60, 48, 40);
        requests.add(InpaintRequest.of(picture(i), mask).seed(i).inPlace());
      }
      inpainter.inpaintAll(requests).forEach(InpaintOutcome::orElseThrow);
    }
  }

  /** A slope of colour with grain: what it shows has no influence on the time. */
  private static BufferedImage picture(int seed) {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < SIZE * SIZE; i++) {
      int light = 80 + i % SIZE / 2 + random.nextInt(16);
      image.setRGB(i % SIZE, i / SIZE, light << 16 | (light - 20) << 8 | (light - 40));
    }
    return image;
  }
}
