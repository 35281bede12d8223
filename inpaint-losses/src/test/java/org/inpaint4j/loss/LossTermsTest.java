package org.inpaint4j.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.Longs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.inpaint4j.network.FeatureNetwork;
import org.inpaint4j.network.LossInputs;
import org.inpaint4j.network.LossTerm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.factory.Nd4j;

/** The formulas by hand, and their gradients by central differences in double. */
class LossTermsTest {

  private static final int SIZE = 5;
  private static final Mask MASK = Mask.rectangle(SIZE, SIZE, 1, 1, 2, 2);

  @Test
  void context_byHand_isTheWeightedSumOfDifferences() {
    // One missing pixel in the middle of 5x5, window 3: eight neighbours of weight 1/9 in each of
    // three channels, each 0.5 off.
    Graph graph = new Graph(1, Mask.rectangle(SIZE, SIZE, 2, 2, 1, 1));
    SDVariable loss = ContextLoss.weightedL1(3).add(graph);
    INDArray image = Nd4j.zeros(DataType.DOUBLE, 1, 3, SIZE, SIZE).addi(0.75);
    INDArray target = Nd4j.zeros(DataType.DOUBLE, 1, 3, SIZE, SIZE).addi(0.25);
    double value = graph.evaluate(loss, image, target, 0).getDouble(0);
    assertThat(value).isCloseTo(3 * 8 * 0.5 / 9, within(1e-6)); // the weights are float32
  }

  @Test
  void contextEverywhere_byHand_addsItsWeightAtAllKnownPixels() {
    // As above, and 24 known pixels of three channels with 0.25 more each.
    Graph graph = new Graph(1, Mask.rectangle(SIZE, SIZE, 2, 2, 1, 1));
    SDVariable loss = ContextLoss.weightedL1(3).everywhere(0.25).add(graph);
    INDArray image = Nd4j.zeros(DataType.DOUBLE, 1, 3, SIZE, SIZE).addi(0.75);
    INDArray target = Nd4j.zeros(DataType.DOUBLE, 1, 3, SIZE, SIZE).addi(0.25);
    image.putScalar(new long[] {0, 1, 2, 2}, 99); // in the hole
    double value = graph.evaluate(loss, image, target, 0).getDouble(0);
    assertThat(value).isCloseTo(3 * 0.5 * (8 / 9.0 + 24 * 0.25), within(1e-6));
  }

  @Test
  void contextInHole_byHand_addsItsWeightAtMissingPixels() {
    // As above, and one missing pixel of three channels with 0.125, which is 2 off.
    Graph graph = new Graph(1, Mask.rectangle(SIZE, SIZE, 2, 2, 1, 1));
    SDVariable loss = ContextLoss.weightedL1(3).everywhere(0.25).inHole(0.125).add(graph);
    INDArray image = Nd4j.zeros(DataType.DOUBLE, 1, 3, SIZE, SIZE).addi(0.75);
    INDArray target = Nd4j.zeros(DataType.DOUBLE, 1, 3, SIZE, SIZE).addi(0.25);
    for (int c = 0; c < 3; c++) {
      image.putScalar(new long[] {0, c, 2, 2}, 2.25);
    }
    double value = graph.evaluate(loss, image, target, 0).getDouble(0);
    assertThat(value).isCloseTo(3 * (0.5 * (8 / 9.0 + 24 * 0.25) + 2 * 0.125), within(1e-6));
  }

