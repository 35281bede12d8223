package org.inpaint4j.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.inpaint4j.dl4j.Dl4jTest.FORWARD;
import static org.inpaint4j.dl4j.Dl4jTest.convolution;
import static org.inpaint4j.dl4j.Dl4jTest.dense;
import static org.inpaint4j.dl4j.Dl4jTest.graph;
import static org.inpaint4j.dl4j.Dl4jTest.layers;
import static org.inpaint4j.dl4j.Dl4jTest.network;
import static org.inpaint4j.dl4j.Dl4jTest.random;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Size;
import org.inpaint4j.model.TestFiles;
import org.inpaint4j.network.Discriminator;
import org.inpaint4j.network.FeatureNetwork;
import org.inpaint4j.network.Generator;
import org.inpaint4j.network.LatentSpace;
import org.inpaint4j.network.ValueRange;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What a DL4J network may be taken for: generator, discriminator, features. */
class Dl4jRolesTest {

  private static MultiLayerNetwork faces(Activation last) {
    return network(
        layers()
            .layer(dense(4 * 3 * 3))
            .layer(
                new Deconvolution2D.Builder(4, 4)
                    .stride(2, 2)
                    .padding(1, 1)
                    .nOut(3)
                    .activation(last)
                    .build())
            .inputPreProcessor(1, new FeedForwardToCnnPreProcessor(3, 3, 4))
            .setInputType(InputType.feedForward(5))
            .build());
  }

  @Test
  void generator_ofItsLayersAlone_knowsLatentImagesAndRange() {
    MultiLayerNetwork network = faces(Activation.SIGMOID);
    Generator generator = Dl4j.of(network).generator();

    assertThat(generator.latentSpace().size()).isEqualTo(5);
    assertThat(generator.imageShape()).isEqualTo(new ImageShape(3, new Size(6, 6)));
    assertThat(generator.valueRange()).isEqualTo(ValueRange.UNIT);
    assertThat(Dl4j.of(faces(Activation.TANH)).generator().valueRange())
        .isEqualTo(ValueRange.SIGNED);
    assertThat(generator.identity()).matches("dl4j MultiLayerNetwork sha256:[0-9a-f]{64} 5->3x6x6");
    INDArray z = random(4, 2, 5);
    SameDiff graph = SameDiff.create();
    SDVariable images = generator.generate(graph, graph.var("z", z.castTo(DataType.FLOAT)));
    assertThat(
            TestFiles.maxDifference(graph.outputSingle(Map.of(), images.name()), network.output(z)))
        .isLessThanOrEqualTo(FORWARD);
  }

  @Test
  void generator_afterTheNetworkIsTrainedOn_staysAsItWas() {
    MultiLayerNetwork network = faces(Activation.TANH);
    Dl4j taken = Dl4j.of(network);
    String before = taken.generator().identity();
    INDArray z = random(4, 2, 5);
    INDArray expected = network.output(z).dup();
    network.params().addi(1);

    SameDiff graph = SameDiff.create();
    SDVariable images = taken.generator().generate(graph, graph.var("z", z.castTo(DataType.FLOAT)));

    assertThat(TestFiles.maxDifference(graph.outputSingle(Map.of(), images.name()), expected))
        .isLessThanOrEqualTo(FORWARD);
    assertThat(Dl4j.of(network).generator().identity()).isNotEqualTo(before);
  }

