package org.inpaint4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import javax.imageio.ImageIO;
import org.inpaint4j.image.FillListener;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Mask;
import org.inpaint4j.model.Completion;
import org.inpaint4j.model.CompletionVariant;
import org.inpaint4j.model.Models;
import org.inpaint4j.model.Weights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTrainerTest {

  private static final Duration FOREVER = Duration.ofDays(1);

  /** Discs are easy, so that it learns within seconds. */
  private static final CompletionOptions OPTIONS =
      SmallCompletion.options(
          CompletionVariant.SKIPS,
          new CompletionOptions.Schedule(3e-3, 0.9, List.of(), 0, Integer.MAX_VALUE));

  @TempDir private Path folder;
  private Path data;
  private Path model;

  @BeforeEach
  void drawImages() throws IOException {
    data = folder.resolve("data");
    model = folder.resolve("model.safetensors");
    SmallTraining.draw(data, 12, 32);
  }

  private CompletionTrainer.Builder builder(Path file) throws IOException {
    return CompletionTrainer.builder(TrainingImages.read(data, 32, 3), file)
        .options(withoutFeatures())
        .checkpointEvery(FOREVER);
  }

  /** SqueezeNet takes most of the time of so small a network. */
  private static CompletionOptions withoutFeatures() {
    CompletionLosses all = OPTIONS.losses();
    return OPTIONS.withLosses(
        new CompletionLosses(
            all.hole(),
            all.squared(),
            all.discount(),
            all.known(),
            all.adversarial(),
            all.matching(),
            0,
            all.difference(),
            all.differenceLimit(),
            all.edges()));
  }

  /** The fifth iteration is the first of the second epoch of 12 images in batches of 3. */
  @Test
  void resume_afterAStop_endsWithTheBitsOfAnUninterruptedRun() throws IOException {
    Resuming.assertSameBitsAsOneRun(this::builder, model, 7);
    assertThatThrownBy(() -> builder(model).resume(true).options(OPTIONS).build())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("must be resumed with the options it began with");
  }

  @Test
  void train_someEpochs_lowersTheDifferenceAndDrawsSheets() throws IOException {
    double[] difference = new double[2];
    try (CompletionTrainer trainer =
        builder(model)
            .onProgress(
                progress -> {
                  difference[progress.iteration() <= 4 ? 0 : 1] = progress.reconstructionLoss();
                  return true;
                })
            .build()) {
      trainer.train(48, FOREVER);
    }
    assertThat(difference[1]).isLessThan(0.8 * difference[0]);
    BufferedImage sheet = ImageIO.read(folder.resolve("model-samples-0012.png").toFile());
    // Rows of two pictures, each with its hole, two answers and the truth.
    assertThat(sheet.getWidth()).isEqualTo(8 * 34 + 2);
    assertThat(sheet.getHeight()).isEqualTo(8 * 34 + 2);
    assertThat(ImageIO.read(folder.resolve("model-losses.png").toFile())).isNotNull();
  }

  /** What is known stays, and the hole is filled by the averaged network. */
  @Test
  void load_theModelFile_isAFiller() throws IOException {
    try (CompletionTrainer trainer = builder(model).build()) {
      trainer.train(1, FOREVER);
    }
    float[] samples = new float[3 * 32 * 32];
    Arrays.fill(samples, 0.5f);
    ImageShape shape = ImageShape.square(3, 32);
    Mask mask = Mask.of(shape.pixels(), hole());
    assertThat(Models.inspect(model).kind()).startsWith("completion network");
    assertThat(Models.inspect(model).discriminator()).isTrue();
    try (Filler filler = Models.load(model).filler()) {
      Filling filling =
          filler
              .fill(
                  new FillTask(
                      new ImagePlanes(3, shape.pixels(), samples), mask, 1, 1, FillListener.NONE))
              .get(0);
      assertThat(filling.image().samples()).hasSize(samples.length).isNotEqualTo(samples);
    }
  }

  private static BitSet hole() {
    BitSet hole = new BitSet();
    hole.set(10 * 32, 20 * 32);
    return hole;
  }

  @Test
  void start_ofAModel_beginsWithItsNetworks() throws IOException {
    Weights trained;
    try (CompletionTrainer trainer = builder(folder.resolve("first.safetensors")).build()) {
      trainer.train(2, FOREVER);
      trained = trainer.weights();
    }
    try (CompletionTrainer trainer = builder(model).start(trained).build()) {
      assertThat(trainer.iterations()).isZero();
      Resuming.assertSameBits(trainer.weights(), trained);
    }
    Weights.Builder without = Weights.builder();
    for (String name : trained.names()) {
      if (!name.startsWith("discriminator.")) {
        without.put(name, trained.shape(name), trained.values(name));
      }
    }
    try (CompletionTrainer trainer = builder(model).start(without.build("network")).build()) {
      assertThat(trainer.weights().values("last.weight")).isEqualTo(trained.values("last.weight"));
      assertThat(trainer.weights().values("discriminator.whole.weight"))
          .isNotEqualTo(trained.values("discriminator.whole.weight"));
    }
  }

  @Test
  void build_otherNetworkThanTheStart_saysWhichTensor() throws IOException {
    Weights trained;
    try (CompletionTrainer trainer = builder(model).build()) {
      trained = trainer.weights();
    }
    CompletionOptions plain =
        SmallCompletion.options(CompletionVariant.CONTEXT_ENCODER, OPTIONS.schedule());
    assertThatThrownBy(() -> builder(model).options(plain).start(trained).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tensor down.0.weight must fit the network");
  }

  @Test
  void train_weightsThatAreNoNumbers_collapsesAndKeepsTheLastGoodCheckpoint() throws IOException {
    Weights weights;
    try (CompletionTrainer trainer = builder(model).build()) {
      trainer.train(1, FOREVER);
      weights = trainer.weights();
    }
    byte[] good = Files.readAllBytes(model);
    Weights.Builder broken = Weights.builder();
    for (String name : weights.names()) {
      float[] values = weights.values(name).clone();
      if (name.equals("last.bias")) {
        values[0] = Float.NaN;
      }
      broken.put(name, weights.shape(name), values);
    }
    try (CompletionTrainer trainer = builder(model).start(broken.build("broken")).build()) {
      TrainingResult result = trainer.train(3, FOREVER);
      assertThat(result.status()).isEqualTo(TrainingResult.Status.COLLAPSED);
      assertThat(result.reason()).contains("must be finite: found NaN at iteration 1");
    }
    assertThat(Files.readAllBytes(model)).isEqualTo(good);
  }

  /** Each variant runs with all its losses, and its file is that variant again. */
  @Test
  void train_eachVariant_writesAFileOfIt() throws IOException {
    for (CompletionVariant variant : CompletionVariant.values()) {
      Path file = folder.resolve(variant.label() + ".safetensors");
      CompletionOptions options =
          SmallCompletion.options(
              variant, new CompletionOptions.Schedule(3e-4, 0.9, List.of(), 0, 0));
      try (CompletionTrainer trainer =
          CompletionTrainer.builder(TrainingImages.read(data, 32, 3), file)
              .options(options)
              .build()) {
        trainer.train(1, FOREVER);
      }
      String identity = Completion.network(Weights.load(file)).identity();
      String name = variant == CompletionVariant.SKIPS ? "3x32x32" : variant.label() + " 3x32x32";
      assertThat(identity).startsWith("completion " + name);
    }
  }

  @Test
  void options_thatCannotBe_areRefused() {
    assertThatThrownBy(() -> new CompletionOptions.Batch(4, 3, true, true))
        .hasMessage("pairs must be from 0 to half the batch: found 3 of 4");
    assertThatThrownBy(() -> OPTIONS.withBatch(new CompletionOptions.Batch(4, 0, true, true)))
        .hasMessage("a weight of the difference must have pairs: found none");
    assertThatThrownBy(() -> new CompletionLosses(0, 0, 1, 1, 1, 0, 0, 0, 1, 0))
        .hasMessage("a loss in the hole must have a weight: found none");
    assertThat(OPTIONS.withSeed(5).seed()).isEqualTo(5);
    assertThat(CompletionOptions.of(CompletionVariant.SKIPS, 64).design().down())
        .containsExactly(32, 64, 128, 192);
  }
}
