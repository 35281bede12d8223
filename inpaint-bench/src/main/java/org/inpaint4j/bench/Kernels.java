package org.inpaint4j.bench;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.inpaint4j.blend.PoissonBlender;
import org.inpaint4j.blend.SmoothFill;
import org.inpaint4j.eval.metric.ImageMetric;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Masks;
import org.inpaint4j.image.Size;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The kernels of a latent step in the forms that the engine chose from, those of blending, and the
 * metrics: the source of the figures beside the code of each {@code FastForm}. {@code ./inpaint
 * bench kernels} runs them.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class Kernels {

  /** Made by the benchmark's runner. */
  public Kernels() {}

  /** One ND4J op with its arrays. */
  private static final class Op {
    private final DynamicCustomOp op;
    private final OpContext context = Nd4j.getExecutioner().buildContext();

    Op(DynamicCustomOp op, INDArray output, INDArray... inputs) {
      this.op = op;
      context.setArgs(inputs, op.iArgs(), op.dArgs(), op.tArgs(), op.bArgs());
      context.setOutputArray(0, output);
    }

    void run() {
      Nd4j.getExecutioner().exec(op, context);
    }
  }

  private static DynamicCustomOp op(String name, long... arguments) {
    DynamicCustomOp op = DynamicCustomOp.builder(name).build();
    op.addIArgument(arguments);
    return op;
  }

  private static DynamicCustomOp biasAdd() {
    return DynamicCustomOp.builder("biasadd").addBooleanArguments(true).build();
  }

  private static INDArray random(long... shape) {
    return Nd4j.rand(DataType.FLOAT, shape);
  }

  private static INDArray empty(long... shape) {
    return Nd4j.create(DataType.FLOAT, shape);
  }

  /** Ops of the DCGAN-64 step. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // filled before a trial
  public static class Step {

    /** Made by the benchmark's runner. */
    public Step() {}

    /** The number of images in a batch. */
    @Param({"1", "16"})
    public int images;

    private Op convolution;
    private Op[] convolutionProduct;
    private Op transposed;
    private Op[] transposedProduct;
    private Op withBias;
    private Op[] biasAfterwards;
    private Op leakyRelu;
    private Op[] leakyReluAsMaximum;

    /** Makes the arrays. */
    @Setup(Level.Trial)
    public void make() {
      long n = images;
      INDArray w = random(4, 4, 256, 512);
      INDArray small = random(n, 512, 4, 4);
      INDArray large = random(n, 256, 8, 8);
      long[] halving = {4, 4, 2, 2, 1, 1, 1, 1, 0, 0, 0};
      convolution = new Op(op("conv2d", halving), empty(n, 512, 4, 4), large, w);
      INDArray columns = empty(n, 256, 4, 4, 4, 4);
      INDArray aside = empty(4096, n, 16);
      INDArray all = empty(512, 16 * n);
      convolutionProduct =
          new Op[] {
            new Op(op("im2col", 4, 4, 2, 2, 1, 1, 1, 1, 0), columns, large),
            new Op(op("permute", 1, 0, 2), aside, columns.reshape('c', n, 4096, 16)),
            new Op(op("matmul"), all, random(512, 4096), aside.reshape('c', 4096, 16 * n)),
            new Op(op("permute", 1, 0, 2), empty(n, 512, 16), all.reshape('c', 512, n, 16))
          };
      transposed = new Op(op("deconv2d", halving), empty(n, 256, 8, 8), small, w);
      INDArray across = empty(512, n, 16);
      INDArray product = empty(4096, 16 * n);
      INDArray each = empty(n, 4096, 16);
      transposedProduct =
          new Op[] {
            new Op(op("permute", 1, 0, 2), across, small.reshape('c', n, 512, 16)),
            new Op(op("matmul"), product, random(4096, 512), across.reshape('c', 512, 16 * n)),
            new Op(op("permute", 1, 0, 2), each, product.reshape('c', 4096, n, 16)),
            new Op(
                op("col2im", 2, 2, 1, 1, 8, 8, 1, 1, 0),
                empty(n, 256, 8, 8),
                each.reshape('c', n, 256, 4, 4, 4, 4))
          };
      INDArray wide = random(4, 4, 64, 128);
      INDArray map = random(n, 128, 16, 16);
      INDArray bias = random(64);
      INDArray image = empty(n, 64, 32, 32);
      withBias = new Op(op("deconv2d", halving), image, map, wide, bias);
      biasAfterwards =
          new Op[] {
            new Op(op("deconv2d", halving), image, map, wide),
            new Op(biasAdd(), empty(n, 64, 32, 32), image, bias)
          };
      INDArray activations = random(n, 64, 32, 32);
      INDArray scaled = empty(n, 64, 32, 32);
      DynamicCustomOp leaky = DynamicCustomOp.builder("lrelu").build();
      leaky.addTArgument(0.2);
      leakyRelu = new Op(leaky, empty(n, 64, 32, 32), activations);
      leakyReluAsMaximum =
          new Op[] {
            new Op(op("multiply"), scaled, activations, Nd4j.scalar(DataType.FLOAT, 0.2)),
            new Op(op("maximum"), empty(n, 64, 32, 32), activations, scaled)
          };
    }

    private static void run(Op... ops) {
      for (Op op : ops) {
        op.run();
      }
    }
  }

  /**
   * conv2d of 256 to 512 channels, to a 4x4 map, by oneDNN.
   *
   * @param step the arrays
   */
  @Benchmark
  public void convolution512(Step step) {
    step.convolution.run();
  }

  /**
   * The same as a matrix product.
   *
   * @param step the arrays
   */
  @Benchmark
  public void convolution512AsProduct(Step step) {
    Step.run(step.convolutionProduct);
  }

  /**
   * deconv2d of 512 to 256 channels, from a 4x4 map, by oneDNN.
   *
   * @param step the arrays
   */
  @Benchmark
  public void transposedConvolution512(Step step) {
    step.transposed.run();
  }

  /**
   * The same as a matrix product.
   *
   * @param step the arrays
   */
  @Benchmark
  public void transposedConvolution512AsProduct(Step step) {
    Step.run(step.transposedProduct);
  }

  /**
   * deconv2d of 128 to 64 channels with a bias.
   *
   * @param step the arrays
   */
  @Benchmark
  public void bias(Step step) {
    step.withBias.run();
  }

  /**
   * The same with the bias added by an op of its own.
   *
   * @param step the arrays
   */
  @Benchmark
  public void biasAfterwards(Step step) {
    Step.run(step.biasAfterwards);
  }

  /**
   * Leaky ReLU of 64x32x32 values an image.
   *
   * @param step the arrays
   */
  @Benchmark
  public void leakyRelu(Step step) {
    step.leakyRelu.run();
  }

  /**
   * The same as a maximum.
   *
   * @param step the arrays
   */
  @Benchmark
  public void leakyReluAsMaximum(Step step) {
    Step.run(step.leakyReluAsMaximum);
  }

  /** Images and masks of 64x64. */
  @State(Scope.Benchmark)
  public static class Picture {

    /** Made by the benchmark's runner. */
    public Picture() {}

    private final Mask disc = Masks.disc(64, 0.36);
    private final Mask noise = Masks.of("noise80", 64);
    private final ImagePlanes image = ImagePlanes.zeros(3, new Size(64, 64));
    private final ImagePlanes filling = ImagePlanes.zeros(3, new Size(64, 64));

    /** Fills them. */
    @Setup(Level.Trial)
    public void fill() {
      Random random = new Random(1);
      for (int i = 0; i < image.samples().length; i++) {
        image.samples()[i] = random.nextFloat();
        filling.samples()[i] = random.nextFloat();
      }
    }
  }

  /**
   * Poisson blending of a disc.
   *
   * @param picture what to blend
   * @return the image
   */
  @Benchmark
  public ImagePlanes poissonDisc(Picture picture) {
    return PoissonBlender.create().blend(picture.image, picture.filling, picture.disc);
  }

  /**
   * Harmonic fill of 80 % noise.
   *
   * @param picture what to fill
   * @return the image
   */
  @Benchmark
  public ImagePlanes harmonicNoise(Picture picture) {
    return SmoothFill.HARMONIC.fill(picture.image, picture.noise);
  }

  /**
   * Biharmonic fill of 80 % noise.
   *
   * @param picture what to fill
   * @return the image
   */
  @Benchmark
  public ImagePlanes biharmonicNoise(Picture picture) {
    return SmoothFill.BIHARMONIC.fill(picture.image, picture.noise);
  }

  /**
   * Importance weights with a window of 7.
   *
   * @param picture what to weight
   * @return the weights
   */
  @Benchmark
  public float[] importanceWeights(Picture picture) {
    return picture.disc.importanceWeights(7);
  }

  /** Two pictures of 64 pixels and a hole of a third of them. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // filled before a trial
  public static class Pair {

    /** Made by the benchmark's runner. */
    public Pair() {}

    /** What is measured. */
    @Param public ImageMetric metric;

    private ImagePlanes truth;
    private ImagePlanes result;
    private Mask mask;

    /** Makes the pictures. */
    @Setup(Level.Trial)
    public void make() {
      Random random = new Random(1);
      truth = ImagePlanes.zeros(3, new Size(64, 64));
      for (int i = 0; i < truth.samples().length; i++) {
        truth.samples()[i] = random.nextFloat();
      }
      mask = Mask.rectangle(64, 64, 14, 14, 37, 37);
      result = truth.copy();
      for (int i = 0; i < result.samples().length; i++) {
        if (mask.isHole(i % 64, i / 64 % 64)) {
          result.samples()[i] = random.nextFloat();
        }
      }
    }
  }

  /**
   * A metric of the table.
   *
   * @param pair the pictures
   * @return its value
   */
  @Benchmark
  public double metric(Pair pair) {
    return pair.metric.of(pair.truth, pair.result, pair.mask);
  }
}
