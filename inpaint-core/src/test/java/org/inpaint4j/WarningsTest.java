package org.inpaint4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarningsTest {

  private static BufferedImage plain(int rgb) {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64 * 64; i++) {
      image.setRGB(i % 64, i / 64, rgb);
    }
    return image;
  }

  private static InpaintResult.Search search(Mask mask, BufferedImage target, BufferedImage found) {
    return new InpaintResult.Search(
        new Region(0, 0, 64),
        target,
        mask,
        found,
        List.of(0f),
        0,
        new LossTrace(List.of("context"), new double[][] {{1}}),
        List.of(),
        Duration.ZERO);
  }

  private static List<InpaintWarning.Kind> kinds(InpaintResult.Search search) {
    return Warnings.of(search).stream().map(InpaintWarning::kind).toList();
  }

  @ParameterizedTest
  @CsvSource({"0, true", "1, true", "2, true", "3, false", "40, false"})
  void of_smallHole_isNearlyEmptyBelowThreePixels(int pixels, boolean warned) {
    Mask mask = Mask.rectangle(64, 64, 10, 10, pixels, 1);
    assertThat(kinds(search(mask, plain(0), plain(0))).contains(InpaintWarning.Kind.NEARLY_EMPTY))
        .isEqualTo(warned);
  }

  @Test
  void of_smallHoleInALargeModel_isNearlyEmptyBelowTheShare() {
    BufferedImage image = new BufferedImage(256, 256, BufferedImage.TYPE_INT_RGB);
    // 0.05 % of 65536 are 32.8.
    for (int pixels : new int[] {32, 33}) {
      Mask mask = Mask.rectangle(256, 256, 10, 10, pixels, 1);
      assertThat(kinds(search(mask, image, image)).isEmpty()).isEqualTo(pixels == 33);
    }
  }

  @ParameterizedTest
  @CsvSource({"57, false", "58, true"})
  void of_largeHole_isNearlyFullAboveNineTenths(int rows, boolean warned) {
    // 57 rows of 64 are 89.1 %, 58 are 90.6 %.
    Mask mask = Mask.rectangle(64, 64, 0, 0, 64, rows);
    assertThat(
            kinds(search(mask, plain(0), plain(0)))
                .equals(List.of(InpaintWarning.Kind.NEARLY_FULL)))
        .isEqualTo(warned);
  }

  @Test
  void misfit_differenceEverywhere_isTheDifferenceWhateverTheHole() {
    // 51 of 255 levels are 0.4 on a scale from -1 to 1; in one colour of three, a third of it.
    for (int side : new int[] {3, 10, 40}) {
      Mask mask = Mask.rectangle(64, 64, 5, 5, side, side);
      assertThat(Warnings.misfit(plain(0x333333), mask, plain(0))).isCloseTo(0.4, within(1e-9));
      assertThat(Warnings.misfit(plain(0x330000), mask, plain(0))).isCloseTo(0.4 / 3, within(1e-9));
    }
  }

  @Test
  void misfit_grayPictures_isOfTheirSamples() {
    BufferedImage target = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
    BufferedImage found = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 64 * 64; i++) {
      found.getRaster().setSample(i % 64, i / 64, 0, 51);
    }
    assertThat(Warnings.misfit(target, Mask.rectangle(64, 64, 5, 5, 9, 9), found))
        .isCloseTo(0.4, within(1e-9));
  }

  @Test
  void misfit_differenceInTheHoleOrFarFromIt_isZero() {
    Mask mask = Mask.rectangle(64, 64, 20, 20, 10, 10);
    BufferedImage found = plain(0);
    // The window of 7 reaches 3 pixels beyond the hole.
    for (int i = 0; i < 64 * 64; i++) {
      int x = i % 64;
      int y = i / 64;
      if (mask.isHole(x, y) || x < 17 || x > 32 || y < 17 || y > 32) {
        found.setRGB(x, y, 0xFFFFFF);
      }
    }
    assertThat(Warnings.misfit(plain(0), mask, found)).isZero();
    found.setRGB(17, 25, 0xFFFFFF);
    assertThat(Warnings.misfit(plain(0), mask, found)).isPositive();
  }

  /** One known pixel has all of the difference: its weight by hand over the sum of the weights. */
  @Test
  void misfit_onePixel_countsByItsWeight() {
    Mask mask = Mask.rectangle(64, 64, 30, 30, 1, 1);
    // 48 known pixels see one hole pixel in their window of 49, all with the same weight.
    BufferedImage found = plain(0);
    found.setRGB(31, 30, 0xFFFFFF);
    assertThat(Warnings.misfit(plain(0), mask, found)).isCloseTo(2.0 / 48, within(1e-7));
  }

  @Test
  void of_unlikeImage_isUnexplainedWithTheFigure() {
    Mask mask = Mask.rectangle(64, 64, 20, 20, 10, 10);
    // 30 and 20 levels are 0.235 and 0.157.
    List<InpaintWarning> warnings = Warnings.of(search(mask, plain(0x1E1E1E), plain(0)));
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0).kind()).isEqualTo(InpaintWarning.Kind.UNEXPLAINED);
    assertThat(warnings.get(0).message()).contains("could not explain", "0.24");
    assertThat(Warnings.of(search(mask, plain(0x141414), plain(0)))).isEmpty();
  }

  @Test
  void warnings_ofAResult_areThoseOfItsSearch() {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    SearchOptions options = SearchOptions.paperDcgan().toBuilder().steps(2).build();
    try (Inpainter inpainter = TinyNetworks.inpainter(options).build()) {
      InpaintResult full = inpainter.inpaint(image, Mask.rectangle(16, 16, 0, 0, 16, 15));
      assertThat(full.warnings().stream().map(InpaintWarning::kind))
          .contains(InpaintWarning.Kind.NEARLY_FULL);
      assertThat(inpainter.inpaint(image, Mask.rectangle(16, 16, 0, 0, 0, 0)).warnings()).isEmpty();
    }
  }
}
