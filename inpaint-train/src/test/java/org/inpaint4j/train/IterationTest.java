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

  private static final float ROUNDING = NetworkAssert.ROUNDING;
  private static final float RATE = 2e-4f;

  @ParameterizedTest
  @CsvSource({
    "colour32, 32, 3, 5, 3, 4, 0, 0",
    "gray64, 64, 1, 6, 2, 3, 0, 0",
    "encoded32, 32, 3, 5, 3, 4, 50000, 0",
    "wasserstein32, 32, 3, 5, 3, 4, 0, 10"
  })
  void run_twoIterations_areThoseOfPyTorch(
      String name,
      int size,
      int channels,
      int latent,
      int filters,
      int batch,
      double reconstruction,
      double penalty) {
    Weights golden = Golden.tensors("iteration-" + name + ".safetensors");
    TrainingOptions options =
        Golden.options(size, channels, latent, filters, batch).toBuilder()
            .reconstruction(reconstruction)
            .gradientPenalty(penalty)
            .build();
    Network generator = new Network(DcganShape.generator(options), options.rates());
    Network discriminator = new Network(DcganShape.discriminator(options), options.rates());
    generator.load(golden.under("generator."));
    discriminator.load(golden.under("discriminator."));
    Optional<Network> encoder = Optional.empty();
    if (options.reconstruction() > 0) {
      encoder = Optional.of(new Network(DcganShape.encoder(options), options.rates()));
      encoder.get().load(golden.under("encoder."));
    }
    try (Iteration iteration = new Iteration(options, generator, discriminator, encoder)) {
      assertCalibrated(iteration, generator, golden);
      for (int k = 0; k < 2; k++) {
        Iteration.Losses losses = iteration.run(draw(golden, k), new Draws(1), k + 1);
        float[] expected = golden.values("losses." + k);
        assertThat(losses.real()).isCloseTo(expected[0], within(10 * ROUNDING));
        assertThat(losses.generated()).isCloseTo(expected[1], within(10 * ROUNDING));
        assertThat(losses.generator()).isCloseTo(expected[2], within(10 * ROUNDING));
        NetworkAssert.assertSame(generator, golden.under("after." + k + ".generator."), RATE);
        NetworkAssert.assertSame(
            discriminator, golden.under("after." + k + ".discriminator."), RATE);
        if (encoder.isPresent()) {
          assertThat(losses.reconstruction()).isCloseTo(expected[3], within(10 * ROUNDING));
          NetworkAssert.assertSame(encoder.get(), golden.under("after." + k + ".encoder."), RATE);
        } else {
          assertThat(losses.reconstruction()).isZero();
        }
        if (penalty > 0) {
          // A difference of two float32 logits over 0.01.
          assertThat(losses.penalty()).isCloseTo(expected[3], within(100 * ROUNDING));
        } else {
          assertThat(losses.penalty()).isZero();
        }
      }
    }
  }

  private static DcganDraw draw(Weights golden, int k) {
    boolean penalised = golden.names().contains("shift." + k);
    return new DcganDraw(
        golden.values("z." + k),
        golden.values("real." + k),
        penalised ? golden.values("shift." + k) : new float[0],
        penalised ? golden.values("mixture." + k) : new float[0]);
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
}
