package org.inpaint4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.inpaint4j.LatentModel;
import org.inpaint4j.model.Models;
import org.inpaint4j.model.Weights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DcganTrainerTest {

  private static final Duration FOREVER = Duration.ofDays(1);

  @TempDir Path folder;
  private Path data;
  private Path model;

  @BeforeEach
  void drawImages() throws IOException {
    data = folder.resolve("data");
    model = folder.resolve("model.safetensors");
    SmallTraining.draw(data, SmallTraining.IMAGES, 32);
  }

  private DcganTrainer.Builder builder(Path file) throws IOException {
    return DcganTrainer.builder(TrainingImages.read(data, 32, 3), file)
        .options(SmallTraining.options())
        .checkpointEvery(FOREVER);
  }

  /**
   * 13 iterations are two epochs of 6 and one more; the process dies within the first or second.
   */
  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void resume_afterKill9InAnEpoch_endsWithTheBitsOfAnUninterruptedRun() throws Exception {
    Weights expected;
    try (DcganTrainer trainer = builder(folder.resolve("whole.safetensors")).build()) {
      trainer.train(13, FOREVER);
      expected = trainer.weights();
    }
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Xmx512m",
                SmallTraining.class.getName(),
                data.toString(),
                model.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
        if (line.equals("iteration 5")) {
          process.toHandle().destroyForcibly(); // SIGKILL, and what it printed can still be read
        }
      }
    }
    assertThat(process.waitFor()).isNotZero();
    assertThat(lines).contains("iteration 5").doesNotContain("iteration 13");
    try (DcganTrainer trainer = builder(model).resume(true).build()) {
      assertThat(trainer.iterations()).isBetween(4, 12);
      trainer.train(13, FOREVER);
      Resuming.assertSameBits(trainer.weights(), expected);
    }
  }

  @Test
  void train_stoppedByTheListener_savesAndResumesWithTheSameBits() throws IOException {
    Resuming.assertSameBitsAsOneRun(this::builder, model, 8);
  }

  @Test
  void train_wassersteinLoss_resumesWithTheSameBitsAndLoads() throws IOException {
    TrainingOptions options =
        SmallTraining.options().toBuilder().gradientPenalty(10).learningRate(1e-4).build();
    Resuming.assertSameBitsAsOneRun(file -> builder(file).options(options), model, 8);
    assertThat(((LatentModel) Models.load(model)).discriminator()).isPresent();
  }

  @Test
  void start_ofAModel_beginsWithItsNetworks() throws IOException {
    Weights trained;
    try (DcganTrainer trainer = builder(folder.resolve("first.safetensors")).build()) {
      trainer.train(3, FOREVER);
      trained = trainer.weights();
    }
    try (DcganTrainer trainer = builder(model).start(trained).build()) {
      assertThat(trainer.iterations()).isZero();
      Resuming.assertSameBits(trainer.weights(), trained);
      trainer.train(1, FOREVER);
      assertThat(trainer.weights().values("discriminator.main.0.weight"))
          .isNotEqualTo(trained.values("discriminator.main.0.weight"));
    }
  }

  @Test
  void start_ofAModelOfOtherFilters_saysWhichTensor() throws IOException {
    Weights trained;
    try (DcganTrainer trainer =
        builder(folder.resolve("first.safetensors"))
            .options(SmallTraining.options().toBuilder().filters(3).build())
            .build()) {
      trained = trainer.weights();
    }
    assertThatThrownBy(() -> builder(model).start(trained).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "tensor main.0.weight must fit the network: expected [8, 16, 4, 4], found"
                + " [8, 12, 4, 4]");
  }

  @Test
  void start_ofADiscriminatorOfTheOtherLoss_isRefused() throws IOException {
    Weights trained;
    try (DcganTrainer trainer = builder(folder.resolve("first.safetensors")).build()) {
      trained = trainer.weights();
    }
    TrainingOptions options = SmallTraining.options().toBuilder().gradientPenalty(10).build();
    assertThatThrownBy(() -> builder(model).options(options).start(trained).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a discriminator to start with must have the norm of the loss: expected instance norm,"
                + " found batch norm");
  }

  @Test
  void train_interrupted_savesAndKeepsTheInterrupt() throws IOException {
    try (DcganTrainer trainer =
        builder(model)
            .onProgress(
                progress -> {
                  Thread.currentThread().interrupt();
                  return true;
                })
            .build()) {
      TrainingResult result = trainer.train(8, FOREVER);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(result).isEqualTo(new TrainingResult(TrainingResult.Status.STOPPED, 1, ""));
      assertThat(Files.exists(model)).isTrue();
    }
  }

  @Test
  void train_noTimeLeft_stopsAfterOneIteration() throws IOException {
    try (DcganTrainer trainer = builder(model).build()) {
      assertThat(trainer.train(8, Duration.ofNanos(1)).iteration()).isEqualTo(1);
    }
  }

  /** Discs are easy to tell from what a generator makes at first. */
  @Test
  void train_someEpochs_lowersTheDiscriminatorsLossAndDrawsSheets() throws IOException {
    List<TrainingProgress> seen = new ArrayList<>();
    TrainingOptions options =
        SmallTraining.options().toBuilder().augmented(false).learningRate(2e-3).build();
    try (DcganTrainer trainer =
        builder(model)
            .options(options)
            .onProgress(
                progress -> {
                  seen.add(progress);
                  return true;
                })
            .build()) {
      assertThat(trainer.iterationsPerEpoch()).isEqualTo(6);
      trainer.train(30, FOREVER);
    }
    assertThat(seen).hasSize(30);
    assertThat(seen.get(0).discriminatorLoss()).isBetween(1.0, 2.5);
    // The progress tells the mean over all 30.
    double last = 30 * seen.get(29).discriminatorLoss() - 29 * seen.get(28).discriminatorLoss();
    assertThat(last).isLessThan(0.8 * seen.get(0).discriminatorLoss());
    assertThat(seen.get(29).epoch()).isEqualTo(5);
    for (int epoch : new int[] {1, 5}) {
      Path sheet = folder.resolve(String.format("model-samples-%04d.png", epoch));
      assertThat(ImageIO.read(sheet.toFile()).getWidth()).isEqualTo(8 * 34 + 2);
    }
    assertThat(ImageIO.read(folder.resolve("model-losses.png").toFile())).isNotNull();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
    }
  }

  @ParameterizedTest
  @CsvSource({"32, 1, 8", "64, 3, 1", "128, 1, 8", "128, 3, 8"})
  void train_anySize_makesAModelThatLoads(int size, int channels, int latent) throws IOException {
    TrainingOptions options =
        SmallTraining.options().toBuilder()
            .imageSize(size)
            .channels(channels)
            .latentSize(latent)
            .filters(2)
            .batchSize(3)
            .build();
    TrainingImages images = TrainingImages.read(data, size, channels);
    try (DcganTrainer trainer = DcganTrainer.builder(images, model).options(options).build()) {
      trainer.train(2, FOREVER);
    }
    LatentModel loaded = (LatentModel) Models.load(model);
    assertThat(loaded.generator().imageShape().width()).isEqualTo(size);
    assertThat(loaded.generator().imageShape().channels()).isEqualTo(channels);
    assertThat(loaded.generator().latentSpace().size()).isEqualTo(latent);
    assertThat(loaded.discriminator()).isPresent();
  }

  /** The state is made bad from outside: one NaN among the generator's weights. */
  @Test
  void train_lossesThatAreNoNumbers_collapsesAndKeepsTheLastGoodCheckpoint() throws IOException {
    try (DcganTrainer trainer = builder(model).build()) {
      trainer.train(2, FOREVER);
    }
    byte[] good = Files.readAllBytes(model);
    TrainingImages images = TrainingImages.read(data, 32, 3);
    String options = SmallTraining.options().toString();
    TrainingState state = DcganTrainer.begin(SmallTraining.options(), null);
    state.load(folder.resolve("model.state"), options, images);
    state.generator.values[0] = Float.NaN;
    state.save(folder.resolve("model.state"), options, images);
    byte[] before = Files.readAllBytes(folder.resolve("model.state"));
    try (DcganTrainer trainer =
        builder(model).resume(true).checkpointEvery(Duration.ofNanos(1)).build()) {
      TrainingResult result = trainer.train(20, FOREVER);
      assertThat(result.status()).isEqualTo(TrainingResult.Status.COLLAPSED);
      assertThat(result.iteration()).isEqualTo(2);
      assertThat(result.reason()).startsWith("a loss must be finite: found NaN at iteration 3");
    }
    assertThat(Files.readAllBytes(model)).isEqualTo(good);
    assertThat(Files.readAllBytes(folder.resolve("model.state"))).isEqualTo(before);
  }

  @Test
  void collapse_discriminatorCertainForLong_isSeen() throws IOException {
    LossHistory history = new LossHistory(4);
    for (int i = 0; i < 300; i++) {
      history.add(0.3f, 0.3f, 2, 0);
    }
    for (int i = 0; i < 500; i++) {
      // (495 * 0.003 + 5 * 0.6) / 500 = 0.009: from here on the mean is below 0.01.
      assertThat(CollapseWatch.collapse(history, true).isPresent())
          .as("after %s", i)
          .isEqualTo(i > 494);
      history.add(0.001f, 0.002f, 20, 0);
    }
    assertThat(CollapseWatch.collapse(history, true))
        .hasValueSatisfying(
            reason -> assertThat(reason).contains("its loss was 0.0030 over the last 500"));
    TrainingState state = DcganTrainer.begin(SmallTraining.options(), null);
    for (int i = 0; i < 100; i++) {
      state.history().add(0.001f, 0.002f, 20, 0, 0);
    }
    assertThat(CollapseWatch.isGood(state, true)).isFalse();
    for (int i = 0; i < 50; i++) {
      state.history().add(0.3f, 0.3f, 2, 0, 0);
    }
    assertThat(CollapseWatch.isGood(state, true)).isTrue();
    state.discriminator.values[7] = Float.POSITIVE_INFINITY;
    assertThat(CollapseWatch.isGood(state, true)).isFalse();
  }

  @Test
  void build_imagesThatDoNotFit_saysSo() throws IOException {
    TrainingImages images = TrainingImages.read(data, 32, 1);
    assertThatThrownBy(
            () -> DcganTrainer.builder(images, model).options(SmallTraining.options()).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected 3 channels of 32 pixels, found 1 of 32");
    TrainingOptions large = SmallTraining.options().toBuilder().batchSize(51).build();
    assertThatThrownBy(() -> builder(model).options(large).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "training data must fill a batch: expected at least 51 images, found 50");
  }

  @Test
  void resume_whatDoesNotFit_saysSo() throws IOException {
    assertThatThrownBy(() -> builder(model).resume(true).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a checkpoint must be there to resume");
    try (DcganTrainer trainer = builder(model).build()) {
      trainer.train(1, FOREVER);
    }
    TrainingOptions other = SmallTraining.options().toBuilder().seed(4).build();
    assertThatThrownBy(() -> builder(model).resume(true).options(other).build())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("must be resumed with the options it began with");
    TrainingOptions slower = SmallTraining.options().toBuilder().averageDecay(0.99).build();
    builder(model).resume(true).options(slower).build().close();
    Path state = folder.resolve("model.state");
    byte[] whole = Files.readAllBytes(state);
    byte[] flipped = whole.clone();
    flipped[whole.length / 2] ^= 1;
    Files.write(state, flipped);
    assertThatThrownBy(() -> builder(model).resume(true).build())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("its checksum does not fit");
    Files.write(state, Arrays.copyOf(whole, whole.length - 9));
    assertThatThrownBy(() -> builder(model).resume(true).build())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("it ends too early");
    // A count of iterations that cannot be: 4 bytes after two texts with their lengths, 4 and 8.
    int count =
        4 + "inpaint4j training 1".length() + SmallTraining.options().toString().length() + 12;
    byte[] absurd = whole.clone();
    absurd[count] = 0x7f;
    Files.write(state, absurd);
    assertThatThrownBy(() -> builder(model).resume(true).build())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("it ends too early");
    Files.write(state, new byte[] {0, 3, -1, -1, -1});
    assertThatThrownBy(() -> builder(model).resume(true).build())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("it is something else");
    Files.write(state, whole);
    Files.delete(data.resolve("7.png"));
    assertThatThrownBy(() -> builder(model).resume(true).build())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("must be resumed with the images it began with");
  }

  @Test
  void order_ofEachEpoch_isAPermutationOfItsOwn() {
    Draws draws = new Draws(1);
    int[] first = draws.order(0, 100);
    assertThat(first).containsExactlyInAnyOrder(IntStream.range(0, 100).toArray());
    assertThat(draws.order(0, 100)).isEqualTo(first);
    assertThat(draws.order(1, 100)).isNotEqualTo(first);
    assertThat(new Draws(2).order(0, 100)).isNotEqualTo(first);
  }
}
