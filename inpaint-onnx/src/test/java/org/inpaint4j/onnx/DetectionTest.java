package org.inpaint4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.inpaint4j.image.Size;
import org.inpaint4j.model.ModelFormatException;
import org.inpaint4j.onnx.OnnxContract.Layout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DetectionTest {

  private static OnnxContract fixed(OnnxContract preset, int side) {
    return preset.toBuilder().multiple(1).size(new Size(side, side)).build();
  }

  static Stream<Arguments> contracts() {
    return Stream.of(
        Arguments.of("lama", OnnxContract.lama()),
        Arguments.of("opencv-lama", OnnxContract.lama()),
        Arguments.of("joined-lama", OnnxContract.joinedLama()),
        Arguments.of("migan-pipeline", OnnxContract.miganPipeline()),
        Arguments.of("migan-generator", fixed(OnnxContract.miganGenerator(), 256)),
        Arguments.of("aot-unit", OnnxContract.aotGan()),
        Arguments.of("aot-signed", OnnxContract.aotGanGenerator()),
        Arguments.of(
            "aot-last", OnnxContract.aotGan().toBuilder().layout(Layout.CHANNELS_LAST).build()));
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void load_ofStandIn_findsItsContract(String name, OnnxContract contract) throws IOException {
    assertThat(OnnxModel.load(StandIns.file(name)).contract()).isEqualTo(contract);
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void load_ofRenamedFile_findsTheSame(String name, OnnxContract contract, @TempDir Path folder)
      throws IOException {
    Path other = Files.copy(StandIns.file(name), folder.resolve("lama_migan_aot.bin"));
    assertThat(OnnxModel.load(other).contract()).isEqualTo(contract);
  }

  @Test
  void load_withContract_takesIt() throws IOException {
    OnnxContract given =
        OnnxContract.joinedLama().toBuilder().name("mine").size(new Size(96, 64)).build();
    OnnxModel model = OnnxModel.load(StandIns.file("joined-lama"), given);
    assertThat(model.contract()).isEqualTo(given);
    assertThat(model.info().images().orElseThrow().pixels()).isEqualTo(new Size(96, 64));
  }

  @Test
  void load_withContractOfOtherInputs_throws() {
    assertThatThrownBy(() -> OnnxModel.load(StandIns.file("joined-lama"), OnnxContract.lama()))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage(
            "joined-lama.onnx: the network must have the inputs of its contract (LaMa): expected"
                + " float[1, 3, 512, 512] and float[1, 1, 512, 512], found [input float[1, 4, -1,"
                + " -1]]");
  }

  @Test
  void load_withOtherSizeThanTheFile_throws() {
    OnnxContract small = OnnxContract.lama().toBuilder().size(new Size(256, 256)).build();
    assertThatThrownBy(() -> OnnxModel.load(StandIns.file("lama"), small))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("expected float[1, 3, 256, 256]");
  }

  @Test
  void load_ofNetworkThatDoesNotInpaint_throws() {
    assertThatThrownBy(() -> OnnxModel.load(StandIns.file("classifier")))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage(
            "classifier.onnx: the network must have the inputs of a known inpainting network:"
                + " expected an image of 3 channels and a mask, or one input of 4 channels, found"
                + " [image float[1, 3, 64, 64]]; a contract can be given by hand");
  }

  @Test
  void load_ofNetworkThatMakesHalfTheSize_throws() {
    assertThatThrownBy(() -> OnnxModel.load(StandIns.file("half-size")))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage(
            "half-size.onnx: the network must work with a test picture: the network must make an"
                + " image as large as it is shown: expected [3, 64, 64], found [1, 3, 32, 32]");
  }

  @Test
  void load_ofNetworkThatMakesNan_throws() {
    assertThatThrownBy(() -> OnnxModel.load(StandIns.file("not-finite")))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("output must be finite");
  }
}
