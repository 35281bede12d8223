package org.inpaint4j.bench;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.inpaint4j.Blender;
import org.inpaint4j.Discriminator;
import org.inpaint4j.Framing;
import org.inpaint4j.Generator;
import org.inpaint4j.ImageShape;
import org.inpaint4j.Inpainter;
import org.inpaint4j.LatentSpace;
import org.inpaint4j.LossTrace;
import org.inpaint4j.Mask;
import org.inpaint4j.SearchOptions;
import org.inpaint4j.loss.ContextLoss;
import org.inpaint4j.loss.PriorLoss;
import org.inpaint4j.model.Dcgan;
import org.inpaint4j.model.Faces64;
import org.inpaint4j.model.Weights;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Our latent step against libtorch's: the same networks and weights, latents, image, losses and
 * number of threads, alternating in one run, each in a process of its own.
 *
 * <p>Ours is measured between two calls of the progress listener, so it is a whole step of a search
 * with its bookkeeping and Adam; libtorch's is the forward and the backward pass. The first losses
 * of both are printed as a check that they compute the same.
 *
 * <p>Arguments: the class path of the peer; then batch sizes, 1 4 16 if none are given.
 */
public final class StepBench {

  private static final int ROUNDS = 9;
  private static final int WARM_UP_ROUNDS = 2;
  private static final int LATENT = 100;
  private static final int SIZE = 64;

  private StepBench() {}

  /**
   * Prints the table.
   *
   * @param args the class path of the peer and batch sizes
   * @throws IOException if the peer cannot be started
   */
  public static void main(String[] args) throws IOException {
    List<Integer> batches = new ArrayList<>();
    for (int i = 1; i < args.length; i++) {
      batches.add(Integer.parseInt(args[i]));
    }
    int threads = Runtime.getRuntime().availableProcessors();
    System.out.printf("DCGAN-64 latent step, %d threads, median of alternating runs%n", threads);
    System.out.println(
        "| batch | ours ms | libtorch ms | ours / libtorch | loss ours | libtorch |");
    System.out.println("|---|---|---|---|---|---|");
    for (int batch : batches.isEmpty() ? List.of(1, 4, 16) : batches) {
      System.out.println(compare(args[0], batch, threads));
    }
  }

