package org.inpaint4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.inpaint4j.model.ModelFormatException;
import org.inpaint4j.model.ModelInfo;
import org.inpaint4j.model.Models;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files through {@link Models}, and broken ones. */
class OnnxFileTest {

  @TempDir private Path folder;

  private Path file(byte... bytes) throws IOException {
    return Files.write(folder.resolve("broken.onnx"), bytes);
  }

  @Test
  void load_byModels_isAnOnnxModel() throws IOException {
    assertThat(Models.load(StandIns.file("lama"))).isInstanceOf(OnnxModel.class);
  }

  @Test
  void inspect_byModels_tellsNetworkAndFile() throws IOException {
    ModelInfo info = Models.inspect(StandIns.file("migan-generator"));
    assertThat(info.kind()).isEqualTo("MI-GAN generator, ONNX");
    assertThat(info.images().orElseThrow().toString()).isEqualTo("3x256x256");
    // 4 x 8 x 4 x 4 and 8 x 3 x 4 x 4 weights, 8 and 3 biases; constants of nodes are not counted.
    assertThat(info.parameters()).isEqualTo(512 + 8 + 384 + 3);
    assertThat(info.latentSpaces()).isEmpty();
    assertThat(info.sha256()).hasSize(64);
  }

  @Test
  void isOnnx_ofOtherFiles_isFalse() throws IOException {
    assertThat(OnnxFile.isOnnx(file())).isFalse();
    assertThat(OnnxFile.isOnnx(file((byte) 8))).isFalse();
    assertThat(OnnxFile.isOnnx(file("PK\3\4 a zip".getBytes(StandardCharsets.UTF_8)))).isFalse();
    assertThat(OnnxFile.isOnnx(file((byte) 8, (byte) 7, (byte) 0, (byte) 0, (byte) 0))).isFalse();
    byte[] ones = new byte[50];
    Arrays.fill(ones, (byte) 0xff);
    assertThat(OnnxFile.isOnnx(file(ones))).isFalse();
    byte[] safetensors = Files.readAllBytes(golden());
    assertThat(OnnxFile.isOnnx(file(safetensors))).isFalse();
  }

  private static Path golden() {
    return StandIns.file("lama").resolveSibling("GOLDEN.safetensors");
  }

  @Test
  void load_ofEveryCutFile_says() throws IOException {
    byte[] whole = Files.readAllBytes(StandIns.file("lama"));
    for (int length : new int[] {40, 100, whole.length / 2, whole.length - 1}) {
      Path cut = file(Arrays.copyOf(whole, length));
      assertThat(OnnxFile.isOnnx(cut)).isTrue();
      assertThatThrownBy(() -> Models.load(cut))
          .as("%s bytes", length)
          .isInstanceOf(ModelFormatException.class)
          .hasMessageStartingWith("broken.onnx: the file must be whole: expected ")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void load_ofDamagedFiles_throwsOneSentenceOrLoads() throws IOException {
    byte[] whole = Files.readAllBytes(StandIns.file("migan-generator"));
    Random random = new Random(3);
    int refused = 0;
    for (int k = 0; k < 60; k++) {
      byte[] damaged = whole.clone();
      // Nearly all of the file is weights; what matters is at its ends.
      for (int i = 0; i < 3; i++) {
        damaged[40 + random.nextInt(400)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(OnnxModel.load(file(damaged))).isNotNull();
      } catch (ModelFormatException e) {
        refused++;
        assertThat(e).hasMessageStartingWith("broken.onnx: ");
        assertThat(e.getMessage()).doesNotContain("\n", folder.toString()).hasSizeLessThan(500);
      }
    }
    assertThat(refused).isGreaterThan(10);
  }

  @Test
  void load_ofGraphThatOnnxRuntimeRefuses_says() throws IOException {
    byte[] whole = Files.readAllBytes(StandIns.file("migan-generator"));
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    byte[] other =
        text.replace("ConvTranspose", "ConvTransport").getBytes(StandardCharsets.ISO_8859_1);
    Path file = file(other);
    assertThatThrownBy(() -> OnnxModel.load(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith(
            "broken.onnx: the file must be a network that ONNX Runtime can load: ")
        .hasMessageContaining("ConvTransport")
        .hasMessageNotContaining("\n");
  }

  @Test
  void load_ofModelWithoutGraph_says() throws IOException {
    // IR version 7 and an empty name of a producer.
    Path file = file((byte) 8, (byte) 7, (byte) 0x12, (byte) 0);
    assertThatThrownBy(() -> OnnxModel.load(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage("broken.onnx: the file must hold a graph: found none");
  }
}
