package org.inpaint4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.inpaint4j.LatentModel;
import org.inpaint4j.model.Dcgan;
import org.inpaint4j.model.GanGolden;
import org.inpaint4j.model.ModelInfo;
import org.inpaint4j.model.Models;
import org.inpaint4j.model.TestFiles;
import org.inpaint4j.model.Weights;
import org.junit.jupiter.api.Test;

/** A DCGAN that PyTorch exported, against the checkpoint that it came from. */
class OnnxDcganTest {

  private static final Path FILE = StandIns.file("dcgan-small");

  /**
   * Images and gradients with respect to z are PyTorch's; the discriminator is the checkpoint's.
   */
  @Test
  void load_ofExportedGenerator_equalsPyTorch() throws IOException {
    LatentModel model = (LatentModel) Models.load(FILE);
    GanGolden.check(
        model.generator(),
        Dcgan.discriminator(TestFiles.load("dcgan-small.pt")),
        TestFiles.load("dcgan-small-golden.safetensors"),
        1e-4);
  }

  @Test
  void weights_ofExportedGenerator_areThoseOfTheCheckpoint() throws IOException {
    Weights exported = OnnxDcgan.weights(FILE);
    Weights checkpoint = TestFiles.load("dcgan-small.pt").under("G.model_state_dict.");
    assertThat(exported.names()).hasSize(4 + 3 * 4);
    for (String name : exported.names()) {
      assertThat(exported.values(name)).as(name).isEqualTo(checkpoint.values(name));
    }
  }

  @Test
  void inspect_ofExportedGenerator_tellsWhereItCanBeSearched() throws IOException {
    ModelInfo info = Models.inspect(FILE);
    assertThat(info.kind()).isEqualTo("DCGAN, ONNX");
    assertThat(info.images().orElseThrow().toString()).isEqualTo("3x32x32");
    assertThat(info.latentSpaces()).isEqualTo(List.of("z (6)"));
  }

  @Test
  void isIn_ofOtherGraphs_isFalse() throws IOException {
    assertThat(OnnxDcgan.isIn(OnnxGraph.of(StandIns.file("lama"), false))).isFalse();
    assertThat(OnnxDcgan.isIn(OnnxGraph.of(StandIns.file("classifier"), false))).isFalse();
  }

  /** The same weights with another activation make other images, see {@link OnnxGeneratorTest}. */
  @Test
  void isIn_ofGeneratorWithLeakyRelu_isFalse() throws IOException {
    assertThat(OnnxDcgan.isIn(OnnxGraph.of(StandIns.file("dcgan-leaky"), false))).isFalse();
  }
}
