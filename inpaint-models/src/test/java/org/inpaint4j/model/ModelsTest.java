package org.inpaint4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import org.inpaint4j.LatentModel;
import org.inpaint4j.blend.DistanceBlender;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Size;
import org.inpaint4j.search.SearchOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsTest {

  @TempDir Path folder;

  @Test
  void load_dcganCheckpoint_hasBothNetworksAndIsUsedLikeFaces64() throws IOException {
    LatentModel model = (LatentModel) Models.load(TestFiles.resource("dcgan-small.pt"));

    assertThat(model.generator().imageShape()).isEqualTo(new ImageShape(3, new Size(32, 32)));
    assertThat(model.discriminator()).isPresent();
    // 7 at 64 pixels, and so 4 (3.5) at 32.
    assertThat(model.losses().stream().map(Object::toString))
        .containsExactly("weightedL1(4).everywhere(0.02)");
    assertThat(model.search()).isEqualTo(SearchOptions.balanced());
    assertThat(model.blender()).isInstanceOf(DistanceBlender.class);
  }

  @Test
  void load_generatorAlone_hasNoDiscriminator() throws IOException {
    Path file = folder.resolve("g.safetensors");
    TestFiles.load("dcgan-small.pt").under("G.").save(file, Weights.Precision.FLOAT32);

    LatentModel model = (LatentModel) Models.load(file);

    assertThat(model.discriminator()).isEmpty();
    assertThat(model.losses()).hasSize(1);
  }

  @Test
  void inspect_dcganOfEachFormat_isNamed() throws IOException {
    ModelInfo legacy = Models.inspect(TestFiles.resource("dcgan-small-legacy.pt"));
    ModelInfo safetensors = Models.inspect(TestFiles.resource("dcgan-small.safetensors"));

    assertThat(legacy.kind()).isEqualTo("DCGAN, PyTorch checkpoint before 1.6");
    assertThat(legacy.images()).hasValue(new ImageShape(3, new Size(32, 32)));
    assertThat(legacy.latentSpaces()).containsExactly("z (6)");
    assertThat(legacy.discriminator()).isTrue();
    assertThat(Models.inspect(TestFiles.resource("dcgan-small.pt")).kind())
        .isEqualTo("DCGAN, PyTorch checkpoint");
    assertThat(safetensors.kind()).isEqualTo("DCGAN, safetensors");
    assertThat(safetensors.parameters()).isEqualTo(legacy.parameters()).isPositive();
  }

  @Test
  void inspect_styleGan_hasItsSpaces() throws IOException {
    Path file = folder.resolve("style.safetensors");
    HashedWeights.generator(new int[] {4, 4, 2}, 8, 0).save(file, Weights.Precision.FLOAT32);

    ModelInfo info = Models.inspect(file);

    assertThat(info.kind()).isEqualTo("StyleGAN, safetensors");
    assertThat(info.images()).hasValue(new ImageShape(3, new Size(16, 16)));
    assertThat(info.latentSpaces()).containsExactly("z (8)", "w (8)", "w+ (6 x 8)");
    assertThat(info.discriminator()).isFalse();
    assertThat(((LatentModel) Models.load(file)).search())
        .isEqualTo(SearchOptions.paperStyleGan().toBuilder().batchSize(16).build());
  }

  /** Layers of 16 pixels that no training has reached: their noise has a strength of exactly 0. */
  @Test
  void load_styleGanWithUntrainedLayers_isOfTheTrainedSize() throws IOException {
    Weights trained = HashedWeights.generator(new int[] {4, 4, 2}, 8, 0);
    Weights.Builder builder = Weights.builder();
    for (String name : trained.names()) {
      boolean untrained = name.contains("progression.2.noise");
      float[] values = trained.values(name);
      builder.put(name, trained.shape(name), untrained ? new float[values.length] : values);
    }
    Path file = folder.resolve("style.safetensors");
    builder.build("style").save(file, Weights.Precision.FLOAT32);

    assertThat(StyleGan.trainedSize(trained)).isEqualTo(16);
    assertThat(StyleGan.trainedSize(Weights.load(file))).isEqualTo(8);
    assertThat(Models.inspect(file).kind())
        .isEqualTo("StyleGAN trained up to 8 pixels with layers up to 16 pixels, safetensors");
    assertThat(((LatentModel) Models.load(file)).generator().imageShape())
        .isEqualTo(ImageShape.square(3, 8));
    assertThat(Models.load(file, 16).generator().imageShape()).isEqualTo(ImageShape.square(3, 16));
  }

  /** A training without noise that has not reached 16 pixels: the bias of their colours is 0. */
  @Test
  void load_styleGanWithoutNoise_isOfTheSizeWhoseColoursWereTrained() throws IOException {
    Weights trained = HashedWeights.generator(new int[] {4, 4, 2}, 8, 0);
    Weights.Builder builder = Weights.builder();
    for (String name : trained.names()) {
      boolean zero = name.contains(".noise") || name.endsWith("to_rgb.2.conv.bias");
      float[] values = trained.values(name);
      builder.put(name, trained.shape(name), zero ? new float[values.length] : values);
    }
    Weights untrained = builder.build("style");
    assertThat(StyleGan.trainedSize(untrained)).isEqualTo(8);
    assertThat(StyleGan.usualSize(untrained)).isEqualTo(8);
  }

  /** Nine blocks, trained up to 1024 pixels. */
  @Test
  void usualSize_ofALargeStyleGan_isThatOfThePaper() throws IOException {
    Weights large = HashedWeights.generator(new int[] {2, 2, 2, 2, 2, 2, 2, 2, 2}, 4, 0);
    assertThat(StyleGan.trainedSize(large)).isEqualTo(1024);
    assertThat(StyleGan.usualSize(large)).isEqualTo(256);
  }

  @Test
  void asInPaper_ofEachKind_takesTheStepsOfTheReference() throws IOException {
    LatentModel dcgan = (LatentModel) Models.load(TestFiles.resource("dcgan-small.pt"));
    LatentModel style = StyleGan.wPlus(HashedWeights.generator(new int[] {4, 4, 2}, 8, 0), 16);

    assertThat(Models.asInPaper(dcgan).search()).isEqualTo(SearchOptions.paperDcgan());
    assertThat(Models.asInPaper(style).search())
        .isEqualTo(SearchOptions.paperStyleGan().toBuilder().batchSize(16).build());
    assertThat(Models.asInPaper(dcgan).generator().mixesBatch()).isFalse();
  }

  @Test
  void asInPaper_styleGanInWPlus_searchesZ() throws IOException {
    LatentModel style = StyleGan.wPlus(HashedWeights.generator(new int[] {4, 4, 2}, 8, 0), 16);

    assertThat(Models.asInPaper(style).generator().identity())
        .startsWith("stylegan Z ")
        .contains("truncation 0.7");
    assertThat(StyleGan.wPlus(Models.asInPaper(style)).generator().identity())
        .isEqualTo(style.generator().identity());
  }

  @Test
  void otherSearches_ofModelsThatTheyAreNotFor_areRefused() throws IOException {
    LatentModel dcgan = (LatentModel) Models.load(TestFiles.resource("dcgan-small.pt"));
    LatentModel small = StyleGan.wPlus(HashedWeights.generator(new int[] {4, 4, 2}, 8, 0), 16);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> StyleGan.wPlus(dcgan))
        .withMessageContaining("a search in w+ must be of a StyleGAN: found dcgan");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StyleGan.robust(small))
        .withMessageContaining("a size must be at least 32: found 16");
  }

  @Test
  void asInReference_dcgan_mixesItsBatches() throws IOException {
    LatentModel dcgan = (LatentModel) Models.load(TestFiles.resource("dcgan-small.pt"));

    LatentModel reference = Models.asInReference(dcgan);

    assertThat(reference.generator().mixesBatch()).isTrue();
    assertThat(reference.discriminator().orElseThrow().mixesBatch()).isTrue();
    assertThat(reference.search()).isEqualTo(SearchOptions.paperDcgan());
    assertThat(reference.losses().stream().map(Object::toString))
        .containsExactlyElementsOf(
            Models.asInPaper(dcgan).losses().stream().map(Object::toString).toList());
  }

  @Test
  void asInReference_styleGan_isRefused() throws IOException {
    LatentModel style = StyleGan.wPlus(HashedWeights.generator(new int[] {4, 4, 2}, 8, 0), 16);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Models.asInReference(style))
        .withMessageContaining("batch statistics must be those of a DCGAN: found stylegan");
  }

  @Test
  void inspect_styleGanDiscriminatorAlone_isNamed() throws IOException {
    Path file = folder.resolve("judge.safetensors");
    HashedWeights.discriminator(new int[] {4, 4, 2}).save(file, Weights.Precision.FLOAT32);

    ModelInfo info = Models.inspect(file);

    assertThat(info.kind()).isEqualTo("StyleGAN discriminator, safetensors");
    assertThat(info.images()).hasValue(new ImageShape(3, new Size(16, 16)));
    assertThat(info.latentSpaces()).isEmpty();
    assertThat(info.discriminator()).isTrue();
  }

  @Test
  void load_weightsOfSomethingElse_listsTheFirstKeys() {
    Path file = TestFiles.resource("tensors.safetensors");

    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> Models.inspect(file))
        .withMessage(
            "tensors.safetensors: weights must hold a known network: expected a DCGAN, a"
                + " StyleGAN, a StyleGAN2 or a completion network, found [a, b, c]");
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> Models.load(file))
        .withMessage(
            "tensors.safetensors: weights must hold a known generator: expected a DCGAN, a"
                + " StyleGAN, a StyleGAN2 or a completion network, found [a, b, c]");
  }

  @Test
  void generator_shapesThatDoNotFit_nameKeyAndBothShapes() throws IOException {
    Weights good = TestFiles.load("dcgan-small.safetensors").under("generator.");
    Weights.Builder builder = Weights.builder();
    for (String name : good.names()) {
      boolean wrong = name.equals("main.4.running_var");
      builder.put(
          name, wrong ? new int[] {3} : good.shape(name), wrong ? new float[3] : good.values(name));
    }

    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> Dcgan.generator(builder.build("bad.pt")))
        .withMessage(
            "bad.pt: tensor main.4.running_var must have the network's shape: expected [8], found"
                + " [3]");
  }
}