  @Test
  void context_ofTheHole_isNothing() {
    Graph graph = new Graph(1, MASK);
    SDVariable loss = ContextLoss.weightedL1(7).add(graph);
    INDArray image = random(1, 1);
    INDArray other = image.dup();
    for (int c = 0; c < 3; c++) {
      other.putScalar(new long[] {0, c, 1, 1}, 99);
      other.putScalar(new long[] {0, c, 2, 2}, -99);
    }
    INDArray target = random(2, 1);
    assertThat(graph.evaluate(loss, other, target, 0).getDouble(0))
        .isEqualTo(graph.evaluate(loss, image, target, 0).getDouble(0));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-3, 0, 0.5, 2})
  void prior_byHand_isTheLogarithm(double logit) {
    Graph graph = new Graph(1, MASK);
    SDVariable loss = PriorLoss.logOneMinusD(0.003).add(graph);
    double probability = 1 / (1 + Math.exp(-logit));
    assertThat(graph.evaluate(loss, random(1, 1), random(2, 1), logit).getDouble(0))
        .isCloseTo(0.003 * Math.log(1 - probability), within(1e-12));
  }

  /** The reference's StyleGAN loss is NaN from a logit of 1 on. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 50, 1e4, -1e4})
  void prior_extremeLogits_staysFinite(double logit) {
    Graph graph = new Graph(1, MASK);
    SDVariable loss = PriorLoss.logOneMinusD(0.003).add(graph);
    double value = graph.evaluate(loss, random(1, 1), random(2, 1), logit).getDouble(0);
    assertThat(value).isCloseTo(-0.003 * Math.max(0, logit), within(0.003));
  }

  @Test
  void context_gradient_equalsCentralDifferences() {
    assertGradient(ContextLoss.weightedL1(7));
    assertGradient(ContextLoss.weightedL1(3).everywhere(0.1));
    assertGradient(ContextLoss.weightedL1(3).everywhere(0.1).inHole(0.3));
  }

  @Test
  void prior_gradient_equalsCentralDifferences() {
    assertGradient(PriorLoss.logOneMinusD(0.7));
  }

  @Test
  void perceptual_ofThePixelsThemselves_isTheMeanSquareOfTheKnown() {
    Graph graph = new Graph(1, MASK);
    SDVariable loss = PerceptualLoss.of(new Pixels(), 2).add(graph);
    INDArray image = Nd4j.zeros(DataType.DOUBLE, 1, 3, SIZE, SIZE).addi(0.75);
    INDArray target = Nd4j.zeros(DataType.DOUBLE, 1, 3, SIZE, SIZE).addi(0.25);
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < 4; i++) {
        target.putScalar(new long[] {0, c, 1 + i / 2, 1 + i % 2}, 0);
      }
    }
    // 21 of 25 pixels are known.
    assertThat(graph.evaluate(loss, image, target, 0).getDouble(0))
        .isCloseTo(2 * 0.25 * 21 / 25, within(1e-6));
  }

  @Test
  void perceptual_ofTheHole_isNothing() {
    Graph graph = new Graph(1, MASK);
    SDVariable loss = PerceptualLoss.of(new TwoLayers(), 1).add(graph);
    INDArray image = random(1, 1);
    INDArray other = image.dup();
    for (int c = 0; c < 3; c++) {
      other.putScalar(new long[] {0, c, 1, 1}, 99);
      other.putScalar(new long[] {0, c, 2, 2}, -99);
    }
    INDArray target = random(2, 1);
    double value = graph.evaluate(loss, image, target, 0).getDouble(0);
    assertThat(value).isPositive();
    assertThat(graph.evaluate(loss, other, target, 0).getDouble(0)).isEqualTo(value);
  }

  @Test
  void perceptual_gradient_equalsCentralDifferences() {
    assertGradient(PerceptualLoss.of(new TwoLayers(), 0.7));
    assertGradient(PerceptualLoss.of(new TwoLayers(), 0.7).ofDirections());
    Mask mask = Mask.rectangle(4, 4, 1, 2, 2, 1);
    assertGradient(PerceptualLoss.of(new Pixels(), 0.7).atScales(3), mask);
    assertGradient(PerceptualLoss.of(new Pixels(), 0.7).atScales(2).ofDirections(), mask);
  }

  /** 4x4 pixels, of which the left half is known; the halved image has 2x2, the left two known. */
  @Test
  void perceptual_atTwoScales_addsThatOfTheHalvedImage() {
    Graph graph = new Graph(1, Mask.rectangle(4, 4, 2, 0, 2, 4));
    SDVariable loss = PerceptualLoss.of(new Pixels(), 1).atScales(2).add(graph);
    INDArray image = Nd4j.zeros(DataType.DOUBLE, 1, 3, 4, 4);
    INDArray target = image.dup();
    for (int c = 0; c < 3; c++) {
      image.putScalar(new long[] {0, c, 0, 0}, 0.5);
    }
    // One known pixel of 16 is .5 off, and then one known cell of 4 by .125.
    assertThat(graph.evaluate(loss, image, target, 0).getDouble(0))
        .isCloseTo(0.25 / 16 + 0.125 * 0.125 / 4, within(1e-9));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PerceptualLoss.of(new Pixels(), 1).atScales(4).add(graph))
        .withMessage("sides must be divisible by 8 for 4 scales: found 3x4x4");
  }

  /**
   * All pixels are (1, 1, 1) a, and in the target (1, 0, 0) b: unit vectors whatever a and b are.
   */
  @Test
  void perceptual_ofDirections_comparesUnitVectors() {
    Graph graph = new Graph(1, Mask.rectangle(4, 4, 2, 0, 2, 4));
    SDVariable loss = PerceptualLoss.of(new Pixels(), 1).ofDirections().add(graph);
    INDArray image = Nd4j.zeros(DataType.DOUBLE, 1, 3, 4, 4).addi(0.3);
    INDArray target = Nd4j.zeros(DataType.DOUBLE, 1, 3, 4, 4);
    target.slice(0).slice(0).assign(0.9);
    double cosine = 1 / Math.sqrt(3);
    assertThat(graph.evaluate(loss, image, target, 0).getDouble(0))
        .isCloseTo((2 - 2 * cosine) / 2, within(1e-8));
  }

  @Test
  void identity_otherParameters_isAnother() {
    assertThat(
            List.of(
                    ContextLoss.weightedL1(7),
                    ContextLoss.weightedL1(9),
                    ContextLoss.weightedL1(7).everywhere(0.02),
                    PriorLoss.logOneMinusD(0.003),
                    PerceptualLoss.of(new Pixels(), 0.01),
                    PerceptualLoss.of(new TwoLayers(), 0.01))
                .stream()
                .map(LossTerm::identity))
        .containsExactly(
            "weightedL1(7)",
            "weightedL1(9)",
            "weightedL1(7).everywhere(0.02)",
            "logOneMinusD(0.003)",
            "perceptual(pixels, 0.01)",
            "perceptual(two layers, 0.01)");
  }

  /** The features are the pixels. */
  private static final class Pixels implements FeatureNetwork {
    @Override
    public String identity() {
      return "pixels";
    }

    @Override
    public List<SDVariable> features(SameDiff graph, SDVariable images) {
      return List.of(graph.math().mul(images, 1));
    }
  }

  /** 3x3 convolutions to four and five channels of 3x3 and 1x1, with a smooth activation. */
  private static final class TwoLayers implements FeatureNetwork {
    @Override
    public String identity() {
      return "two layers";
    }

    @Override
    public List<SDVariable> features(SameDiff graph, SDVariable images) {
      Conv2DConfig config =
          Conv2DConfig.builder().kH(3).kW(3).paddingMode(PaddingMode.VALID).build();
      SDVariable fine =
          graph.math().tanh(graph.cnn().conv2d(images, weights(graph, 5, 3, 4), config));
      SDVariable coarse =
          graph.math().tanh(graph.cnn().conv2d(fine, weights(graph, 6, 4, 5), config));
      return List.of(fine, coarse);
    }

    private static SDVariable weights(SameDiff graph, long seed, int from, int to) {
      Random random = new Random(seed);
      INDArray array = Nd4j.create(DataType.DOUBLE, 3, 3, from, to);
      for (long i = 0; i < array.length(); i++) {
        array.putScalar(i, 0.4 * random.nextGaussian());
      }
      return graph.constant(array);
    }
  }

  @Test
  void terms_outOfRange_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PerceptualLoss.of(new Pixels(), -1))
        .withMessage("lambda must be positive and finite: found -1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PriorLoss.logOneMinusD(0))
        .withMessageContaining("lambda must be positive");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PriorLoss.logOneMinusD(Double.NaN))
        .withMessageContaining("found NaN");
  }

  private static void assertGradient(LossTerm term) {
    assertGradient(term, MASK);
  }

  private static void assertGradient(LossTerm term, Mask mask) {
    Graph graph = new Graph(2, mask);
    SDVariable loss = term.add(graph).sum();
    INDArray image = random(3, 2, mask.width());
    INDArray target = random(4, 2, mask.width());
    graph.graph.setLossVariables(loss.name());
    graph.graph.createGradFunction("image");
    INDArray gradient =
        graph.graph.calculateGradients(graph.inputs(image, target, 0.3), "image").get("image");
    double step = 1e-6;
    for (long i = 0; i < image.length(); i++) {
      double value = image.getDouble(i);
      image.putScalar(i, value + step);
      double above = graph.evaluate(loss, image, target, 0.3).getDouble(0);
      image.putScalar(i, value - step);
      double below = graph.evaluate(loss, image, target, 0.3).getDouble(0);
      image.putScalar(i, value);
      assertThat(gradient.getDouble(i)).isCloseTo((above - below) / (2 * step), within(1e-7));
    }
  }

  private static INDArray random(long seed, int images) {
    return random(seed, images, SIZE);
  }

  private static INDArray random(long seed, int images, int size) {
    Random random = new Random(seed);
    INDArray array = Nd4j.create(DataType.DOUBLE, images, 3, size, size);
    for (long i = 0; i < array.length(); i++) {
      array.putScalar(i, 2 * random.nextDouble() - 1);
    }
    return array;
  }

  /** A graph in double whose generated image is an input, and whose logit is linear in it. */
  private static final class Graph implements LossInputs {
    private final SameDiff graph = SameDiff.create();
    private final int images;
    private final Mask hole;
    private final Map<String, INDArray> derived = new HashMap<>();

    Graph(int images, Mask hole) {
      this.images = images;
      this.hole = hole;
      int size = hole.width();
      graph.placeHolder("image", DataType.DOUBLE, images, 3, size, size);
      graph.placeHolder("target", DataType.DOUBLE, images, 3, size, size);
      graph.placeHolder("logit", DataType.DOUBLE, images);
    }

    Map<String, INDArray> inputs(INDArray image, INDArray target, double logit) {
      Map<String, INDArray> inputs = new HashMap<>(derived);
      inputs.put("image", image);
      inputs.put("target", target);
      inputs.put("logit", Nd4j.zeros(DataType.DOUBLE, images).addi(logit));
      return inputs;
    }

    INDArray evaluate(SDVariable loss, INDArray image, INDArray target, double logit) {
      return graph.output(inputs(image, target, logit), loss.name()).get(loss.name());
    }

    @Override
    public SameDiff graph() {
      return graph;
    }

    @Override
    public ImageShape imageShape() {
      return new ImageShape(3, new Size(hole.width(), hole.height()));
    }

    @Override
    public SDVariable latent() {
      throw new UnsupportedOperationException("these terms do not look at the latent");
    }

    @Override
    public SDVariable generated() {
      return graph.getVariable("image");
    }

    @Override
    public SDVariable target() {
      return graph.getVariable("target");
    }

    @Override
    public SDVariable mask() {
      throw new UnsupportedOperationException("these terms use the mask through their weights");
    }

    @Override
    public SDVariable logits() {
      // Zero for the values by hand, and a dependence on the image for the gradient.
      SDVariable sum = generated().sub(generated()).sum(1, 2, 3);
      SDVariable slope = generated().sum(1, 2, 3).mul(0.1);
      return graph.getVariable("logit").add(images == 1 ? sum : slope);
    }

    @Override
    public SDVariable perImage(String name, Computation computation, long... shape) {
      ImagePlanes none = ImagePlanes.zeros(3, imageShape().pixels());
      float[] values = computation.compute(none, hole);
      long[] whole = Longs.concat(new long[] {images}, shape);
      INDArray array = Nd4j.create(DataType.DOUBLE, whole);
      for (long i = 0; i < array.length(); i++) {
        array.putScalar(i, values[(int) (i % values.length)]);
      }
      derived.put(name, array);
      return graph.placeHolder(name, DataType.DOUBLE, whole);
    }
  }

  @Test
  void weightedL1_windowTooSmall_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ContextLoss.weightedL1(1))
        .withMessage("the window must be at least 2 pixels: found 1");
  }

  @Test
  void everywhere_negativeOrNoNumber_isRefused() {
    for (double weight : new double[] {-0.01, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ContextLoss.weightedL1(7).everywhere(weight))
          .withMessage("the weight everywhere must be finite and at least 0: found " + weight);
    }
  }
}
