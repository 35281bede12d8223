package org.inpaint4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.inpaint4j.model.Weights;

/** What holds of every trainer that is stopped and goes on. */
final class Resuming {

  private static final Duration FOREVER = Duration.ofDays(1);

  private Resuming() {}

  /** The same trainer each time, but for the file. */
  interface Builders {
    Trainer.Builder<?> of(Path file) throws IOException;
  }

  /**
   * Trains in one run, and again with a stop after three iterations.
   *
   * @param model where the second training is written; the first one lies beside it
   * @param iterations how many, more than three
   */
  static void assertSameBitsAsOneRun(Builders builders, Path model, int iterations)
      throws IOException {
    Path whole = model.resolveSibling("whole.safetensors");
    Weights expected;
    try (Trainer trainer = builders.of(whole).build()) {
      assertThat(trainer.train(iterations, FOREVER))
          .isEqualTo(new TrainingResult(TrainingResult.Status.COMPLETED, iterations, ""));
      expected = trainer.weights();
    }
    try (Trainer trainer =
        builders.of(model).onProgress(progress -> progress.iteration() < 3).build()) {
      assertThat(trainer.train(iterations, FOREVER))
          .isEqualTo(new TrainingResult(TrainingResult.Status.STOPPED, 3, ""));
    }
    assertThat(Trainer.canResume(model)).isTrue();
    try (Trainer trainer = builders.of(model).resume(true).build()) {
      assertThat(trainer.iterations()).isEqualTo(3);
      trainer.train(iterations, FOREVER);
      assertSameBits(trainer.weights(), expected);
    }
    assertSameBits(Weights.load(model), Weights.load(whole));
  }

  static void assertSameBits(Weights actual, Weights expected) {
    assertThat(actual.names()).isEqualTo(expected.names());
    for (String name : expected.names()) {
      assertThat(actual.values(name)).as(name).isEqualTo(expected.values(name));
    }
  }
}
