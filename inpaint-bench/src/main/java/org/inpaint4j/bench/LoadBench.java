package org.inpaint4j.bench;

import com.google.common.base.Splitter;
import com.google.common.math.Quantiles;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.inpaint4j.Framing;
import org.inpaint4j.InpaintRequest;
import org.inpaint4j.Inpainter;
import org.inpaint4j.faces.FaceModels;
import org.inpaint4j.image.Mask;

/**
 * The same fill on a quiet machine, beside busy programs, and inside a quota of one core, with
 * different settings of the threads. Each is measured in a process of its own, because the settings
 * are read when the native libraries are loaded.
 *
 * <p>{@code main} prints the table; with the argument {@code one} it is the process that is
 * measured.
 */
public final class LoadBench {

  private static final PrintStream OUT = System.out;
  private static final String ONE = "one";
  private static final int FILLS = 5;
  private static final int ROUNDS = 3;
  private static final int SIZE = 64;

  /**
   * What takes longer counts as without end: six fills take some seconds on a machine that is not
   * overloaded by far.
   */
  private static final int MOST_MINUTES = 3;

  /** Settings of the threads: what the environment of a process gets. */
  private record Threads(String label, List<String> environment) {

    static final List<Threads> ALL =
        List.of(
            new Threads("the library's", List.of()),
            new Threads("libgomp's own", List.of("GOMP_SPINCOUNT=300000")),
            new Threads("passive", List.of("OMP_WAIT_POLICY=PASSIVE")),
            new Threads("one thread", List.of("OMP_NUM_THREADS=1")));
  }

  /**
   * What surrounds the fill.
   *
   * @param busy programs that take all they get
   * @param quota whether the fill may use one core in all
   */
  private record Surroundings(String label, int busy, boolean quota) {

    /** How much longer a fill may take than on a quiet machine, if the cores are shared fairly. */
    double fairShare(int cores) {
      return quota ? cores : (double) (cores + busy) / cores;
    }
  }

  private LoadBench() {}

  /**
   * Prints the table.
   *
   * @param args none, or words of the rows to print beside the quiet one, {@code quota} say; or
   *     {@code one}
   * @throws Exception if a process fails
   */
  public static void main(String[] args) throws Exception {
    if (List.of(args).equals(List.of(ONE))) {
      Time time = time();
      OUT.println(time.clock() + " " + time.processor());
      return;
    }
    List<Surroundings> all = new ArrayList<>();
    all.add(new Surroundings("quiet", 0, false));
    all.add(new Surroundings("beside 1 busy program", 1, false));
    all.add(new Surroundings("beside 2 busy programs", 2, false));
    try (CoreQuota quota = CoreQuota.ofOneCore()) {
      if (quota.group().isPresent()) {
        all.add(new Surroundings("a quota of one core", 0, true));
      } else {
        OUT.println("A quota needs control groups that this user may write to: left out.");
      }
      // The quiet machine is what all else is compared with.
      all.removeIf(
          around ->
              args.length > 0
                  && !around.label.equals("quiet")
                  && Stream.of(args).noneMatch(around.label::contains));
      print(all, quota.group());
    }
  }

  private static void print(List<Surroundings> all, Optional<Path> quota)
      throws IOException, InterruptedException {
    int cores = Runtime.getRuntime().availableProcessors();
    OUT.printf(
        "A fill by FaceModels.fast(), warm; medians of %d processes in turns, each the median of %d"
            + " fills; s of the clock, the ratio to the fair share of the library's own quiet time,"
            + " and processor seconds a fill; %d cores.%n",
        ROUNDS, FILLS, cores);
    double quiet = 0;
    for (Surroundings around : all) {
      OUT.printf(Locale.ROOT, "| %s (fair: %.2f) |", around.label, around.fairShare(cores));
      Time[][] times = measure(around, quota);
      for (int t = 0; t < times.length; t++) {
        double clock = median(times[t], Time::clock);
        quiet = quiet == 0 ? clock : quiet;
        OUT.printf(
            Locale.ROOT,
            " %s %.2f, %.2f, %.2f |",
            Threads.ALL.get(t).label,
            clock,
            clock / quiet / around.fairShare(cores),
            median(times[t], Time::processor));
      }
      OUT.println();
    }
  }

  /** Seconds of a fill: on the clock, and of all cores together. */
  private record Time(double clock, double processor) {

    static Time parse(String printed) {
      List<String> both = Splitter.on(' ').splitToList(printed);
      return new Time(Double.parseDouble(both.get(0)), Double.parseDouble(both.get(1)));
    }
  }

  private static double median(Time[] times, ToDoubleFunction<Time> part) {
    return Quantiles.median().compute(Stream.of(times).mapToDouble(part).toArray());
  }

  private static Time[][] measure(Surroundings around, Optional<Path> quota)
      throws IOException, InterruptedException {
    Time[][] times = new Time[Threads.ALL.size()][ROUNDS];
    List<Process> busy = new ArrayList<>();
    try {
      for (int i = 0; i < around.busy; i++) {
        busy.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
      }
      for (int round = 0; round < ROUNDS; round++) {
        for (int t = 0; t < times.length; t++) {
          times[t][round] = inProcess(Threads.ALL.get(t), around.quota ? quota : Optional.empty());
        }
      }
    } finally {
      busy.forEach(Process::destroy);
    }
    return times;
  }

  private static Time inProcess(Threads threads, Optional<Path> group)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (group.isPresent()) {
      String join = "echo $$ > '" + group.get().resolve("cgroup.procs") + "' && exec \"$@\"";
      command.addAll(List.of("sh", "-c", join, "sh"));
    }
    command.add("env");
    for (String name : List.of("OMP_WAIT_POLICY", "GOMP_SPINCOUNT", "OMP_NUM_THREADS")) {
      command.addAll(List.of("-u", name));
    }
    command.addAll(threads.environment);
    command.addAll(ThisProcess.command(LoadBench.class, List.of(), ONE));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
      return new Time(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException(
          "the measured process must end well: found status " + process.waitFor());
    }
    return Time.parse(printed);
  }

  /** The medians of some fills of one image, after one that does not count. */
  private static Time time() {
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < SIZE * SIZE; i++) {
      image.setRGB(i % SIZE, i / SIZE, 0x010101 * (i % 251));
    }
    Mask mask = Mask.rectangle(SIZE, SIZE, 20, 30, 24, 20);
    Time[] times = new Time[FILLS];
    try (Inpainter inpainter =
        Inpainter.builder().model(FaceModels.fast()).framing(Framing.centeredSquare()).build()) {
      for (int i = -1; i < FILLS; i++) {
        long start = System.nanoTime();
        double before = ThisProcess.processorSeconds();
        inpainter.inpaint(InpaintRequest.of(image, mask));
        if (i >= 0) {
          double clock = (System.nanoTime() - start) / 1e9;
          times[i] = new Time(clock, ThisProcess.processorSeconds() - before);
        }
      }
    }
    return new Time(median(times, Time::clock), median(times, Time::processor));
  }
}
