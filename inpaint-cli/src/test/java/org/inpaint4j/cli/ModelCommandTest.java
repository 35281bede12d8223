package org.inpaint4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.deeplearning4j.util.ModelSerializer;
import org.inpaint4j.dl4j.Dl4j;
import org.inpaint4j.model.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code inpaint model info} and {@code --model} with a file, as a user calls them. */
class ModelCommandTest {

  private static final Path FACES64 =
      Path.of("../inpaint-faces/src/main/resources/org/inpaint4j/faces/faces64.safetensors");

  @TempDir private Path folder;

  @Test
  void info_shippedModel_isThatOfItsFile() {
    Run named = Run.of("model", "info", "faces64");
    Run file = Run.of("model", "info", FACES64.toString());

    assertThat(named.code()).as(named.err()).isZero();
    assertThat(named.out())
        .isEqualTo(file.out().replace("DCGAN, safetensors", "DCGAN, shipped as faces64"));
  }

  @Test
  void info_modelOfOthers_isRefused() {
    Run run = Run.of("model", "info", "guidedfaces");

    assertThat(run.code()).isNotZero();
    assertThat(run.err())
        .contains(
            "MODEL must have weights of its own: found guidedfaces, which is put together from"
                + " others");
  }

  @Test
  void info_safetensors_tellsWhatItHolds() {
    Run run = Run.of("model", "info", FACES64.toString());

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out().lines().limit(5))
        .containsExactly(
            "model          DCGAN, safetensors",
            "images         64 x 64 pixels, 3 channels",
            "latent spaces  z (100)",
            "parameters     6,345,984",
            "discriminator  yes");
  }

  /** A file of DL4J fills the hole as the same network from its safetensors file does. */
  @Test
  void fill_withDl4jZip_takesItsGenerator() throws IOException {
    Path zip = folder.resolve("generator.zip");
    ModelSerializer.writeModel(Dl4j.generatorNetwork(Weights.load(FACES64)), zip.toFile(), false);
    Path photo = folder.resolve("photo.png");
    Path mask = folder.resolve("mask.png");
    Path out = folder.resolve("filled.png");
    ImageIO.write(DemoCommand.portrait(), "png", photo.toFile());
    ImageIO.write(DemoCommand.hole(DemoCommand.portrait()).toImage(), "png", mask.toFile());

    Run info = Run.of("model", "info", zip.toString());
    String[] fill = {
      "fill", "--image", photo.toString(), "--mask", mask.toString(), "--out", out.toString()
    };
    String[] more = {"--model", zip.toString(), "--steps", "2", "--restarts", "1"};
    Run run =
        Run.of(
            java.util.stream.Stream.of(fill, more).flatMap(java.util.stream.Stream::of).toArray());

    assertThat(info.out())
        .contains("DL4J MultiLayerNetwork", "64 x 64 pixels, 3 channels", "z (100)")
        .containsPattern("discriminator +no");
    assertThat(run.code()).as(run.err()).isZero();
    Compare.assertOnlyHoleChanged(
        DemoCommand.portrait(),
        ImageIO.read(out.toFile()),
        DemoCommand.hole(DemoCommand.portrait()));
  }

  @Test
  void info_whatIsNoModel_isOneSentence() throws IOException {
    Path text = folder.resolve("notes.txt");
    Files.writeString(text, "nothing of the kind");
    Path empty = folder.resolve("empty.pt");
    Files.createFile(empty);

    for (Path file : new Path[] {text, empty, folder.resolve("none.zip"), folder}) {
      Run run = Run.of("model", "info", file.toString());
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.out()).isEmpty();
      assertThat(run.err().lines()).hasSize(1);
      assertThat(run.err()).contains(String.valueOf(file.getFileName()));
    }
    assertThat(Run.of("model").err()).contains("a command must be given: info");
  }
}
