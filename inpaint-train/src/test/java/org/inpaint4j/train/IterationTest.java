package org.inpaint4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.model.Weights;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole iterations against PyTorch in double precision ({@code make_iteration_golden.py}). */
class IterationTest {

  /**
   * The largest deviation of float32 from double: losses and statistics are sums of some thousand
   * terms, each off by 6e-8 of its size.
   */
  private static final float ROUNDING = 2e-6f;

  /**
   * A weight moves by about the learning rate, 2e-4, whatever its gradient's size; where the
   * gradient is nearly zero its rounding decides on the direction. So single weights may be off by
   * a share of the rate, but not many.
   */
  private static final float RATE = 2e-4f;

  @ParameterizedTest
  @CsvSource({
    "colour32, 32, 3, 5, 3, 4, 0",
    "gray64, 64, 1, 6, 2, 3, 0",
    "encoded32, 32, 3, 5, 3, 4, 50000"
  })
  void run_twoIterations_areThoseOfPyTorch(
      String name,
      int size,
      int channels,
      int latent,
      int filters,
      int batch,
      double reconstruction) {
    Weights golden = Golden.tensors("iteration-" + name + ".safetensors");
    TrainingOptions options =
        Golden.options(size, channels, latent, filters, batch).toBuilder()
            .reconstruction(reconstruction)
            .build();
    Network generator = new Network(Shape.generator(options), options);
    Network discriminator = new Network(Shape.discriminator(options), options);
    generator.load(golden.under("generator."));
    discriminator.load(golden.under("discriminator."));
    Optional<Network> encoder = Optional.empty();
    if (options.reconstruction() > 0) {
      encoder = Optional.of(new Network(Shape.encoder(options), options));
      encoder.get().load(golden.under("encoder."));
    }
    try (Iteration iteration = new Iteration(options, generator, discriminator, encoder)) {
      assertCalibrated(iteration, generator, golden);
      for (int k = 0; k < 2; k++) {
        Iteration.Losses losses =
            iteration.run(golden.values("z." + k), golden.values("real." + k), new Draws(1), k + 1);
        float[] expected = golden.values("losses." + k);
        assertThat(losses.real()).isCloseTo(expected[0], within(10 * ROUNDING));
        assertThat(losses.generated()).isCloseTo(expected[1], within(10 * ROUNDING));
        assertThat(losses.generator()).isCloseTo(expected[2], within(10 * ROUNDING));
        assertSame(generator, golden.under("after." + k + ".generator."));
        assertSame(discriminator, golden.under("after." + k + ".discriminator."));
        if (encoder.isPresent()) {
          assertThat(losses.reconstruction()).isCloseTo(expected[3], within(10 * ROUNDING));
          assertSame(encoder.get(), golden.under("after." + k + ".encoder."));
        } else {
          assertThat(losses.reconstruction()).isZero();
        }
      }
    }
  }

  /** What an average's batch norm gets; afterwards the generator's own weights are back. */
  private static void assertCalibrated(Iteration iteration, Network generator, Weights golden) {
    float[] values = generator.values.clone();
    List<float[]> latents = List.of(golden.values("z.0"), golden.values("z.1"));
    Arrays.fill(generator.values, 0.5f);
    ChannelStatistics statistics = iteration.calibrate(values, latents);
    System.arraycopy(values, 0, generator.values, 0, values.length);
    iteration.load();
    for (Shape.Norm norm : generator.shape.norms()) {
      float[] mean = golden.values("calibrated." + norm.name() + ".running_mean");
      float[] variance = golden.values("calibrated." + norm.name() + ".running_var");
      for (int c = 0; c < norm.channels(); c++) {
        int i = norm.from() + c;
        assertThat(statistics.mean[i]).isCloseTo(mean[c], within(ROUNDING));
        assertThat(statistics.variance[i])
            .isCloseTo(variance[c], within(ROUNDING * Math.max(1, variance[c])));
      }
    }
  }

  private static void assertSame(Network network, Weights expected) {
    Weights.Builder builder = Weights.builder();
    network.export(network.values, network.running, "", builder);
    Weights actual = builder.build("ours");
    assertThat(actual.names()).isEqualTo(expected.names());
    int far = 0;
    int all = 0;
    for (String name : actual.names()) {
      assertThat(actual.shape(name)).as(name).isEqualTo(expected.shape(name));
      float[] a = actual.values(name);
      float[] e = expected.values(name);
      for (int i = 0; i < a.length; i++) {
        float difference = Math.abs(a[i] - e[i]);
        if (name.contains("running")) {
          assertThat(difference).as(name).isLessThan(ROUNDING * Math.max(1, Math.abs(e[i])));
        } else {
          assertThat(difference).as(name).isLessThan(RATE);
          all++;
          far += difference > RATE / 100 ? 1 : 0;
        }
      }
    }
    assertThat(far)
        .as("weights off by more than 1 %% of an update, of %s", all)
        .isLessThan(all / 100);
  }
}
