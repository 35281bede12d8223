package org.inpaint4j.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.inpaint4j.Inpainter;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;

/**
 * What we add to the bare ONNX Runtime, and whether memory grows: run by hand, with the network of
 * {@code make_standins.py --large} and the number of runs, or with {@code memory}, a network and
 * the number of calls (Linux).
 */
final class Overhead {

  private Overhead() {}

  public static void main(String[] args) throws IOException, OrtException {
    if (args[0].equals("memory")) {
      memory(Path.of(args[1]), Integer.parseInt(args[2]));
    } else {
      time(Path.of(args[0]), Integer.parseInt(args[1]));
    }
  }

  /** Processor time of this process in milliseconds. */
  private static double millis() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime() / 1e6;
  }

  private static void time(Path file, int runs) throws IOException, OrtException {
    OnnxModel model = OnnxModel.load(file).threads(1);
    FillTask task = StandIns.pattern(512, 512);
    try (Network network = Network.open(file, 1, true);
        Filler filler = model.filler();
        Inpainter inpainter = Inpainter.builder().model(model).build();
        OrtSession.RunOptions options = new OrtSession.RunOptions()) {
      List<Fed> fed =
          new Feed(model.contract(), new Wiring("image", "mask")).of(task.target(), task.mask());
      var photo = Photo.toImage(task.target());
      Mask mask = Mask.rectangle(512, 512, 180, 150, 160, 170);
      double[] sums = new double[3];
      for (int run = -2; run < runs; run++) {
        double start = millis();
        Object unused = network.run(fed, options);
        double bare = millis();
        Object unusedFill = filler.fill(task);
        double filled = millis();
        Object unusedResult = inpainter.inpaint(photo, mask);
        double whole = millis();
        if (run >= 0) {
          sums[0] += bare - start;
          sums[1] += filled - bare;
          sums[2] += whole - filled;
        }
      }
      System.out.printf(
          Locale.ROOT,
          "processor ms a run: bare %.0f, filler %.0f, inpainter %.0f%n",
          sums[0] / runs,
          sums[1] / runs,
          sums[2] / runs);
    }
  }

  private static void memory(Path file, int calls) throws IOException {
    FillTask task = StandIns.pattern(512, 512);
    try (Filler filler = OnnxModel.load(file).threads(1).filler()) {
      for (int call = 1; call <= calls; call++) {
        Object unused = filler.fill(task);
        if (call % Math.max(1, calls / 10) == 0) {
          System.gc(); // what is measured is native memory
          String resident =
              Files.readAllLines(Path.of("/proc/self/status")).stream()
                  .filter(line -> line.startsWith("VmRSS"))
                  .findFirst()
                  .orElse("");
          System.out.println(call + " " + resident);
        }
      }
    }
  }
}