  private static String compare(String peerClassPath, int batch, int threads) throws IOException {
    Case inputs = Case.of(batch);
    Path file = Files.createTempFile("inpaint4j-step", ".tensors");
    try {
      inputs.write(file);
      try (PeerProcess peer =
          PeerProcess.start(
              peerClassPath, "org.inpaint4j.bench.libtorch.LatentStepPeer", file, threads)) {
        return alternate(inputs, peer);
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static String alternate(Case inputs, PeerProcess peer) throws IOException {
    int steps = Math.max(8, 48 / inputs.batch);
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    double ourLoss = 0;
    double theirLoss = 0;
    try (Inpainter inpainter = inputs.inpainter(steps, ours)) {
      for (int round = 0; round < ROUNDS; round++) {
        if (round == WARM_UP_ROUNDS) {
          ours.clear();
          theirs.clear();
        }
        LossTrace trace = inpainter.inpaint(inputs.image, inputs.mask).search().trace();
        ourLoss = trace.total(0);
        List<Double> answer = peer.ask(steps);
        theirLoss = (answer.get(0) + answer.get(1)) / inputs.batch;
        theirs.addAll(answer.subList(2, answer.size()));
      }
    }
    double our = PeerProcess.median(ours);
    double their = PeerProcess.median(theirs);
    return String.format(
        Locale.ROOT,
        "| %d | %.1f | %.1f | %.2f | %.4f | %.4f |",
        inputs.batch,
        our,
        their,
        our / their,
        ourLoss,
        theirLoss);
  }

  /** What both sides compute. All starts have the same latent, so that their losses compare. */
  private static final class Case {
    final int batch;
    final float[] latent = new float[LATENT];
    final BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    final Mask mask = Mask.rectangle(SIZE, SIZE, 20, 24, 24, 20);
    final Weights weights;

    private Case(int batch, Weights weights) {
      this.batch = batch;
      this.weights = weights;
    }

    static Case of(int batch) throws IOException {
      Path copy = Files.createTempFile("faces64", ".safetensors");
      try (InputStream resource = Faces64.class.getResourceAsStream("faces64.safetensors")) {
        if (resource == null) {
          throw new IOException("the models jar must hold faces64.safetensors: found none");
        }
        Files.copy(resource, copy, StandardCopyOption.REPLACE_EXISTING);
        Case inputs = new Case(batch, Weights.load(copy));
        Random random = new Random(1);
        for (int i = 0; i < LATENT; i++) {
          inputs.latent[i] = (float) random.nextGaussian();
        }
        for (int i = 0; i < SIZE * SIZE; i++) {
          inputs.image.setRGB(i % SIZE, i / SIZE, random.nextInt());
        }
        return inputs;
      } finally {
        Files.deleteIfExists(copy);
      }
    }

    Inpainter inpainter(int steps, List<Double> times) throws IOException {
      Generator generator = Dcgan.generator(weights);
      Discriminator discriminator = Dcgan.discriminator(weights);
      Blender none = (known, filling, hole) -> filling;
      long[] last = {0};
      return Inpainter.builder()
          .generator(new FromOnePoint(generator, latent))
          .discriminator(discriminator)
          .loss(ContextLoss.weightedL1(7))
          .loss(PriorLoss.logOneMinusD(0.003))
          .framing(Framing.centeredSquare())
          .blender(none)
          .search(
              SearchOptions.paperDcgan().toBuilder()
                  .steps(steps)
                  .restarts(batch)
                  .batchSize(batch)
                  .build())
          .onProgress(
              progress -> {
                long now = System.nanoTime();
                if (progress.step() > 1) {
                  times.add((now - last[0]) / 1e6);
                }
                last[0] = System.nanoTime();
              })
          .build();
    }

    /** Writes the tensors that the peer reads, batch norm folded into the weights as ours is. */
    void write(Path file) throws IOException {
      TensorFile tensors = new TensorFile();
      fold(tensors, "G", weights.under("generator."), new int[] {0, 3, 6, 9, 12}, 1);
      fold(tensors, "D", weights.under("discriminator."), new int[] {0, 2, 5, 8, 11}, 0);
      repeat(tensors, "z", latent, LATENT, 1, 1);
      float[] known = new float[3 * SIZE * SIZE];
      for (int i = 0; i < SIZE * SIZE; i++) {
        if (!mask.isHole(i % SIZE, i / SIZE)) {
          for (int c = 0; c < 3; c++) {
            int sample = image.getRGB(i % SIZE, i / SIZE) >> (16 - 8 * c) & 255;
            known[c * SIZE * SIZE + i] = 2 * (sample / 255f) - 1;
          }
        }
      }
      repeat(tensors, "y", known, 3, SIZE, SIZE);
      repeat(tensors, "W", ContextLoss.importanceWeights(mask, 7), 1, SIZE, SIZE);
      tensors.write(file);
    }

    private void repeat(TensorFile tensors, String name, float[] values, int... shape) {
      float[] all = new float[batch * values.length];
      for (int n = 0; n < batch; n++) {
        System.arraycopy(values, 0, all, n * values.length, values.length);
      }
      int[] whole = new int[shape.length + 1];
      whole[0] = batch;
      System.arraycopy(shape, 0, whole, 1, shape.length);
      tensors.put(name, whole, all);
    }

    /** Batch norm at index + 1 after each convolution, where there is one. */
    private static void fold(
        TensorFile tensors, String name, Weights weights, int[] indices, int channelAxis) {
      for (int i = 0; i < indices.length; i++) {
        String key = "main." + indices[i] + ".weight";
        int[] shape = weights.shape(key);
        float[] values = weights.values(key).clone();
        int channels = shape[channelAxis];
        float[] bias = new float[channels];
        String norm = "main." + (indices[i] + 1) + ".";
        if (weights.names().contains(norm + "running_mean")) {
          float[] gamma = weights.values(norm + "weight");
          float[] beta = weights.values(norm + "bias");
          float[] mean = weights.values(norm + "running_mean");
          float[] variance = weights.values(norm + "running_var");
          int inner = shape[2] * shape[3] * (channelAxis == 0 ? shape[1] : 1);
          float[] factor = new float[channels];
          for (int c = 0; c < channels; c++) {
            factor[c] = (float) (gamma[c] / Math.sqrt(variance[c] + 1e-5));
            bias[c] = beta[c] - factor[c] * mean[c];
          }
          for (int k = 0; k < values.length; k++) {
            values[k] *= factor[k / inner % channels];
          }
        }
        tensors.put(name + i + ".weight", shape, values);
        tensors.put(name + i + ".bias", new int[] {channels}, bias);
      }
    }
  }

  /** A generator whose search always starts at the same latent. */
  private static final class FromOnePoint implements Generator {
    private final Generator generator;
    private final LatentSpace space;

    FromOnePoint(Generator generator, float[] latent) {
      this.generator = generator;
      this.space =
          new LatentSpace(
              latent.length, (random, into) -> System.arraycopy(latent, 0, into, 0, latent.length));
    }

    @Override
    public LatentSpace latentSpace() {
      return space;
    }

    @Override
    public ImageShape imageShape() {
      return generator.imageShape();
    }

    @Override
    public String identity() {
      return generator.identity();
    }

    @Override
    public SDVariable generate(SameDiff graph, SDVariable latent) {
      return generator.generate(graph, latent);
    }
  }
}
