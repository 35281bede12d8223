package org.inpaint4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.List;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.InpaintWarning;
import org.inpaint4j.image.Mask;
import org.inpaint4j.search.SearchOptions;
import org.inpaint4j.search.TinyNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarningsTest {

  private static List<InpaintWarning.Kind> kinds(Mask mask) {
    return Warnings.ofMask(mask).stream().map(InpaintWarning::kind).toList();
  }

  @ParameterizedTest
  @CsvSource({"0, true", "1, true", "2, true", "3, false", "40, false"})
  void ofMask_smallHole_isNearlyEmptyBelowThreePixels(int pixels, boolean warned) {
    Mask mask = Mask.rectangle(64, 64, 10, 10, pixels, 1);
    assertThat(kinds(mask))
        .isEqualTo(warned ? List.of(InpaintWarning.Kind.NEARLY_EMPTY) : List.of());
  }

  @Test
  void ofMask_smallHoleInALargeModel_isNearlyEmptyBelowTheShare() {
    // 0.05 % of 65536 are 32.8.
    for (int pixels : new int[] {32, 33}) {
      Mask mask = Mask.rectangle(256, 256, 10, 10, pixels, 1);
      assertThat(kinds(mask).isEmpty()).isEqualTo(pixels == 33);
    }
  }

  @ParameterizedTest
  @CsvSource({"57, false", "58, true"})
  void ofMask_largeHole_isNearlyFullAboveNineTenths(int rows, boolean warned) {
    // 57 rows of 64 are 89.1 %, 58 are 90.6 %.
    Mask mask = Mask.rectangle(64, 64, 0, 0, 64, rows);
    assertThat(kinds(mask))
        .isEqualTo(warned ? List.of(InpaintWarning.Kind.NEARLY_FULL) : List.of());
  }

  @Test
  void warnings_ofAResult_areThoseOfItsSearch() {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    SearchOptions options = SearchOptions.paperDcgan().toBuilder().steps(2).build();
    try (Inpainter inpainter = TinyNetworks.inpainter(options).build()) {
      InpaintResult full = inpainter.inpaint(image, Mask.rectangle(16, 16, 0, 0, 16, 15));
      assertThat(full.warnings().stream().map(InpaintWarning::kind))
          .startsWith(InpaintWarning.Kind.NEARLY_FULL);
      assertThat(full.warnings().get(0).message()).contains("93.8 % of what the model sees");
      assertThat(full.warnings())
          .containsAll(full.search().warnings())
          .hasSize(1 + full.search().warnings().size());
      assertThat(inpainter.inpaint(image, Mask.rectangle(16, 16, 0, 0, 0, 0)).warnings()).isEmpty();
    }
  }

  /** A filler at the resolution of the photo sees a mask that says nothing about its work. */
  @Test
  void warnings_ofAFillerWithoutSquares_areItsOwn() {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    InpaintWarning own = new InpaintWarning(InpaintWarning.Kind.UNEXPLAINED, "made up");
    Filler filler =
        new ForwardingFiller(new MeanFiller()) {
          @Override
          public List<Filling> fill(FillTask task) {
            return List.of(new Doubtful(task.target(), own));
          }
        };
    try (Inpainter inpainter = Inpainter.builder().filler(filler).build()) {
      assertThat(inpainter.inpaint(image, Mask.rectangle(16, 16, 0, 0, 16, 15)).warnings())
          .containsExactly(own);
    }
  }

  private record Doubtful(ImagePlanes image, InpaintWarning warning) implements Filling {
    @Override
    public FillStatus status() {
      return FillStatus.COMPLETED;
    }

    @Override
    public List<InpaintWarning> warnings() {
      return List.of(warning);
    }
  }
}
