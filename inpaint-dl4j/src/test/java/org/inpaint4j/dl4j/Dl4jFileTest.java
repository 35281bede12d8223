package org.inpaint4j.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.inpaint4j.dl4j.Dl4jTest.FORWARD;
import static org.inpaint4j.dl4j.Dl4jTest.random;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.inpaint4j.LatentModel;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Size;
import org.inpaint4j.model.Dcgan;
import org.inpaint4j.model.ModelFormatException;
import org.inpaint4j.model.ModelInfo;
import org.inpaint4j.model.Models;
import org.inpaint4j.model.TestFiles;
import org.inpaint4j.model.Weights;
import org.inpaint4j.network.Discriminator;
import org.inpaint4j.network.Generator;
import org.inpaint4j.network.LatentSpace;
import org.inpaint4j.network.ValueRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** DL4J's zips as files, and DCGANs as networks that DL4J trains on. */
class Dl4jFileTest {

  private final Weights dcgan = TestFiles.load("dcgan-small.safetensors");

  @TempDir Path folder;

  private static INDArray generated(Generator generator, INDArray z) {
    SameDiff graph = SameDiff.create();
    SDVariable images = generator.generate(graph, graph.var("z", z.castTo(DataType.FLOAT)));
    return graph.outputSingle(Map.of(), images.name());
  }

  private static INDArray logits(Discriminator discriminator, INDArray images) {
    SameDiff graph = SameDiff.create();
    SDVariable logits = discriminator.logits(graph, graph.var("x", images.castTo(DataType.FLOAT)));
    return graph.outputSingle(Map.of(), logits.name());
  }

  @Test
  void generatorNetwork_ofADcgan_equalsItAndTrainsOn() throws IOException {
    Generator generator = Dcgan.generator(dcgan);
    MultiLayerNetwork network = Dl4j.generatorNetwork(dcgan);
    INDArray z = random(3, 4, 6).castTo(DataType.FLOAT);
    INDArray images = network.output(z);

    assertThat(TestFiles.maxDifference(images, generated(generator, z)))
        .isLessThanOrEqualTo(FORWARD);

    INDArray before = network.params().dup();
    INDArray target = images.mul(0.5);
    double score = 0;
    for (int step = 0; step < 5; step++) {
      network.fit(z, target);
      score = step == 0 ? network.score() : score;
    }
    assertThat(network.params().equalsWithEps(before, 1e-4)).isFalse();
    assertThat(network.score()).isLessThan(score);
  }

