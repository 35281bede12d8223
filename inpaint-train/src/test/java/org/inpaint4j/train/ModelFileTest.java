package org.inpaint4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inpaint4j.graph.GraphPlan;
import org.inpaint4j.model.Dcgan;
import org.inpaint4j.model.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/** What a trainer writes, as the searching side of the library reads it. */
class ModelFileTest {

  /** Float32 through five layers, of values up to 1 (images) and 2 (logits). */
  private static final float ROUNDING = 1e-5f;

  /**
   * Weights are off by 2^-11 of their size; an image sums some hundred of them through 4 layers.
   */
  private static final float HALF_PRECISION = 5e-3f;

  @TempDir Path folder;

  private interface Applied {
    SDVariable to(SameDiff graph, SDVariable input) throws IOException;
  }

  private static float[] apply(Applied network, int count, float[] input, long... shape)
      throws IOException {
    SameDiff graph = SameDiff.create();
    String out = network.to(graph, graph.placeHolder("in", DataType.FLOAT, shape)).name();
    float[] result = new float[count];
    try (GraphPlan plan =
        GraphPlan.trainable(graph, List.of(Set.of("in")), Map.of(), Set.of(out))) {
      plan.set("in", input, 0);
      plan.run(0);
      plan.get(out, result, 0);
    }
    return result;
  }

  private static float[] images(Weights weights, float[] z, int latent) throws IOException {
    int batch = z.length / latent;
    var generator = Dcgan.generator(weights);
    int side = generator.imageShape().width();
    int samples = batch * generator.imageShape().channels() * side * side;
    return apply(generator::generate, samples, z, batch, latent);
  }

  @ParameterizedTest
  @CsvSource({
    "colour32, 32, 3, 5, 3, 4, 0",
    "gray64, 64, 1, 6, 2, 3, 0",
    "wasserstein32, 32, 3, 5, 3, 4, 10"
  })
  void export_pyTorchsNetworks_computesItsImagesAndLogits(
      String name, int size, int channels, int latent, int filters, int batch, double penalty)
      throws IOException {
    Weights golden = Golden.tensors("iteration-" + name + ".safetensors");
    TrainingOptions options =
        Golden.options(size, channels, latent, filters, batch).toBuilder()
            .gradientPenalty(penalty)
            .build();
    Network generator = new Network(DcganShape.generator(options), options.rates());
    generator.load(golden.under("generator."), golden.under("calibrated."));
    Network discriminator = new Network(DcganShape.discriminator(options), options.rates());
    discriminator.load(golden.under("after.1.discriminator."));
    Weights.Builder builder = Weights.builder();
    generator.export(generator.values, generator.running, "generator.", builder);
    discriminator.export(discriminator.values, discriminator.running, "discriminator.", builder);
    Path file = folder.resolve("model.safetensors");
    builder.build("ours").save(file, Weights.Precision.FLOAT32);
    Weights read = Weights.load(file);

    assertClose(images(read, golden.values("z.0"), latent), golden.values("applied.images"));
    assertClose(
        apply(
            Dcgan.discriminator(read)::logits,
            batch,
            golden.values("real.0"),
            batch,
            channels,
            size,
            size),
        golden.values("applied.logits"));
  }

  private static void assertClose(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).as("%s", i).isCloseTo(expected[i], within(ROUNDING));
    }
  }

  @Test
  void train_modelFile_computesTheImagesOfTheTrainersWeights() throws IOException {
    Path data = folder.resolve("data");
    Path model = folder.resolve("model.safetensors");
    SmallTraining.draw(data, 16, 32);
    float[] z = new float[3 * 8];
    new Draws(9).normal(Draws.Purpose.LATENTS, 0, z);
    try (DcganTrainer trainer =
        DcganTrainer.builder(TrainingImages.read(data, 32, 3), model)
            .options(SmallTraining.options())
            .build()) {
      trainer.train(2, Duration.ofDays(1));
      float[] expected = images(trainer.weights(), z, 8);
      float[] actual = images(Weights.load(model), z, 8);
      float most = 0;
      for (int i = 0; i < expected.length; i++) {
        assertThat(actual[i]).isCloseTo(expected[i], within(HALF_PRECISION));
        most = Math.max(most, Math.abs(expected[i]));
      }
      assertThat(most).isGreaterThan(10 * HALF_PRECISION);
    }
  }

  /** By hand: 1 + 0.25 (3 - 1) and 2 + 0.25 (-2 - 2). */
  @Test
  void average_twoValues_moveByTheirShare() {
    float[] average = {1, 2};
    Adam.average(average, new float[] {3, -2}, 0.75);
    assertThat(average).containsExactly(1.5f, 1);
  }

  /** At the second iteration (1 + 1) / (5 + 1) of the average is kept, less than the 0.9 set. */
  @Test
  void train_twoIterations_averageTheGeneratorsOfBoth() throws IOException {
    Path data = folder.resolve("data");
    SmallTraining.draw(data, 16, 32);
    TrainingImages images = TrainingImages.read(data, 32, 3);
    Path model = folder.resolve("model.safetensors");
    Path state = folder.resolve("model.state");
    TrainingOptions options = SmallTraining.options();
    try (DcganTrainer trainer = DcganTrainer.builder(images, model).options(options).build()) {
      trainer.train(1, Duration.ofDays(1));
      TrainingState first = DcganTrainer.begin(options, null);
      first.load(state, options.toString(), images);
      trainer.train(2, Duration.ofDays(1));
      TrainingState second = DcganTrainer.begin(options, null);
      second.load(state, options.toString(), images);
      double kept = 2 / 6.0;
      for (int i = 0; i < second.average.length; i++) {
        double expected = kept * first.average[i] + (1 - kept) * second.generator.values[i];
        assertThat((double) second.average[i]).isCloseTo(expected, within(1e-6));
      }
      assertThat(second.average).isNotEqualTo(second.generator.values);
    }
  }
}
