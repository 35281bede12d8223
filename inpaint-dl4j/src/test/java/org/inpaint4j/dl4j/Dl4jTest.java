package org.inpaint4j.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.inpaint4j.model.TestFiles;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * DL4J networks with random parameters, all in double precision, against their own {@code output()}
 * and its central differences.
 */
class Dl4jTest {

  /** Ours is float32; the outputs are below 10. */
  static final double FORWARD = 1e-4;

  /** Of the largest component of a gradient. */
  private static final double GRADIENT = 1e-3;

  private static final double STEP = 1e-6;

  static NeuralNetConfiguration.ListBuilder layers() {
    return builder().list();
  }

  private static NeuralNetConfiguration.Builder builder() {
    return new NeuralNetConfiguration.Builder()
        .dataType(DataType.DOUBLE)
        .seed(5)
        .activation(Activation.LEAKYRELU);
  }

  static GraphBuilder graph(InputType input) {
    return builder().graphBuilder().addInputs("in").setInputTypes(input);
  }

  /** DL4J computes a wrong number of features for a subset, so every layer says its own. */
  private static GraphBuilder graphWithoutTypes() {
    return builder().graphBuilder().addInputs("in");
  }

  static MultiLayerNetwork network(MultiLayerConfiguration configuration) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    trained(network.getLayers());
    return network;
  }

  static ComputationGraph network(GraphBuilder builder) {
    ComputationGraph network = new ComputationGraph(builder.build());
    network.init();
    trained(network.getLayers());
    return network;
  }

  /** Gives batch norms other statistics than those of a new network, and biases other than 0. */
  private static void trained(Layer[] layers) {
    Random random = new Random(11);
    for (Layer layer : layers) {
      layer
          .paramTable()
          .forEach(
              (name, values) -> {
                boolean weight = name.endsWith("W");
                for (int i = 0; !weight && i < values.length(); i++) {
                  boolean positive = name.equals("gamma") || name.equals("var");
                  double value = positive ? 0.5 + random.nextDouble() : 0.3 * random.nextGaussian();
                  values.putScalar(i, value);
                }
              });
    }
  }

  static ConvolutionLayer.Builder convolution(int channels, int size, int stride) {
    return new ConvolutionLayer.Builder(size, size).stride(stride, stride).nOut(channels);
  }

  static DenseLayer dense(int outputs) {
    return new DenseLayer.Builder().nOut(outputs).build();
  }

  static Stream<Arguments> networks() {
    InputType vector = InputType.feedForward(7);
    InputType image = InputType.convolutional(12, 10, 3);
    return Stream.of(
        Arguments.of(
            "dense layers",
            network(
                layers()
                    .layer(dense(9))
                    .layer(new BatchNormalization())
                    .layer(new DropoutLayer(0.5))
                    .layer(new ActivationLayer(Activation.TANH))
                    .layer(new DenseLayer.Builder().nOut(6).hasBias(false).build())
                    .layer(
                        new LossLayer.Builder(LossFunction.MSE)
                            .activation(Activation.SOFTMAX)
                            .build())
                    .setInputType(vector)
                    .build()),
            new int[] {7}),
        Arguments.of(
            "transposed convolutions",
            network(
                layers()
                    .layer(dense(4 * 3 * 2))
                    .layer(
                        new Deconvolution2D.Builder(4, 4)
                            .stride(2, 2)
                            .padding(1, 1)
                            .nOut(5)
                            .build())
                    .layer(new BatchNormalization.Builder().useLogStd(false).build())
                    .layer(
                        new Deconvolution2D.Builder(3, 3)
                            .stride(2, 2)
                            .convolutionMode(ConvolutionMode.Same)
                            .hasBias(false)
                            .nOut(4)
                            .build())
                    .layer(
                        new Deconvolution2D.Builder(3, 2)
                            .stride(1, 2)
                            .nOut(3)
                            .activation(Activation.SIGMOID)
                            .build())
                    .inputPreProcessor(1, new FeedForwardToCnnPreProcessor(3, 2, 4))
                    .setInputType(vector)
                    .build()),
            new int[] {7}),
        Arguments.of(
            "upsampling",
            network(
                layers()
                    .layer(dense(4 * 3 * 5))
                    .layer(new Upsampling2D.Builder(2).build())
                    .layer(convolution(6, 3, 1).convolutionMode(ConvolutionMode.Same).build())
                    .layer(new Upsampling2D.Builder().size(new int[] {1, 2}).build())
                    .layer(new ZeroPaddingLayer.Builder(1, 2, 3, 0).build())
                    .layer(
                        new CnnLossLayer.Builder(LossFunction.MSE)
                            .activation(Activation.TANH)
                            .build())
                    .inputPreProcessor(1, new FeedForwardToCnnPreProcessor(3, 5, 4))
                    .setInputType(vector)
                    .build()),
            new int[] {7}),
        Arguments.of(
            "convolutions to a probability",
            network(
                layers()
                    .layer(convolution(4, 4, 2).padding(1, 1).build())
                    .layer(
                        new FrozenLayer(
                            convolution(5, 3, 2).convolutionMode(ConvolutionMode.Same).build()))
                    .layer(
                        new BatchNormalization.Builder()
                            .lockGammaBeta(true)
                            .gamma(1.5)
                            .beta(0.25)
                            .build())
                    .layer(convolution(4, 2, 1).build())
                    .layer(dense(8))
                    .layer(
                        new OutputLayer.Builder(LossFunction.XENT)
                            .nOut(1)
                            .activation(Activation.SIGMOID)
                            .build())
                    .setInputType(image)
                    .build()),
            new int[] {3, 12, 10}),
        Arguments.of(
            "poolings",
            network(
                layers()
                    .layer(
                        new SubsamplingLayer.Builder(
                                SubsamplingLayer.PoolingType.MAX,
                                new int[] {3, 3},
                                new int[] {2, 1},
                                new int[] {1, 1})
                            .build())
                    .layer(convolution(5, 3, 1).hasBias(false).build())
                    .layer(
                        new SubsamplingLayer.Builder(
                                SubsamplingLayer.PoolingType.AVG,
                                new int[] {2, 3},
                                new int[] {1, 2},
                                new int[] {1, 1})
                            .build())
                    .layer(
                        new SubsamplingLayer.Builder(
                                SubsamplingLayer.PoolingType.AVG,
                                new int[] {3, 3},
                                new int[] {1, 1})
                            .convolutionMode(ConvolutionMode.Same)
                            .build())
                    .layer(
                        new SubsamplingLayer.Builder(
                                SubsamplingLayer.PoolingType.MAX,
                                new int[] {2, 2},
                                new int[] {2, 2})
                            .convolutionMode(ConvolutionMode.Same)
                            .build())
                    .layer(new GlobalPoolingLayer(PoolingType.AVG))
                    .layer(
                        new OutputLayer.Builder(LossFunction.MSE)
                            .nOut(3)
                            .activation(Activation.IDENTITY)
                            .build())
                    .setInputType(image)
                    .build()),
            new int[] {3, 12, 10}),
        Arguments.of(
            "branches of images",
            network(
                graphWithoutTypes()
                    .addLayer("a", convolution(4, 3, 1).nIn(3).padding(1, 1).build(), "in")
                    .addLayer(
                        "b", convolution(4, 1, 1).nIn(3).activation(Activation.TANH).build(), "in")
                    .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "a", "b")
                    .addVertex(
                        "product", new ElementWiseVertex(ElementWiseVertex.Op.Product), "a", "b")
                    .addVertex("max", new ElementWiseVertex(ElementWiseVertex.Op.Max), "a", "b")
                    .addVertex(
                        "mean",
                        new ElementWiseVertex(ElementWiseVertex.Op.Average),
                        "sum",
                        "a",
                        "b")
                    .addVertex(
                        "difference",
                        new ElementWiseVertex(ElementWiseVertex.Op.Subtract),
                        "mean",
                        "b")
                    .addVertex("all", new MergeVertex(), "sum", "product", "max", "difference")
                    .addLayer("largest", new GlobalPoolingLayer(PoolingType.MAX), "all")
                    .addLayer("total", new GlobalPoolingLayer(PoolingType.SUM), "all")
                    .addVertex("scaled", new ScaleVertex(0.02), "total")
                    .addLayer(
                        "end",
                        new DenseLayer.Builder()
                            .nIn(16)
                            .nOut(5)
                            .activation(Activation.IDENTITY)
                            .build(),
                        "scaled")
                    .addLayer(
                        "other",
                        new DenseLayer.Builder()
                            .nIn(16)
                            .nOut(5)
                            .activation(Activation.IDENTITY)
                            .build(),
                        "largest")
                    .addVertex(
                        "out", new ElementWiseVertex(ElementWiseVertex.Op.Add), "end", "other")
                    .setOutputs("out")),
            new int[] {3, 12, 10}),
        Arguments.of(
            "branches of vectors",
            network(
                graph(vector)
                    .addVertex("scaled", new ScaleVertex(2.5), "in")
                    .addVertex("shifted", new ShiftVertex(-0.5), "scaled")
                    .addLayer("wide", new DenseLayer.Builder().nIn(7).nOut(24).build(), "shifted")
                    .addLayer("narrow", new DenseLayer.Builder().nIn(7).nOut(12).build(), "shifted")
                    .addVertex("shaped", new ReshapeVertex(-1, 3, 2, 2), "narrow")
                    .addVertex(
                        "pre",
                        new PreprocessorVertex(new FeedForwardToCnnPreProcessor(2, 4, 3)),
                        "wide")
                    .addLayer("one", convolution(4, 2, 1).nIn(3).build(), "shaped")
                    .addLayer("two", convolution(4, 2, 1).nIn(3).build(), "pre")
                    .addLayer(
                        "mean",
                        new GlobalPoolingLayer.Builder(PoolingType.AVG)
                            .collapseDimensions(false)
                            .build(),
                        "two")
                    .addVertex(
                        "both", new ElementWiseVertex(ElementWiseVertex.Op.Subtract), "one", "mean")
                    .setOutputs("both")),
            new int[] {7}));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void network_randomParameters_equalsDl4j(String name, Object network, int[] shape) {
    assertEqual(network, shape);
  }

  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      names = {
        "IDENTITY",
        "RELU",
        "LEAKYRELU",
        "ELU",
        "SELU",
        "TANH",
        "HARDTANH",
        "SIGMOID",
        "SOFTPLUS",
        "SWISH",
        "SOFTMAX"
      })
  void activation_ofDl4j_equalsDl4j(Activation activation) {
    assertActivation(activation.getActivationFunction());
  }

  static Stream<IActivation> activationsWithOptions() {
    return Stream.of(
        new ActivationLReLU(0.3),
        new ActivationELU(0.7),
        new ActivationReLU(0.8, null, null),
        new ActivationReLU(null, 0.0, 0.1),
        new ActivationReLU(1.2, 0.0, 0.1));
  }

  @ParameterizedTest
  @MethodSource("activationsWithOptions")
  void activation_withOptions_equalsDl4j(IActivation activation) {
    assertActivation(activation);
  }

  private static void assertActivation(IActivation activation) {
    assertEqual(
        network(
            layers()
                .layer(new DenseLayer.Builder().nOut(20).activation(activation).build())
                .layer(new DenseLayer.Builder().nOut(4).activation(Activation.IDENTITY).build())
                .setInputType(InputType.feedForward(7))
                .build()),
        new int[] {7});
  }

  private static Dl4jNetwork translated(Object network) {
    return network instanceof MultiLayerNetwork layers
        ? Dl4jNetwork.of(layers)
        : Dl4jNetwork.of((ComputationGraph) network);
  }

  private static UnaryOperator<INDArray> output(Object network) {
    return network instanceof MultiLayerNetwork layers
        ? layers::output
        : input -> ((ComputationGraph) network).output(input)[0];
  }

  private static void assertEqual(Object network, int[] shape) {
    for (int images = 1; images <= 2; images++) {
      assertEqual(translated(network), output(network), shape, images);
    }
  }

  private static void assertEqual(
      Dl4jNetwork network, UnaryOperator<INDArray> dl4j, int[] shape, int images) {
    long[] batch = new long[shape.length + 1];
    batch[0] = images;
    for (int d = 0; d < shape.length; d++) {
      batch[d + 1] = shape[d];
    }
    INDArray input = random(images, batch);
    INDArray expected = dl4j.apply(input.dup()).dup('c');
    SameDiff graph = SameDiff.create();
    SDVariable in = graph.var("x", input.castTo(DataType.FLOAT));
    Dl4jGraph.Value out =
        Dl4jGraph.add(network, graph, new Dl4jGraph.Value(in, shape), null).get(network.output());

    INDArray found = graph.outputSingle(Map.of(), out.variable.name());

    assertThat(found.shape()).isEqualTo(expected.shape());
    assertThat(Arrays.stream(out.shape).asLongStream().toArray())
        .isEqualTo(Arrays.copyOfRange(expected.shape(), 1, expected.rank()));
    assertThat(TestFiles.maxDifference(found, expected)).isLessThanOrEqualTo(FORWARD);
    assertThat(TestFiles.maxMagnitude(expected)).isBetween(0.01, 100.0);
    assertGradient(graph, out.variable, input, dl4j, expected.shape());
  }

  /** The gradient of a weighted sum of the output, at some of the input's coordinates. */
  private static void assertGradient(
      SameDiff graph, SDVariable out, INDArray input, UnaryOperator<INDArray> dl4j, long[] shape) {
    INDArray weights = random(99, shape);
    SDVariable loss = out.mul(graph.constant("t", weights.castTo(DataType.FLOAT))).sum();
    graph.setLossVariables(loss.name());
    INDArray gradient = graph.calculateGradients(Map.of(), "x").get("x").dup('c');
    double largest = TestFiles.maxMagnitude(gradient);
    assertThat(largest).isPositive();
    Random random = new Random(3);
    for (int i = 0; i < 12; i++) {
      int at = random.nextInt((int) input.length());
      double above = dl4j.apply(moved(input, at, STEP)).mul(weights).sumNumber().doubleValue();
      double below = dl4j.apply(moved(input, at, -STEP)).mul(weights).sumNumber().doubleValue();
      assertThat((double) gradient.data().getFloat(at))
          .as("coordinate %s", at)
          .isCloseTo((above - below) / (2 * STEP), within(GRADIENT * largest));
    }
  }

  private static INDArray moved(INDArray input, int index, double change) {
    INDArray copy = input.dup('c');
    copy.data().put(index, copy.data().getDouble(index) + change);
    return copy;
  }

  static INDArray random(int seed, long... shape) {
    Random random = new Random(seed);
    double[] values = new double[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian();
    }
    return Nd4j.create(values, shape, 'c');
  }
}