  @Test
  void saveNetworks_ofADiscriminatorWithInstanceNorm_isRefusedAndWritesNothing()
      throws IOException {
    Weights.Builder builder = Weights.builder();
    Weights discriminator = Dcgan.discriminatorWeights(dcgan);
    for (String name : dcgan.names()) {
      if (!name.contains("running_") || !name.startsWith("discriminator.")) {
        builder.put(name, dcgan.shape(name), dcgan.values(name));
      }
    }
    assertThat(discriminator.names()).anyMatch(name -> name.endsWith("running_mean"));
    Path model = folder.resolve("critic.safetensors");
    assertThatThrownBy(() -> Dl4j.saveNetworks(builder.build("critic"), model))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("must have batch norm: found instance norm");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void discriminatorNetwork_ofADcgan_equalsItAndTrainsOn() throws IOException {
    Discriminator discriminator = Dcgan.discriminator(dcgan);
    MultiLayerNetwork network = Dl4j.discriminatorNetwork(dcgan);
    INDArray x = random(5, 4, 3, 32, 32).castTo(DataType.FLOAT);
    INDArray probabilities = network.output(x);

    assertThat(probabilities.shape()).containsExactly(4, 1);
    INDArray expected = logits(discriminator, x);
    for (int n = 0; n < 4; n++) {
      double probability = 1 / (1 + Math.exp(-expected.getDouble(n)));
      assertThat(Math.abs(probabilities.getDouble(n, 0) - probability)).isLessThan(FORWARD);
    }

    INDArray labels = Nd4j.createFromArray(new float[][] {{1}, {0}, {1}, {0}});
    double score = 0;
    for (int step = 0; step < 5; step++) {
      network.fit(x, labels);
      score = step == 0 ? network.score() : score;
    }
    assertThat(network.score()).isLessThan(score);
  }

  @Test
  void load_dcganWrittenByDl4j_isTheSameGenerator() throws IOException {
    Path file = folder.resolve("generator.zip");
    ModelSerializer.writeModel(Dl4j.generatorNetwork(dcgan), file.toFile(), true);
    INDArray z = random(3, 2, 6);

    Generator generator = Dl4j.load(file).generator();

    assertThat(generator.imageShape()).isEqualTo(new ImageShape(3, new Size(32, 32)));
    assertThat(generator.valueRange()).isEqualTo(ValueRange.SIGNED);
    assertThat(
            TestFiles.maxDifference(generated(generator, z), generated(Dcgan.generator(dcgan), z)))
        .isLessThanOrEqualTo(FORWARD);
    LatentModel model = (LatentModel) Models.load(file);
    assertThat(model.generator().identity()).isEqualTo(generator.identity());
    assertThat(model.discriminator()).isEmpty();
    assertThat(model.losses()).hasSize(1);
    ModelInfo info = Models.inspect(file);
    assertThat(info.kind()).startsWith("DL4J MultiLayerNetwork, ");
    assertThat(info.images()).hasValue(new ImageShape(3, new Size(32, 32)));
    assertThat(info.latentSpaces()).containsExactly("z (6)");
    assertThat(info.parameters()).isEqualTo(Dl4j.generatorNetwork(dcgan).numParams());
  }

  private static ComputationGraph graph(DataType type) {
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .dataType(type)
                .seed(1)
                .graphBuilder()
                .addInputs("in")
                .addLayer("wide", new DenseLayer.Builder().nIn(4).nOut(9).build(), "in")
                .addLayer(
                    "out",
                    new OutputLayer.Builder(LossFunction.MSE)
                        .nIn(9)
                        .nOut(12)
                        .activation(Activation.TANH)
                        .build(),
                    "wide")
                .setOutputs("out")
                .build());
    network.init();
    return network;
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLOAT", "DOUBLE"})
  void load_graphOfEachPrecision_equalsDl4j(String precision) throws IOException {
    DataType type = DataType.valueOf(precision);
    ComputationGraph network = graph(type);
    Path file = folder.resolve("graph.zip");
    ModelSerializer.writeModel(network, file.toFile(), false);
    INDArray z = random(3, 2, 4).castTo(type);

    Generator generator =
        Dl4j.load(file)
            .generator(
                LatentSpace.standardNormal(4),
                new ImageShape(3, new Size(2, 2)),
                ValueRange.SIGNED);

    INDArray expected = network.output(z)[0].reshape(2, 3, 2, 2);
    assertThat(TestFiles.maxDifference(generated(generator, z), expected))
        .isLessThanOrEqualTo(FORWARD);
  }

  /** The file of a small graph, with one entry replaced, or left out if there is nothing for it. */
  private Path changed(String entry, byte... bytes) throws IOException {
    Path whole = folder.resolve("whole.zip");
    ModelSerializer.writeModel(graph(DataType.FLOAT), whole.toFile(), false);
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(whole))) {
      for (ZipEntry next = in.getNextEntry(); next != null; next = in.getNextEntry()) {
        entries.put(next.getName(), in.readAllBytes());
      }
    }
    assertThat(entries).containsKey(entry);
    if (bytes.length == 0) {
      entries.remove(entry);
    } else {
      entries.put(entry, bytes);
    }
    Path file = folder.resolve("changed.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> next : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(next.getKey()));
        out.write(next.getValue());
      }
    }
    return file;
  }

  private static void assertRefused(Path file, String message) {
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> Dl4j.load(file))
        .withMessageContaining(message);
  }

  @Test
  void load_configurationThatNamesAnyClass_isRefused() throws IOException {
    String json =
        "{\"networkInputs\":[\"in\"],\"vertices\":{\"a\":{\"@class\":\"javax.swing.JFrame\"}}}";

    assertRefused(
        changed("configuration.json", json.getBytes(StandardCharsets.UTF_8)),
        "changed.zip: classes of the configuration must be DL4J's own: found javax.swing.JFrame");
  }

  @Test
  void load_brokenParts_areNamed() throws IOException {
    assertRefused(changed("coefficients.bin"), "a DL4J zip must hold coefficients.bin");
    assertRefused(changed("coefficients.bin", (byte) 0, (byte) 1), "the zip must be whole");
    assertRefused(
        changed("configuration.json", (byte) '{', (byte) '}'), "the network must be one that DL4J");
    assertRefused(changed("configuration.json", (byte) '{', (byte) '1'), "must be JSON");
  }

  @Test
  void load_configurationOfAHugeNetwork_isRefusedBeforeItIsAllocated() throws IOException {
    String json = graph(DataType.FLOAT).getConfiguration().toJson();
    String huge = json.replaceFirst("\"nin\" : 9", "\"nin\" : 1000000000");
    assertThat(huge).isNotEqualTo(json);

    assertRefused(
        changed("configuration.json", huge.getBytes(StandardCharsets.UTF_8)),
        "the network must be one that DL4J");
  }

  @Test
  void load_mutatedFiles_endInOneException() throws IOException {
    Path whole = folder.resolve("fuzz.zip");
    ModelSerializer.writeModel(graph(DataType.FLOAT), whole.toFile(), false);
    byte[] good = Files.readAllBytes(whole);
    Random random = new Random(8);
    int refused = 0;
    for (int round = 0; round < 1000; round++) {
      byte[] bytes =
          round % 4 == 0
              ? java.util.Arrays.copyOf(good, random.nextInt(good.length))
              : good.clone();
      for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      Files.write(whole, bytes);
      try {
        Dl4j.load(whole);
      } catch (ModelFormatException e) {
        refused++;
        assertThat(e).hasMessageStartingWith("fuzz.zip: ");
      }
    }
    assertThat(refused).isGreaterThan(500);
  }
}
