package org.inpaint4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.junit.jupiter.api.Test;

/** Edges, against scikit-image. */
class CannyTest {

  private static final int SIDE = 256;

  @Test
  void edges_ofStep_areOneColumn() {
    float[] gray = new float[32 * 32];
    for (int i = 0; i < gray.length; i++) {
      gray[i] = i % 32 < 16 ? 0 : 1;
    }
    float[] edges = Canny.edges(gray, Mask.of(32, 32, (x, y) -> false), 2);
    for (int x = 0; x < 32; x++) {
      // The step lies between columns 15 and 16, which are equally steep.
      assertThat(edges[16 * 32 + x]).as("column %s", x).isEqualTo(x == 15 || x == 16 ? 1 : 0);
    }
  }

  @Test
  void edges_ofPlainImage_areNone() {
    assertThat(Canny.edges(new float[100], Mask.of(10, 10, (x, y) -> x == 3), 2)).containsOnly(0);
  }

  @Test
  void edges_ofOnePixel_areNone() {
    assertThat(Canny.edges(new float[1], Mask.of(1, 1, (x, y) -> false), 2)).containsOnly(0);
  }

  @Test
  void edges_ofDiscs_areThoseOfScikitImage() throws IOException {
    FillTask task = StandIns.discs(SIDE);
    try (Network first = Network.open(StandIns.file("edge"), 1, false);
        Network second = Network.open(StandIns.file("colour"), 1, false)) {
      OnnxContract contract = EdgePass.contract(second, "colour");
      EdgePass pass = new EdgePass(first, second, contract, new Wiring("input", "input"));
      Fed fed = pass.edgeInput(task.target(), task.mask());
      float[] golden = StandIns.golden("edge-connect/edges");
      float[] found = new float[golden.length];
      int edges = 0;
      for (int i = 0; i < golden.length; i++) {
        found[i] = fed.data().getFloat(4 * (golden.length + i));
        edges += (int) golden[i];
      }
      int different = 0;
      for (int i = 0; i < golden.length; i++) {
        different += found[i] == golden[i] ? 0 : 1;
      }
      assertThat(different).isZero();
      assertThat(edges).isGreaterThan(500);
    }
  }

  @Test
  void edgeConnect_ofDiscs_isPyTorchs() throws IOException {
    OnnxModel model = OnnxModel.edgeConnect(StandIns.file("edge"), StandIns.file("colour"));
    assertThat(model.contract().size()).isEqualTo(new Size(SIDE, SIDE));
    try (Filler filler = model.filler()) {
      float[] image = filler.fill(StandIns.discs(SIDE)).get(0).image().samples();
      float[] golden = StandIns.golden("edge-connect/output");
      for (int i = 0; i < golden.length; i++) {
        assertThat(image[1009 * i])
            .isCloseTo(golden[i], org.assertj.core.data.Offset.offset(1e-5f));
      }
      assertThat(filler.provenance()).containsEntry("filler", "onnx");
      assertThat(List.of(model.info().sha256().split(" "))).hasSize(2);
    }
  }
}
