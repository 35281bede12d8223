package org.inpaint4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.List;
import java.util.function.IntBinaryOperator;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Square;
import org.inpaint4j.search.LossTrace;
import org.inpaint4j.search.SearchOptions;
import org.inpaint4j.search.TinyNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarningsTest {

  private static BufferedImage plain(int rgb) {
    return picture((x, y) -> rgb);
  }

  private static BufferedImage picture(IntBinaryOperator rgbOfColumnAndRow) {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64 * 64; i++) {
      image.setRGB(i % 64, i / 64, rgbOfColumnAndRow.applyAsInt(i % 64, i / 64));
    }
    return image;
  }

  private static InpaintResult.Search search(Mask mask, BufferedImage target, BufferedImage found) {
    return new InpaintResult.Search(
        new Square(0, 0, 64),
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
    return Warnings.of(search, false).stream().map(InpaintWarning::kind).toList();
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

  private static BufferedImage grays(int... levels) {
    BufferedImage image = new BufferedImage(levels.length, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSamples(0, 0, levels.length, 1, 0, levels);
    return image;
  }

  /** Less their means, 0, 10, 20 and 0, 20, 10 are -10, 0, 10 and -10, 10, 0: 100 of 200. */
  @Test
  void likeness_threeKnownPixels_isTheirCorrelation() {
    Mask mask = Mask.rectangle(4, 1, 3, 0, 1, 1);
    BufferedImage target = grays(0, 10, 20, 0);
    assertThat(Warnings.likeness(target, mask, grays(0, 20, 10, 255))).isCloseTo(0.5, within(1e-9));
    assertThat(Warnings.likeness(target, mask, grays(7, 12, 17, 255))).isCloseTo(1, within(1e-9));
    assertThat(Warnings.likeness(target, mask, grays(20, 10, 0, 255))).isCloseTo(-1, within(1e-9));
  }

  @Test
  void likeness_pictureWithoutContrast_isAllOrNothing() {
    Mask mask = Mask.rectangle(4, 1, 3, 0, 1, 1);
    assertThat(Warnings.likeness(grays(9, 9, 9, 0), mask, grays(0, 20, 10, 0))).isEqualTo(1);
    assertThat(Warnings.likeness(grays(0, 20, 10, 0), mask, grays(9, 9, 9, 0))).isZero();
  }

  /** Every colour less its own mean: a tint is no likeness, and no unlikeness. */
  @Test
  void likeness_ofColours_takesEachByItself() {
    Mask mask = Mask.rectangle(3, 1, 2, 0, 1, 1);
    BufferedImage target = new BufferedImage(3, 1, BufferedImage.TYPE_INT_RGB);
    target.setRGB(1, 0, 0x0A140A);
    BufferedImage found = new BufferedImage(3, 1, BufferedImage.TYPE_INT_RGB);
    found.setRGB(0, 0, 0xFF0000);
    found.setRGB(1, 0, 0xFF140A);
    // Red has no contrast in what was found: (20 20 + 10 10) / sqrt((10 10 + 20 20 + 10 10) 500).
    assertThat(Warnings.likeness(target, mask, found))
        .isCloseTo(500 / Math.sqrt(600.0 * 500), within(1e-9));
  }

  @Test
  void of_unlikeImage_isUnexplainedWithTheFigure() {
    Mask mask = Mask.rectangle(64, 64, 20, 20, 10, 10);
    BufferedImage target = picture((x, y) -> 0x030303 * x);
    BufferedImage across = picture((x, y) -> 0x030303 * y);
    List<InpaintWarning> warnings = Warnings.of(search(mask, target, across), false);
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0).kind()).isEqualTo(InpaintWarning.Kind.UNEXPLAINED);
    // Columns and rows are uncorrelated but for the hole, which is off the centre.
    assertThat(warnings.get(0).message()).contains("could not explain", "correlation of -0.0");
    assertThat(Warnings.of(search(mask, target, target), false)).isEmpty();
  }

  @Test
  void of_halfLikeImage_isUnexplainedWhereTheLossLooksEverywhere() {
    Mask mask = Mask.rectangle(64, 64, 20, 20, 10, 10);
    BufferedImage target = picture((x, y) -> 0x030303 * x);
    BufferedImage between = picture((x, y) -> 0x010101 * (x + y));
    // Columns against columns and rows: a correlation of about 0.7.
    assertThat(Warnings.of(search(mask, target, between), false)).isEmpty();
    List<InpaintWarning> warnings = Warnings.of(search(mask, target, between), true);
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0).kind()).isEqualTo(InpaintWarning.Kind.UNEXPLAINED);
    assertThat(warnings.get(0).message()).contains("less than 0.75");
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
