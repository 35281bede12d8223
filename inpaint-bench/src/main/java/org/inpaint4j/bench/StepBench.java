package org.inpaint4j.bench;

import com.google.common.collect.ImmutableSet;
import com.google.common.math.Quantiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.inpaint4j.Inpainter;
import org.inpaint4j.search.LossTrace;

/**
 * Our latent step against libtorch's: the same networks and weights, latents, image, losses and
 * number of threads, alternating in one run, each in a process of its own.
 *
 * <p>Ours is measured between two calls of the progress listener, so it is a whole step of a search
 * with its bookkeeping and Adam; libtorch's is the forward and the backward pass. The first losses
 * of both are printed as a check that they compute the same.
 *
 * <p>Arguments: the class path of the peer; then {@code --model dcgan64}, {@code stylegan256},
 * {@code stylegan2-256} or {@code stylegan2-1024} (one image a batch); then batch sizes, 1 4 16 (or
 * 1) if none are given.
 */
public final class StepBench {

  static final int WARM_UP_ROUNDS = 2;

  private static final Set<String> MODELS =
      ImmutableSet.of("dcgan64", "stylegan256", "stylegan2-256", "stylegan2-1024");

  private StepBench() {}

  /**
   * Prints the table.
   *
   * @param args the class path of the peer and batch sizes
   * @throws IOException if the peer cannot be started
   */
  public static void main(String[] args) throws IOException {
    List<Integer> batches = new ArrayList<>();
    String model = "dcgan64";
    for (int i = 1; i < args.length; i++) {
      if (args[i].equals("--model") && i + 1 < args.length) {
        model = args[++i];
      } else {
        batches.add(Integer.parseInt(args[i]));
      }
    }
    if (!MODELS.contains(model)) {
      throw new IllegalArgumentException("--model must be one of " + MODELS + ": found " + model);
    }
    int threads = Runtime.getRuntime().availableProcessors();
    System.out.printf("%s latent step, %d threads, median of alternating runs%n", model, threads);
    System.out.println(
        "| batch | ours ms | libtorch ms | ours / libtorch | loss ours | libtorch |");
    System.out.println("|---|---|---|---|---|---|");
    if (batches.isEmpty()) {
      batches.addAll(model.equals("dcgan64") ? List.of(1, 4, 16) : List.of(1));
    }
    for (int batch : batches) {
      StepCase inputs = stepCase(model, batch);
      System.out.println(compare(args[0], inputs, threads));
    }
    System.out.printf(
        "peak resident memory of our process: %s%n",
        ThisProcess.status("VmHWM").orElse("not told by this system"));
  }

  private static StepCase stepCase(String model, int batch) throws IOException {
    return switch (model) {
      case "stylegan256" -> StyleGanStep.of(batch);
      case "stylegan2-256" -> new StyleGan2Step(batch, 256);
      case "stylegan2-1024" -> new StyleGan2Step(batch, 1024);
      default -> DcganStep.of(batch);
    };
  }

  private static String compare(String peerClassPath, StepCase inputs, int threads)
      throws IOException {
    Path file = Files.createTempFile("inpaint4j-step", ".tensors");
    try {
      inputs.write(file);
      try (PeerProcess peer =
          PeerProcess.start(
              peerClassPath,
              "org.inpaint4j.bench.libtorch.LatentStepPeer",
              file,
              threads,
              inputs.peer())) {
        return alternate(inputs, peer);
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static String alternate(StepCase inputs, PeerProcess peer) throws IOException {
    int steps = inputs.steps();
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    double ourLoss = 0;
    double theirLoss = 0;
    try (Inpainter inpainter = inputs.inpainter()) {
      for (int round = 0; round < inputs.rounds(); round++) {
        if (round == WARM_UP_ROUNDS) {
          ours.clear();
          theirs.clear();
        }
        LossTrace trace = inpainter.inpaint(inputs.request(ours)).search().trace();
        ourLoss = trace.total(0);
        List<Double> answer = peer.ask(steps);
        theirLoss = (answer.get(0) + answer.get(1)) / inputs.batch();
        theirs.addAll(answer.subList(2, answer.size()));
      }
    }
    double our = Quantiles.median().compute(ours);
    double their = Quantiles.median().compute(theirs);
    return String.format(
        Locale.ROOT,
        "| %d | %.1f | %.1f | %.2f | %.4f | %.4f |",
        inputs.batch(),
        our,
        their,
        our / their,
        ourLoss,
        theirLoss);
  }
}
