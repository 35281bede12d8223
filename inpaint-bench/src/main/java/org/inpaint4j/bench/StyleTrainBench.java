package org.inpaint4j.bench;

import com.google.common.math.Quantiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.inpaint4j.train.StyleGanOptions;
import org.inpaint4j.train.StyleGanTrainer;
import org.inpaint4j.train.TrainingImages;

/**
 * An iteration of StyleGAN training at 64 pixels, 32 images in a batch, against PyTorch's, which
 * {@code tools/stylegan/iteration_peer.py} makes in a process of its own: the same networks and
 * losses ({@code StyleIterationTest} holds ours to theirs), the same number of threads,
 * alternating. Both draw latents and noise, make both updates and the moving average. One iteration
 * of four has a penalty, so what is compared are means over four.
 *
 * <p>PyTorch is measured twice: with the layers as the port's code is written, and as our trainer
 * has them, with fewer products.
 */
final class StyleTrainBench {

  private static final int SIZE = 64;
  private static final int BATCH = 32;
  private static final int WARM_UP_ROUNDS = 1;

  /** Between two penalties. */
  private static final int CYCLE = 4;

  /** The second half of a round is measured: the first follows upon files that are written. */
  private static final int ROUND = 2 * CYCLE;

  private StyleTrainBench() {}

  /** Prints the table. */
  static void run(Path folder, int rounds, int threads) throws IOException {
    List<Double> ours = new ArrayList<>();
    List<Double> plain = new ArrayList<>();
    List<Double> fused = new ArrayList<>();
    List<Double> times = new ArrayList<>();
    long[] last = {0};
    Path file = folder.resolve("style.safetensors");
    try (StyleGanTrainer trainer =
            StyleGanTrainer.builder(images(folder, rounds), file)
                .options(options())
                .checkpointEvery(Duration.ofDays(1))
                .onProgress(
                    progress -> {
                      times.add((System.nanoTime() - last[0]) / 1e6);
                      last[0] = System.nanoTime();
                      return true;
                    })
                .build();
        PeerProcess portsLayers = peer(threads, "--plain");
        PeerProcess ourLayers = peer(threads)) {
      for (int round = 0; round < WARM_UP_ROUNDS + rounds; round++) {
        trainer.train((round + 1) * ROUND, Duration.ofDays(1));
        List<Double> first = portsLayers.ask(ROUND);
        List<Double> second = ourLayers.ask(ROUND);
        if (round >= WARM_UP_ROUNDS) {
          ours.add(mean(times));
          plain.add(mean(first));
          fused.add(mean(second));
        }
        times.clear();
      }
    }
    double our = Quantiles.median().compute(ours);
    System.out.printf(
        "StyleGAN-64 training iteration, batch %d, %d threads, medians of %d rounds%n",
        BATCH, threads, ours.size());
    System.out.println("| | ms | ours / PyTorch |");
    System.out.println("|---|---|---|");
    System.out.printf("| ours | %.0f | |%n", our);
    print("PyTorch, the port's layers", plain, our);
    print("PyTorch, our layers", fused, our);
  }

  private static void print(String name, List<Double> times, double our) {
    double their = Quantiles.median().compute(times);
    System.out.printf("| %s | %.0f | %.2f |%n", name, their, our / their);
  }

  private static double mean(List<Double> round) {
    return round.subList(round.size() - CYCLE, round.size()).stream()
        .mapToDouble(time -> time)
        .average()
        .orElseThrow();
  }

  private static PeerProcess peer(int threads, String... more) throws IOException {
    Path script = Path.of("tools", "stylegan", "iteration_peer.py");
    if (!Files.isRegularFile(script)) {
      throw new IOException("the bench must run in the checkout: found no " + script);
    }
    List<String> command = new ArrayList<>(List.of("/usr/bin/python3", script.toString()));
    command.addAll(List.of(more));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
    builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
    return PeerProcess.start(builder);
  }

  /** At the largest size from the fourth iteration on. */
  private static StyleGanOptions options() {
    StyleGanOptions usual = StyleGanOptions.of(SIZE);
    StyleGanOptions.Schedule schedule = usual.schedule();
    int sizes = schedule.batches().size();
    List<Integer> fading = new ArrayList<>(Collections.nCopies(sizes, 1));
    fading.set(0, 0);
    return new StyleGanOptions(
        usual.networks(),
        usual.objective(),
        new StyleGanOptions.Schedule(
            Collections.nCopies(sizes, BATCH),
            fading,
            Collections.nCopies(sizes, 0),
            schedule.learningRate(),
            schedule.discriminatorRate(),
            schedule.mappingShare(),
            schedule.averageDecay(),
            schedule.beta1(),
            schedule.beta2()),
        usual.flips(),
        usual.seed());
  }

  /** As many that no epoch ends. */
  private static TrainingImages images(Path folder, int rounds) throws IOException {
    int iterations = ROUND * (WARM_UP_ROUNDS + rounds);
    return TrainBench.save(TrainBench.picture(), BATCH * (iterations + 1), folder);
  }
}
