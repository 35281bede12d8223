package org.inpaint4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.function.Predicate;
import org.inpaint4j.LatentModel;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Size;
import org.inpaint4j.network.Discriminator;
import org.inpaint4j.network.Generator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Compares with PyTorch; make_dcgan_golden.py made the files. */
class DcganGoldenTest {

  private static final double TOLERANCE = 1e-4;

  @ParameterizedTest
  @ValueSource(strings = {"dcgan-small.safetensors", "dcgan-small.pt", "dcgan-small-legacy.pt"})
  void dcgan_float32Weights_equalsPyTorch(String file) throws IOException {
    Weights weights = TestFiles.load(file);
    Generator generator = Dcgan.generator(weights);
    Discriminator discriminator = Dcgan.discriminator(weights);

    assertThat(generator.latentSpace().size()).isEqualTo(6);
    assertThat(generator.imageShape()).isEqualTo(new ImageShape(3, new Size(32, 32)));
    assertThat(discriminator.imageShape()).isEqualTo(new ImageShape(3, new Size(32, 32)));
    assertThat(generator.identity())
        .matches(
            "dcgan 6->3x32x32 sha256:" + weights.sha256() + " (generator|G.model_state_dict)\\.");
    GanGolden.check(
        generator, discriminator, TestFiles.load("dcgan-small-golden.safetensors"), TOLERANCE);
  }

  /** The reference's networks are in training mode; make_dcgan_batch_golden.py made the files. */
  @ParameterizedTest
  @CsvSource({"BATCH, batch", "IMAGE, image"})
  void dcgan_batchNormInTrainingMode_equalsPyTorch(Dcgan.BatchNorm batchNorm, String name)
      throws IOException {
    Weights weights = TestFiles.load("dcgan-small.safetensors");
    Generator generator = Dcgan.generator(weights, batchNorm);
    Discriminator discriminator = Dcgan.discriminator(weights, batchNorm);

    boolean mixes = batchNorm == Dcgan.BatchNorm.BATCH;
    assertThat(generator.mixesBatch()).isEqualTo(mixes);
    assertThat(discriminator.mixesBatch()).isEqualTo(mixes);
    assertThat(generator.identity())
        .isEqualTo(
            "dcgan 6->3x32x32 batch norm "
                + batchNorm
                + " sha256:"
                + weights.sha256()
                + " generator.");
    GanGolden.check(
        generator,
        discriminator,
        TestFiles.load("dcgan-small-" + name + "-golden.safetensors"),
        TOLERANCE);
  }

  /** Instance norm is what batch norm in training mode makes of each image by itself. */
  @ParameterizedTest
  @EnumSource(Dcgan.BatchNorm.class)
  void discriminator_withoutStatistics_hasInstanceNorm(Dcgan.BatchNorm asked) throws IOException {
    Weights all = TestFiles.load("dcgan-small.safetensors");
    Discriminator discriminator =
        Dcgan.discriminator(without(all, name -> name.contains("running_")), asked);
    assertThat(discriminator.mixesBatch()).isFalse();
    GanGolden.check(
        Dcgan.generator(all, Dcgan.BatchNorm.IMAGE),
        discriminator,
        TestFiles.load("dcgan-small-image-golden.safetensors"),
        TOLERANCE);
  }

  @Test
  void discriminator_withoutSomeStatistics_isRefused() throws IOException {
    Weights all = TestFiles.load("dcgan-small.safetensors");
    Weights discriminator = Dcgan.discriminatorWeights(all);
    assertThatThrownBy(
            () -> Dcgan.discriminator(without(discriminator, "main.3.running_mean"::equals)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("main.3.running_mean must be there: found none");
  }

  private static Weights without(Weights weights, Predicate<String> some) {
    Weights.Builder builder = Weights.builder();
    for (String name : weights.names()) {
      if (!some.test(name)) {
        builder.put(name, weights.shape(name), weights.values(name));
      }
    }
    return builder.build("less");
  }

  /** A checkpoint of training as PyTorch saved it, optimizers and all. */
  @Test
  void checkpoint_asItIs_equalsPyTorch() throws IOException {
    assumeTrue(
        Files.exists(TestFiles.CHECKPOINT),
        "needs " + TestFiles.CHECKPOINT + " of the shared data");
    LatentModel model = (LatentModel) Models.load(TestFiles.CHECKPOINT);

    GanGolden.check(
        model.generator(),
        model.discriminator().orElseThrow(),
        TestFiles.load("checkpoint-golden.safetensors"),
        TOLERANCE);
  }

  @Test
  void generate_twiceOnOneGraph_addsTwoIndependentNetworks() throws IOException {
    Weights weights = TestFiles.load("dcgan-small.safetensors");
    Generator generator = Dcgan.generator(weights);
    Discriminator discriminator = Dcgan.discriminator(weights);
    INDArray z = TestFiles.array(TestFiles.load("dcgan-small-golden.safetensors"), "z");
    SameDiff graph = SameDiff.create();
    SDVariable latent = graph.var("latent", z);
    SDVariable first = discriminator.logits(graph, generator.generate(graph, latent));
    SDVariable second = discriminator.logits(graph, generator.generate(graph, latent.mul(2)));

    Map<String, INDArray> both = graph.output(Map.of(), first.name(), second.name());

    INDArray expected = TestFiles.array(TestFiles.load("dcgan-small-golden.safetensors"), "logits");
    assertThat(TestFiles.maxDifference(both.get(first.name()), expected)).isLessThan(TOLERANCE);
    assertThat(TestFiles.maxDifference(both.get(second.name()), expected)).isGreaterThan(TOLERANCE);
  }
}
