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
import org.inpaint4j.model.GanGolden;
import org.inpaint4j.model.ModelInfo;
import org.inpaint4j.model.Models;
import org.inpaint4j.model.ShippedModel;
import org.inpaint4j.model.StyleGan;
import org.inpaint4j.model.Weights;
import org.inpaint4j.search.SearchOptions;
import org.junit.jupiter.api.Test;

class StyleFaces64Test {

  private static final double TOLERANCE = 1e-4;

  /** make_style_faces_golden.py made the file. */
  @Test
  void styleFaces64_equalsPyTorchOnTheSameWeights() throws IOException, URISyntaxException {
    LatentModel paper = Models.asInPaper(StyleFaces64.load());
    Path golden =
        Path.of(StyleFaces64Test.class.getResource("style-faces64-golden.safetensors").toURI());

    assertThat(paper.generator().imageShape()).isEqualTo(ImageShape.square(3, 64));
    GanGolden.check(
        paper.generator(), paper.discriminator().orElseThrow(), Weights.load(golden), TOLERANCE);
  }

  @Test
  void styleFaces64_isFoundByItsName() {
    assertThat(Models.shipped()).extracting(ShippedModel::name).contains("stylefaces64");
    LatentModel named = (LatentModel) Models.named("stylefaces64");

    assertThat(named.generator().identity()).isEqualTo(StyleFaces64.load().generator().identity());
  }

  @Test
  void inspect_shipped_tellsItsSpaces() throws IOException {
    ModelInfo info = Models.inspect(Models.shipped("stylefaces64").orElseThrow()).orElseThrow();

    assertThat(info.kind()).isEqualTo("StyleGAN, shipped as stylefaces64");
    assertThat(info.latentSpaces()).containsExactly("z (256)", "w (256)", "w+ (10 x 256)");
    assertThat(info.discriminator()).isTrue();
    assertThat(Models.inspect(Models.shipped("guidedfaces").orElseThrow())).isEmpty();
  }

  @Test
  void search_ofAFace_fallsAndLeavesKnownPixels() {
    BufferedImage photo = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64 * 64; i++) {
      photo.setRGB(i % 64, i / 64, 0x806040 + 2 * (i % 64));
    }
    LatentModel faces = FaceModels.style();
    SearchOptions shorter = faces.search().toBuilder().steps(20).build();
    try (Inpainter inpainter =
        Inpainter.builder()
            .model(faces)
            .framing(Framing.centeredSquare())
            .search(shorter)
            .build()) {
      InpaintResult result = inpainter.inpaint(photo, Mask.rectangle(64, 64, 20, 20, 16, 16));

      assertThat(result.search().loss()).isLessThan(0.7 * result.search().trace().total(0));
      assertThat(result.image().getRGB(0, 0)).isEqualTo(photo.getRGB(0, 0));
    }
  }

  /** Its strengths of noise are 0, so a search has nothing to move there. */
  @Test
  void otherSearches_ofTheSameNetworks_leaveTheNoiseAlone() {
    StyleFaces64 faces = StyleFaces64.load();
    LatentModel paper = Models.asInPaper(faces);
    LatentModel wPlus = StyleGan.wPlus(faces);
    LatentModel robust = StyleGan.robust(faces);

    assertThat(paper.search())
        .isEqualTo(SearchOptions.paperStyleGan().toBuilder().batchSize(4).build());
    assertThat(paper.generator().identity()).startsWith("stylegan Z").contains("truncation 0.7");
    assertThat(wPlus.generator().identity()).startsWith("stylegan W_PLUS ");
    assertThat(wPlus.generator().latentSpace().stages().get(1).to()).isEqualTo(11 * 256);
    assertThat(wPlus.losses()).hasSize(2);
    assertThat(robust.generator().identity()).startsWith("stylegan W_PLUS_PLUS ");
    assertThat(paper.framing()).hasSameClassAs(faces.framing());
    assertThat(robust.rest()).isEqualTo(faces.rest());
  }
}
