package org.inpaint4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import org.inpaint4j.ImageShape;
import org.inpaint4j.InpaintModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsTest {

  @TempDir Path folder;

  @Test
  void load_dcganCheckpoint_hasBothNetworksAndBothLosses() throws IOException {
    InpaintModel model = Models.load(TestFiles.resource("dcgan-small.pt"));

    assertThat(model.generator().imageShape()).isEqualTo(new ImageShape(3, 32, 32));
    assertThat(model.discriminator()).isPresent();
    assertThat(model.losses()).hasSize(2);
  }

  @Test
  void load_generatorAlone_hasNoPrior() throws IOException {
    Path file = folder.resolve("g.safetensors");
    TestFiles.load("dcgan-small.pt").under("G.").save(file, Weights.Precision.FLOAT32);

    InpaintModel model = Models.load(file);

    assertThat(model.discriminator()).isEmpty();
    assertThat(model.losses()).hasSize(1);
  }

  @Test
  void describe_dcganAndStyleGan_areNamed() throws IOException {
    assertThat(Models.describe(TestFiles.resource("dcgan-small-legacy.pt")))
        .contains("DCGAN generator, latent 6, images 3x32x32")
        .contains("DCGAN discriminator, images 3x32x32");
    Path file = folder.resolve("style.safetensors");
    HashedWeights.generator(new int[] {4, 4, 2}, 8, 0).save(file, Weights.Precision.FLOAT32);
    assertThat(Models.describe(file))
        .contains("StyleGAN generator under \"g_running.generator.\", images up to 16 pixels");
  }

  @Test
  void load_weightsOfSomethingElse_listsTheFirstKeys() throws IOException {
    Path file = TestFiles.resource("tensors.safetensors");

    assertThat(Models.describe(file)).contains("no network that is known; keys: [a, b, c]");
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> Models.load(file))
        .withMessage(
            "tensors.safetensors: weights must hold a known generator: expected a DCGAN or a"
                + " StyleGAN, found [a, b, c]");
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
