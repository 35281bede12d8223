package org.inpaint4j.bench;

import com.google.common.math.Quantiles;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.inpaint4j.model.Weights;
import org.inpaint4j.train.DcganTrainer;
import org.inpaint4j.train.TrainingImages;
import org.inpaint4j.train.TrainingOptions;

/**
 * One iteration of DCGAN training against libtorch's: the same networks, weights and image of 64
 * pixels (many times the same), batches of 64, 64 filters, the same number of threads, alternating
 * in one run, each in a process of its own.
 *
 * <p>Ours is a whole iteration of the trainer between two calls of its listener: drawing latents
 * and images, both updates, and the moving average of the generator, which libtorch's side does not
 * have. The first loss of both on the real images is printed as a check that they compute the same.
 *
 * <p>Arguments: the class path of the peer; then perhaps {@code stylegan}, for {@link
 * StyleTrainBench}; then the number of rounds, 7 if none is given.
 */
public final class TrainBench {

  private static final int BATCH = 64;
  private static final int SIZE = 64;
  private static final int WARM_UP_ROUNDS = 1;
  private static final int ITERATIONS = 3;

  private TrainBench() {}

  /**
   * Prints the table.
   *
   * @param args the class path of the peer, perhaps {@code stylegan}, and perhaps the number of
   *     rounds
   * @throws IOException if the peer cannot be started
   */
  public static void main(String[] args) throws IOException {
    boolean style = args.length > 1 && args[1].equals("stylegan");
    int rounds = args.length > (style ? 2 : 1) ? Integer.parseInt(args[args.length - 1]) : 7;
    int threads = Runtime.getRuntime().availableProcessors();
    Path folder = Files.createTempDirectory("inpaint4j-train");
    try {
      if (style) {
        StyleTrainBench.run(folder, rounds, threads);
      } else {
        compare(args[0], folder, rounds, threads);
      }
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void compare(String peerClassPath, Path folder, int rounds, int threads)
      throws IOException {
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    double[] firstLoss = new double[1];
    long[] last = {0};
    BufferedImage picture = picture();
    TrainingImages images =
        save(picture, BATCH * (ITERATIONS * (WARM_UP_ROUNDS + rounds) + 1), folder);
    TrainingOptions options =
        TrainingOptions.dcgan64().toBuilder().batchSize(BATCH).flips(false).build();
    try (DcganTrainer trainer =
        DcganTrainer.builder(images, folder.resolve("bench.safetensors"))
            .options(options)
            .checkpointEvery(Duration.ofDays(1))
            .onProgress(
                progress -> {
                  long now = System.nanoTime();
                  if (progress.iteration() == 1) {
                    firstLoss[0] = progress.realLoss();
                  }
                  // The first of a round follows upon the end of the last, with its files.
                  if (progress.iteration() % ITERATIONS != 1) {
                    ours.add((now - last[0]) / 1e6);
                  }
                  last[0] = System.nanoTime();
                  return true;
                })
            .build()) {
      Path tensors = folder.resolve("bench.tensors");
      write(trainer.weights(), picture, tensors);
      try (PeerProcess peer =
          PeerProcess.start(
              peerClassPath, "org.inpaint4j.bench.libtorch.TrainingPeer", tensors, threads)) {
        List<Double> first = peer.ask(1);
        for (int round = 0; round < WARM_UP_ROUNDS + rounds; round++) {
          if (round == WARM_UP_ROUNDS) {
            ours.clear();
            theirs.clear();
          }
          trainer.train((round + 1) * ITERATIONS, Duration.ofDays(1));
          List<Double> answer = peer.ask(ITERATIONS);
          theirs.addAll(answer.subList(3, answer.size()));
        }
        print(ours, theirs, firstLoss[0], first.get(0), threads);
      }
    }
  }

  private static void print(
      List<Double> ours, List<Double> theirs, double ourLoss, double theirLoss, int threads) {
    double our = Quantiles.median().compute(ours);
    double their = Quantiles.median().compute(theirs);
    System.out.printf(
        "DCGAN-64 training iteration, batch %d, 64 filters, %d threads, medians of %d and %d%n",
        BATCH, threads, ours.size(), theirs.size());
    System.out.println(
        "| ours ms | libtorch ms | ours / libtorch | first -log D(x): ours | libtorch |");
    System.out.println("|---|---|---|---|---|");
    System.out.printf(
        "| %.0f | %.0f | %.2f | %.5f | %.5f |%n", our, their, our / their, ourLoss, theirLoss);
  }

  static BufferedImage picture() {
    Random random = new Random(1);
    BufferedImage picture = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < SIZE * SIZE; i++) {
      picture.setRGB(i % SIZE, i / SIZE, random.nextInt());
    }
    return picture;
  }

  /** As many copies that no epoch ends, so that nothing is drawn while time is taken. */
  static TrainingImages save(BufferedImage picture, int count, Path folder) throws IOException {
    Path zip = folder.resolve("pictures.zip");
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", png);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (int n = 0; n < count; n++) {
        out.putNextEntry(new ZipEntry(n + ".png"));
        out.write(png.toByteArray());
      }
    }
    return TrainingImages.read(zip, SIZE, 3);
  }

  private static void write(Weights weights, BufferedImage picture, Path to) throws IOException {
    TensorFile tensors = new TensorFile();
    for (String name : weights.names()) {
      tensors.put(name, weights.shape(name), weights.values(name));
    }
    float[] real = new float[BATCH * 3 * SIZE * SIZE];
    int at = 0;
    for (int n = 0; n < BATCH; n++) {
      for (int c = 0; c < 3; c++) {
        for (int i = 0; i < SIZE * SIZE; i++) {
          int sample = picture.getRGB(i % SIZE, i / SIZE) >> (16 - 8 * c) & 255;
          real[at++] = sample / 127.5f - 1;
        }
      }
    }
    tensors.put("real", new int[] {BATCH, 3, SIZE, SIZE}, real);
    tensors.write(to);
  }
}
