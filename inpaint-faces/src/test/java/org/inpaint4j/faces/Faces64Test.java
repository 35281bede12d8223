package org.inpaint4j.faces;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.inpaint4j.Framing;
import org.inpaint4j.InpaintResult;
import org.inpaint4j.Inpainter;
import org.inpaint4j.LatentModel;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Mask;
import org.inpaint4j.loss.PerceptualLoss;
import org.inpaint4j.model.GanGolden;
import org.inpaint4j.model.Models;
import org.inpaint4j.model.ShippedModel;
import org.inpaint4j.model.SqueezeNet;
import org.inpaint4j.model.Weights;
import org.inpaint4j.search.Optimizer;
import org.inpaint4j.search.SearchOptions;
import org.junit.jupiter.api.Test;

class Faces64Test {

  private static final double TOLERANCE = 1e-4;

  /** The script that made the file is make_dcgan_golden.py of inpaint-models. */
  @Test
  void faces64_equalsPyTorchOnTheSameWeights() throws IOException, URISyntaxException {
    Faces64 faces = Faces64.load();
    Path golden = Path.of(Faces64Test.class.getResource("faces64-golden.safetensors").toURI());

    assertThat(faces.generator().latentSpace().size()).isEqualTo(100);
    assertThat(faces.generator().imageShape()).isEqualTo(ImageShape.square(3, 64));
    GanGolden.check(
        faces.generator(), faces.discriminator().orElseThrow(), Weights.load(golden), TOLERANCE);
  }

  @Test
  void faces64_isFoundByItsName() {
    assertThat(Models.shipped()).extracting(ShippedModel::name).contains("faces64");
    LatentModel named = (LatentModel) Models.named("faces64");

    assertThat(named.generator().identity()).isEqualTo(Faces64.load().generator().identity());
  }

  @Test
  void perceptualLoss_ofASearch_falls() {
    BufferedImage photo = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64 * 64; i++) {
      photo.setRGB(i % 64, i / 64, 0x806040 + 2 * (i % 64));
    }
    SearchOptions options =
        SearchOptions.paperDcgan().toBuilder().steps(12).optimizer(Optimizer.adam(0.1)).build();
    try (Inpainter inpainter =
        Inpainter.builder()
            .model(Faces64.load())
            .framing(Framing.centeredSquare())
            .loss(PerceptualLoss.of(SqueezeNet.load(), 0.01))
            .search(options)
            .build()) {
      InpaintResult result = inpainter.inpaint(photo, Mask.rectangle(64, 64, 20, 20, 16, 16));
      assertThat(result.search().trace().terms()).containsExactly("perceptual");
      assertThat(result.search().loss()).isBetween(1e-6, 0.7 * result.search().trace().total(0));
    }
  }
}
