package org.inpaint4j.bench;

import com.google.common.base.Splitter;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    Process process = null;
    try {
      inputs.write(file);
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  peerClassPath,
                  "org.inpaint4j.bench.libtorch.LatentStepPeer",
                  file.toString(),
                  Integer.toString(threads))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return alternate(inputs, process);
    } finally {
      if (process != null) {
        process.destroy();
      }
      Files.deleteIfExists(file);
    }
  }

  private static String alternate(Case inputs, Process process) throws IOException {
    int steps = Math.max(8, 48 / inputs.batch);
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    double ourLoss = 0;
    double theirLoss = 0;
    try (Inpainter inpainter = inputs.inpainter(steps, ours);
        Writer commands = process.outputWriter(StandardCharsets.UTF_8);
        BufferedReader answers =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (int round = 0; round < ROUNDS; round++) {
        if (round == WARM_UP_ROUNDS) {
          ours.clear();
          theirs.clear();
        }
        LossTrace trace = inpainter.inpaint(inputs.image, inputs.mask).search().trace();
        ourLoss = trace.total(0);
        commands.write(steps + "\n");
        commands.flush();
        String line = answers.readLine();
        if (line == null) {
          throw new IOException("the libtorch process must answer: found that it has ended");
        }
        List<String> words = Splitter.on(" ").splitToList(line.strip());
        theirLoss =
            (Double.parseDouble(words.get(0)) + Double.parseDouble(words.get(1))) / inputs.batch;
        for (int i = 2; i < words.size(); i++) {
          theirs.add(Double.parseDouble(words.get(i)));
        }
      }
    }
    double our = median(ours);
    double their = median(theirs);
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

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[sorted.length / 2];
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
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      fold(tensors, "G", weights.under("generator."), new int[] {0, 3, 6, 9, 12}, 1);
      fold(tensors, "D", weights.under("discriminator."), new int[] {0, 2, 5, 8, 11}, 0);
      tensors.put("z", repeat(latent, LATENT, 1, 1));
      float[] known = new float[3 * SIZE * SIZE];
      for (int i = 0; i < SIZE * SIZE; i++) {
        if (!mask.isHole(i % SIZE, i / SIZE)) {
          for (int c = 0; c < 3; c++) {
            int sample = image.getRGB(i % SIZE, i / SIZE) >> (16 - 8 * c) & 255;
            known[c * SIZE * SIZE + i] = 2 * (sample / 255f) - 1;
          }
        }
      }
      tensors.put("y", repeat(known, 3, SIZE, SIZE));
      tensors.put("W", repeat(ContextLoss.importanceWeights(mask, 7), 1, SIZE, SIZE));
      try (DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
        out.writeInt(tensors.size());
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
          out.writeUTF(entry.getKey());
          Tensor tensor = entry.getValue();
          out.writeInt(tensor.shape.length);
          for (int size : tensor.shape) {
            out.writeInt(size);
          }
          for (float value : tensor.values) {
            out.writeFloat(value);
          }
        }
      }
    }

    private Tensor repeat(float[] values, int... shape) {
      float[] all = new float[batch * values.length];
      for (int n = 0; n < batch; n++) {
        System.arraycopy(values, 0, all, n * values.length, values.length);
      }
      int[] whole = new int[shape.length + 1];
      whole[0] = batch;
      System.arraycopy(shape, 0, whole, 1, shape.length);
      return new Tensor(whole, all);
    }

    /** Batch norm at index + 1 after each convolution, where there is one. */
    private static void fold(
        Map<String, Tensor> tensors, String name, Weights weights, int[] indices, int channelAxis) {
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
        tensors.put(name + i + ".weight", new Tensor(shape, values));
        tensors.put(name + i + ".bias", new Tensor(new int[] {channels}, bias));
      }
    }
  }

  private static final class Tensor {
    final int[] shape;
    final float[] values;

    Tensor(int[] shape, float[] values) {
      this.shape = shape;
      this.values = values;
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
