package org.inpaint4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.inpaint4j.LatentModel;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.model.Models;
import org.inpaint4j.model.StyleGan;
import org.inpaint4j.model.Weights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StyleGanTrainerTest {

  private static final Duration FOREVER = Duration.ofDays(1);

  @TempDir private Path folder;
  private Path data;
  private Path model;

  @BeforeEach
  void drawImages() throws IOException {
    data = folder.resolve("data");
    model = folder.resolve("model.safetensors");
    SmallTraining.draw(data, 10, 16);
  }

  private StyleGanTrainer.Builder builder(Path file, StyleGanOptions options) throws IOException {
    return StyleGanTrainer.builder(TrainingImages.read(data, 16, 3), file)
        .options(options)
        .checkpointEvery(FOREVER);
  }

  /** It stops in the middle of the iterations that fade 16 pixels in. */
  @Test
  void resume_afterAStop_endsWithTheBitsOfAnUninterruptedRun() throws IOException {
    StyleGanOptions options = SmallStyleGan.options(false, 8, 8);
    Resuming.assertSameBitsAsOneRun(file -> builder(file, options), model, 6);
    StyleGanOptions other = SmallStyleGan.options(true, 8, 8);
    assertThatThrownBy(() -> builder(model, other).resume(true).build())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("must be resumed with the options it began with");
  }

  @Test
  void train_someEpochs_drawsSheetsOfTheSizeOfTheImages() throws IOException {
    StyleGanOptions options = SmallStyleGan.options(true, 8, 16);
    int[] epochs = new int[2];
    try (StyleGanTrainer trainer =
        builder(model, options)
            .onProgress(
                progress -> {
                  epochs[progress.iteration() <= 2 ? 0 : 1] = progress.epoch();
                  return true;
                })
            .build()) {
      // The first epoch ends while 16 pixels fade in, the second one after that.
      assertThat(trainer.iterationsIn(1)).isEqualTo(3);
      assertThat(trainer.iterationsIn(2)).isEqualTo(5);
      trainer.train(trainer.iterationsIn(2), FOREVER);
    }
    assertThat(epochs).containsExactly(1, 2);
    for (int epoch : new int[] {1, 2}) {
      Path file = folder.resolve("model-samples-000" + epoch + ".png");
      BufferedImage sheet = ImageIO.read(file.toFile());
      assertThat(sheet.getWidth()).isEqualTo(8 * 18 + 2);
      assertThat(sheet.getHeight()).isEqualTo(4 * 18 + 2);
    }
    assertThat(ImageIO.read(folder.resolve("model-losses.png").toFile())).isNotNull();
  }

  /** The port's names, which it reads strictly, and beside them the mean style. */
  @Test
  void load_theModelFile_isAStyleGanWithItsMeanStyle() throws IOException {
    try (StyleGanTrainer trainer = builder(model, SmallStyleGan.options(false, 4, 4)).build()) {
      trainer.train(3, FOREVER);
    }
    Weights weights = Weights.load(model);
    assertThat(weights.names())
        .contains(
            "latent_avg",
            "g_running.style.3.linear.weight_orig",
            "g_running.generator.progression.0.conv1.input",
            "g_running.generator.progression.2.conv1.1.conv.weight_orig",
            "g_running.generator.progression.2.conv1.2.weight_flip",
            "g_running.generator.progression.2.adain2.style.linear.bias",
            "g_running.generator.progression.2.noise1.weight_orig",
            "g_running.generator.to_rgb.1.conv.weight_orig",
            "discriminator.progression.2.conv2.0.conv.weight_orig",
            "discriminator.progression.0.conv2.0.weight",
            "discriminator.progression.0.conv2.1.conv.weight_orig",
            "discriminator.from_rgb.1.0.conv.bias",
            "discriminator.linear.linear.weight_orig");
    assertThat(StyleGan.trainedSize(weights)).isEqualTo(16);
    float[] computed = StyleGan.meanStyle(weights);
    float[] stored = weights.values(StyleGan.MEAN_STYLE);
    for (int i = 0; i < stored.length; i++) {
      // The matrices of the file are float16.
      assertThat(stored[i]).isCloseTo(computed[i], within(2e-3f));
    }
    LatentModel loaded = (LatentModel) Models.load(model);
    assertThat(loaded.generator().imageShape()).isEqualTo(ImageShape.square(3, 16));
    assertThat(loaded.discriminator()).isPresent();
  }

  @Test
  void start_ofAModel_beginsWithItsNetworks() throws IOException {
    StyleGanOptions options = SmallStyleGan.options(false, 4, 4);
    Weights trained;
    try (StyleGanTrainer trainer = builder(model, options).build()) {
      trainer.train(2, FOREVER);
      trained = trainer.weights();
    }
    Path next = folder.resolve("next.safetensors");
    try (StyleGanTrainer trainer = builder(next, options).start(trained).build()) {
      assertThat(trainer.iterations()).isZero();
      Resuming.assertSameBits(trainer.weights(), trained);
    }
  }

  /** The usual small ones, but for the noise and the spread of the generator. */
  private static StyleGanOptions options(boolean noise, double spread) {
    StyleGanOptions usual = SmallStyleGan.options(false, 8, 8);
    StyleGanOptions.Networks networks = usual.networks();
    return new StyleGanOptions(
        new StyleGanOptions.Networks(
            networks.styleSize(),
            networks.mappingLayers(),
            networks.generator(),
            networks.discriminator(),
            noise,
            spread),
        usual.objective(),
        usual.schedule(),
        true,
        1);
  }

  @Test
  void train_withoutNoise_leavesItsStrengthsAt0() throws IOException {
    Weights noisy = null;
    for (boolean noise : new boolean[] {true, false}) {
      StyleGanOptions options = options(noise, 1);
      Path file = folder.resolve(noise + ".safetensors");
      StyleGanTrainer.Builder builder = builder(file, options);
      if (noisy != null) {
        builder.start(noisy);
      }
      try (StyleGanTrainer trainer = builder.build()) {
        trainer.train(6, FOREVER);
        float[] strengths =
            trainer.weights().values("g_running.generator.progression.1.noise1.weight_orig");
        assertThat(strengths).hasSize(5);
        if (noise) {
          assertThat(strengths).doesNotContain(0);
          noisy = trainer.weights();
        } else {
          assertThat(strengths).containsOnly(0);
        }
      }
    }
  }

  @Test
  void build_withASpread_startsStylesAndColoursWithIt() throws IOException {
    List<Weights> starts = new ArrayList<>();
    for (double spread : new double[] {1, 0.25}) {
      StyleGanOptions options = options(true, spread);
      Path file = folder.resolve("spread-" + spread + ".safetensors");
      try (StyleGanTrainer trainer = builder(file, options).build()) {
        starts.add(trainer.weights());
      }
    }
    for (String name : starts.get(0).names()) {
      boolean spreads = name.matches(".*(adain\\d\\.style|to_rgb\\.\\d)\\..*weight_orig");
      float[] before = starts.get(0).values(name);
      float[] after = starts.get(1).values(name);
      if (name.equals(StyleGan.MEAN_STYLE)) {
        continue;
      }
      for (int i = 0; i < before.length; i++) {
        assertThat(after[i]).as(name).isEqualTo(spreads ? before[i] / 4 : before[i]);
      }
    }
  }

  /** By hand: R1 has half the weight, and each second iteration has it twice. */
  @Test
  void penalty_ofEachSize_isItsOwn() {
    var objective = new StyleGanOptions.Objective(false, List.of(3.0, 0.0), 2, 0.1, 0.9);
    StylePlace small = new StylePlace(1, false, 1, 4, 0);
    StylePlace large = new StylePlace(2, true, 0.5f, 4, 0);
    assertThat(objective.weight(small)).isEqualTo(3);
    assertThat(objective.hasPenalty(small, 4)).isTrue();
    assertThat(objective.hasPenalty(small, 5)).isFalse();
    assertThat(objective.hasPenalty(large, 4)).isFalse();
    StyleGanOptions usual = SmallStyleGan.options(false, 8, 8);
    var three = new StyleGanOptions.Objective(false, List.of(1.0, 1.0, 1.0), 2, 0.1, 0.9);
    assertThatThrownBy(
            () -> new StyleGanOptions(usual.networks(), three, usual.schedule(), true, 1))
        .hasMessage("a penalty must have one weight, or one for each size: expected 2, found 3");
  }

  @Test
  void options_thatCannotBe_areRefused() {
    assertThatThrownBy(() -> StyleGanOptions.of(48))
        .hasMessage("the image size must be a power of two from 8 to 1024: found 48");
    assertThatThrownBy(
            () -> new StyleGanOptions.Networks(4, 2, List.of(4, 4, 4), List.of(4, 4), true, 1))
        .hasMessage("both networks must have channels for each size: expected 3, found 2");
    assertThatThrownBy(
            () -> new StyleGanOptions.Networks(4, 2, List.of(4, 4), List.of(4, 4), true, 0))
        .hasMessage("the spread must be above 0, at most 1: found 0.0");
    assertThatThrownBy(() -> new StyleGanOptions.Objective(false, List.of(-1.0), 4, 0.01, 0.9))
        .hasMessage("the weight of the penalty must be from 0: found -1.0");
    assertThatThrownBy(() -> new StyleGanOptions.Objective(false, List.of(1.0), 0, 0.01, 0.9))
        .hasMessage("iterations between penalties must be from 1: found 0");
    assertThat(StyleGanOptions.of(64).networks().generator())
        .containsExactly(256, 256, 128, 64, 32);
    assertThat(StyleGanOptions.of(64).networks().discriminator())
        .containsExactly(256, 192, 96, 48, 24);
    assertThat(StyleGanOptions.of(64).schedule().batches()).containsExactly(64, 32, 16, 16);
    assertThat(StyleGanOptions.of(256).networks().generator()).hasSize(7).endsWith(16, 8);
  }
}