  @Test
  void generator_ofVectorsWithoutEnd_isRefused() {
    MultiLayerNetwork network =
        network(
            layers()
                .layer(new ConvolutionLayer.Builder(1, 1).nIn(1).nOut(1).build())
                .inputPreProcessor(0, new FeedForwardToCnnPreProcessor(1 << 16, 1 << 16, 1))
                .build());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dl4j.of(network).generator())
        .withMessageContaining("fewer than 2^31 numbers: found [1, 65536, 65536]");
  }

  @Test
  void generator_ofVectors_reshapesThemToTheImagesGiven() {
    MultiLayerNetwork network =
        network(
            layers()
                .layer(new DenseLayer.Builder().nOut(12).activation(Activation.TANH).build())
                .setInputType(InputType.feedForward(5))
                .build());
    INDArray z = random(4, 1, 5);
    Generator generator =
        Dl4j.of(network)
            .generator(
                LatentSpace.standardNormal(5),
                new ImageShape(1, new Size(3, 4)),
                ValueRange.SIGNED);
    SameDiff graph = SameDiff.create();
    SDVariable images = generator.generate(graph, graph.var("z", z.castTo(DataType.FLOAT)));

    INDArray found = graph.outputSingle(Map.of(), images.name());

    assertThat(TestFiles.maxDifference(found, network.output(z).reshape(1, 1, 4, 3)))
        .isLessThanOrEqualTo(FORWARD);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dl4j.of(network).generator())
        .withMessageContaining("found vectors of 12");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Dl4j.of(network)
                    .generator(
                        LatentSpace.standardNormal(6),
                        new ImageShape(1, new Size(3, 4)),
                        ValueRange.UNIT))
        .withMessageContaining("expected 5, found 6");
  }

  @Test
  void generator_thatStartsWithAConvolution_takesVectorsAsOnePixel() {
    MultiLayerNetwork network =
        network(
            layers()
                .layer(
                    new Deconvolution2D.Builder(4, 4)
                        .nIn(6)
                        .nOut(1)
                        .activation(Activation.TANH)
                        .build())
                .build());
    Generator generator = Dl4j.of(network).generator();
    INDArray z = random(4, 2, 6);
    SameDiff graph = SameDiff.create();
    SDVariable images = generator.generate(graph, graph.var("z", z.castTo(DataType.FLOAT)));

    assertThat(
            TestFiles.maxDifference(
                graph.outputSingle(Map.of(), images.name()), network.output(z.reshape(2, 6, 1, 1))))
        .isLessThanOrEqualTo(FORWARD);
  }

  @Test
  void discriminator_endingInASigmoid_givesWhatComesBeforeIt() {
    ImageShape shape = new ImageShape(3, new Size(8, 8));
    MultiLayerNetwork network =
        network(
            layers()
                .layer(convolution(4, 4, 2).build())
                .layer(
                    new OutputLayer.Builder(LossFunction.XENT)
                        .nOut(1)
                        .activation(Activation.SIGMOID)
                        .build())
                .setInputType(InputType.convolutional(8, 8, 3))
                .build());
    Discriminator discriminator = Dl4j.of(network).discriminator(shape, ValueRange.UNIT);
    INDArray x = random(4, 3, 3, 8, 8);
    SameDiff graph = SameDiff.create();
    SDVariable logits = discriminator.logits(graph, graph.var("x", x.castTo(DataType.FLOAT)));

    float[] found = graph.outputSingle(Map.of(), logits.name()).toFloatVector();

    assertThat(discriminator.valueRange()).isEqualTo(ValueRange.UNIT);
    assertThat(found).hasSize(3);
    for (int n = 0; n < 3; n++) {
      double probability = network.output(x).getDouble(n, 0);
      assertThat((double) found[n])
          .isCloseTo(Math.log(probability / (1 - probability)), within(FORWARD));
    }
  }

  @Test
  void discriminator_ofFlattenedImages_takesImages() {
    MultiLayerNetwork network =
        network(
            layers()
                .layer(dense(5))
                .layer(new DenseLayer.Builder().nOut(1).activation(Activation.IDENTITY).build())
                .setInputType(InputType.feedForward(12))
                .build());
    Discriminator discriminator =
        Dl4j.of(network).discriminator(new ImageShape(3, new Size(2, 2)), ValueRange.SIGNED);
    INDArray x = random(4, 2, 3, 2, 2);
    SameDiff graph = SameDiff.create();
    SDVariable logits = discriminator.logits(graph, graph.var("x", x.castTo(DataType.FLOAT)));

    assertThat(
            TestFiles.maxDifference(
                graph.outputSingle(Map.of(), logits.name()),
                network.output(x.reshape(2, 12)).reshape(2)))
        .isLessThanOrEqualTo(FORWARD);
  }

  @Test
  void discriminator_ofSeveralClasses_isRefused() {
    Dl4j classes =
        Dl4j.of(
            network(
                layers()
                    .layer(
                        new OutputLayer.Builder()
                            .nIn(12)
                            .nOut(2)
                            .activation(Activation.SOFTMAX)
                            .build())
                    .build()));
    Dl4j two =
        Dl4j.of(
            network(
                layers()
                    .layer(
                        new DenseLayer.Builder()
                            .nIn(12)
                            .nOut(2)
                            .activation(Activation.IDENTITY)
                            .build())
                    .build()));
    ImageShape shape = new ImageShape(3, new Size(2, 2));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> classes.discriminator(shape, ValueRange.SIGNED))
        .withMessage(
            "layer layer0 (OutputLayer) must end in a logit: expected a sigmoid or the identity,"
                + " found ActivationSoftmax");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> two.discriminator(shape, ValueRange.SIGNED))
        .withMessage("a discriminator must have one logit for each image: found [2]");
  }

  @Test
  void features_ofNamedLayers_equalFeedForwardOfDl4j() {
    ComputationGraph network =
        network(
            graph(InputType.convolutional(8, 8, 3))
                .addLayer("fine", convolution(4, 3, 1).build(), "in")
                .addLayer("coarse", convolution(5, 3, 2).build(), "fine")
                .addLayer("end", dense(6), "coarse")
                .setOutputs("end"));
    FeatureNetwork features =
        Dl4j.of(network).features(new ValueRange(0, 255), "fine", "coarse", "end");
    INDArray x = random(4, 2, 3, 8, 8);
    Map<String, INDArray> expected = network.feedForward(x.add(1).mul(127.5), false);
    SameDiff graph = SameDiff.create();
    List<SDVariable> found = features.features(graph, graph.var("x", x.castTo(DataType.FLOAT)));

    assertThat(found).hasSize(3);
    for (int i = 0; i < 3; i++) {
      String name = List.of("fine", "coarse", "end").get(i);
      INDArray value = expected.get(name);
      INDArray shaped = value.rank() == 2 ? value.reshape(2, 6, 1, 1) : value;
      double size = TestFiles.maxMagnitude(value);
      assertThat(TestFiles.maxDifference(graph.outputSingle(Map.of(), found.get(i).name()), shaped))
          .isLessThanOrEqualTo(1e-6 * size + FORWARD);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dl4j.of(network).features(ValueRange.SIGNED, "none"))
        .withMessage("a layer must be of the network: expected [fine, coarse, end], found none");
  }

  @Test
  void layers_thatCannotBeTranslated_areNamed() {
    MultiLayerNetwork recurrent =
        network(layers().layer(new LSTM.Builder().name("memory").nIn(4).nOut(4).build()).build());
    MultiLayerNetwork last =
        network(
            layers()
                .layer(
                    convolution(3, 1, 1).nIn(4).dataFormat(CNN2DFormat.NHWC).name("keras").build())
                .build());
    MultiLayerNetwork random =
        network(
            layers()
                .layer(new DenseLayer.Builder().nIn(3).nOut(3).activation(Activation.RRELU).build())
                .build());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dl4j.of(recurrent).generator())
        .withMessage(
            "layer memory (LSTM) must be one that can be translated: found a layer of another"
                + " kind");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dl4j.of(last).generator())
        .withMessage(
            "layer keras (ConvolutionLayer) must be one that can be translated: found the data"
                + " format NHWC");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dl4j.of(random).generator())
        .withMessageContaining("layer0 (DenseLayer)")
        .withMessageContaining("ActivationRReLU");
  }
}
