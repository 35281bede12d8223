package org.inpaint4j.eval.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.ImageIO;
import org.inpaint4j.image.Mask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskGeneratorTest {

  @ParameterizedTest
  @MethodSource("org.inpaint4j.eval.mask.MaskGenerator#names")
  void generate_sameSeed_sameMask(String name) {
    MaskGenerator generator = MaskGenerator.named(name);
    assertThat(generator.name()).isEqualTo(name);
    for (long seed = -2; seed < 20; seed++) {
      assertThat(generator.generate(64, 64, seed))
          .isEqualTo(MaskGenerator.named(name).generate(64, 64, seed));
    }
  }

  @ParameterizedTest
  @MethodSource("org.inpaint4j.eval.mask.MaskGenerator#names")
  void generate_anySize_hasHoleAndKnownPixels(String name) {
    int[][] sizes = {{32, 32}, {64, 48}, {65, 130}, {256, 256}};
    for (int[] size : sizes) {
      for (long seed = 0; seed < 20; seed++) {
        Mask mask = MaskGenerator.named(name).generate(size[0], size[1], seed);
        assertThat(mask.width()).isEqualTo(size[0]);
        assertThat(mask.height()).isEqualTo(size[1]);
        assertThat(mask.holeCount()).isBetween(1, size[0] * size[1] - 1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rectangle", "noise", "quickdraw", "reference-rectangle", "free-form"})
  void generate_otherSeeds_otherMasks(String name) {
    Set<Mask> masks = new HashSet<>();
    for (long seed = 0; seed < 100; seed++) {
      masks.add(MaskGenerator.named(name).generate(64, 64, seed));
    }
    assertThat(masks).hasSizeGreaterThan(95);
  }

  @Test
  void save_twoMasks_canBeReadAsAFolder(@TempDir Path folder) throws IOException {
    MaskGenerator generator = MaskGenerator.freeForm();
    generator.save(folder, 2, 40, 30, 7);
    MaskGenerator read = MaskGenerator.folder(folder);
    assertThat(read.generate(40, 30, 0)).isEqualTo(generator.generate(40, 30, 7));
    assertThat(read.generate(40, 30, 1)).isEqualTo(generator.generate(40, 30, 8));
  }

  @Test
  void rectangle_manySeeds_coversTenToFortyPercentAndReachesEveryPixel() {
    int[] hits = new int[64 * 64];
    int atBorder = 0;
    for (long seed = 0; seed < 4000; seed++) {
      Mask mask = MaskGenerator.rectangle().generate(64, 64, seed);
      assertThat(mask.holeFraction()).isBetween(0.1, 0.4);
      assertIsRectangle(mask);
      boolean touches = false;
      for (int i = 0; i < hits.length; i++) {
        if (mask.isHole(i % 64, i / 64)) {
          hits[i]++;
          touches |= i % 64 == 0 || i % 64 == 63 || i / 64 == 0 || i / 64 == 63;
        }
      }
      atBorder += touches ? 1 : 0;
    }
    assertThat(hits).doesNotContain(0);
    assertThat(atBorder).isGreaterThan(200);
    // Uniform placement has no preferred side: corners are hit alike.
    double corners = (hits[0] + hits[63] + hits[64 * 63] + hits[64 * 64 - 1]) / 4.0;
    for (int corner : new int[] {0, 63, 64 * 63, 64 * 64 - 1}) {
      // Four standard deviations of a Poisson count.
      assertThat((double) hits[corner]).isCloseTo(corners, within(4 * Math.sqrt(corners)));
    }
  }

  @Test
  void referenceRectangle_manySeeds_neverTouchesTheOuterTenPixels() {
    for (long seed = 0; seed < 2000; seed++) {
      Mask mask = MaskGenerator.referenceRectangle().generate(64, 64, seed);
      assertThat(mask.holeFraction()).isBetween(0.1, 0.4);
      assertIsRectangle(mask);
      for (int i = 0; i < 64; i++) {
        for (int border = 0; border < 10; border++) {
          assertThat(mask.isHole(i, border)).isFalse();
          assertThat(mask.isHole(border, i)).isFalse();
          assertThat(mask.isHole(i, 63 - border)).isFalse();
          assertThat(mask.isHole(63 - border, i)).isFalse();
        }
      }
    }
  }

  @Test
  void noise_anySeed_coversExactlyItsShare() {
    assertThat(MaskGenerator.noise().generate(10, 10, 3).holeCount()).isEqualTo(80);
    assertThat(MaskGenerator.noise().generate(64, 64, 3).holeCount()).isEqualTo(3277);
    assertThat(MaskGenerator.named("noise-25").generate(10, 10, 3).holeCount()).isEqualTo(25);
    int[] hits = new int[100];
    for (long seed = 0; seed < 10_000; seed++) {
      Mask mask = MaskGenerator.noise().generate(10, 10, seed);
      for (int i = 0; i < 100; i++) {
        hits[i] += mask.isHole(i % 10, i / 10) ? 1 : 0;
      }
    }
    for (int hit : hits) {
      // Five standard deviations of a binomial count: sqrt(10000 * 0.8 * 0.2) = 40.
      assertThat(hit).isCloseTo(8000, within(200));
    }
  }

  @Test
  void centreSquare_anyParity_isTrulyCentred() {
    assertThat(MaskGenerator.centreSquare().generate(64, 64, 1))
        .isEqualTo(Mask.rectangle(64, 64, 16, 16, 32, 32));
    assertThat(MaskGenerator.centreSquare().generate(3, 3, 1))
        .isEqualTo(Mask.rectangle(3, 3, 1, 1, 1, 1));
    for (int width = 3; width < 20; width++) {
      for (int height = 3; height < 20; height++) {
        Mask mask = MaskGenerator.centreSquare().generate(width, height, 1);
        for (int y = 0; y < height; y++) {
          for (int x = 0; x < width; x++) {
            assertThat(mask.isHole(x, y))
                .isEqualTo(mask.isHole(width - 1 - x, y))
                .isEqualTo(mask.isHole(x, height - 1 - y));
          }
        }
      }
    }
  }

  @Test
  void halves_oddWidth_leaveTheMiddleColumn() {
    assertThat(MaskGenerator.leftHalf().generate(5, 2, 0))
        .isEqualTo(Mask.rectangle(5, 2, 0, 0, 2, 2));
    assertThat(MaskGenerator.rightHalf().generate(5, 2, 0))
        .isEqualTo(Mask.rectangle(5, 2, 3, 0, 2, 2));
  }

  @Test
  void quickDraw_manySeeds_followsTheRecipesShares() {
    double mean = 0;
    for (long seed = 0; seed < 300; seed++) {
      mean += MaskGenerator.quickDraw().generate(512, 512, seed).holeFraction() / 300;
    }
    // Four strokes of about 350 x 10 pixels, 25 % longer and wider, a tenth cropped: 4 to 9 %.
    assertThat(mean).isBetween(0.02, 0.12);
    double reduced = 0;
    for (long seed = 0; seed < 300; seed++) {
      reduced += MaskGenerator.quickDraw().generate(64, 64, seed).holeFraction() / 300;
    }
    assertThat(reduced).isCloseTo(mean, within(0.25 * mean));
  }

  @Test
  void parse_oneDrawing_readsPointsInPairs() throws IOException {
    short[][] strokes =
        QuickDrawMask.parse("{\"word\":\"a b\",\"drawing\":[[[0,16],[217,203]],[[7],[218]]]}");
    assertThat(strokes).isDeepEqualTo(new short[][] {{0, 217, 16, 203}, {7, 218}});
    assertThatThrownBy(() -> QuickDrawMask.parse("{\"drawing\":[[[0,16],[217]]]}"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("as many x as y");
  }

  @Test
  void brush_oneDiagonalLine_coversWhatIsNear() {
    Brush brush = new Brush(5, 5);
    brush.line(0.5, 0.5, 4.5, 4.5, 0.1);
    assertThat(brush.toMask()).isEqualTo(Mask.of(5, 5, (x, y) -> x == y));
    Brush dot = new Brush(5, 5);
    dot.line(2.5, 2.5, 2.5, 2.5, 2);
    assertThat(dot.toMask())
        .isEqualTo(Mask.of(5, 5, (x, y) -> Math.abs(x - 2) + Math.abs(y - 2) <= 1));
    Brush half = new Brush(4, 2);
    half.line(0.5, 0.5, 0.5, 1.5, 0.5);
    assertThat(half.reduce(2, 1)).isEqualTo(Mask.of(2, 1, (x, y) -> x == 0));
  }

  @Test
  void folder_ofFiles_readsThemInOrderAndResamples(@TempDir Path folder) throws IOException {
    write(folder.resolve("b.png"), Mask.rectangle(4, 4, 0, 0, 2, 4));
    write(folder.resolve("a.png"), Mask.rectangle(4, 4, 2, 2, 1, 1));
    Files.writeString(folder.resolve("notes.txt"), "not a mask");
    MaskGenerator generator = MaskGenerator.folder(folder);
    assertThat(generator.generate(4, 4, 0)).isEqualTo(Mask.rectangle(4, 4, 2, 2, 1, 1));
    assertThat(generator.generate(4, 4, 1)).isEqualTo(Mask.rectangle(4, 4, 0, 0, 2, 4));
    assertThat(generator.generate(4, 4, -1)).isEqualTo(Mask.rectangle(4, 4, 0, 0, 2, 4));
    assertThat(generator.generate(8, 2, 3)).isEqualTo(Mask.rectangle(8, 2, 0, 0, 4, 2));
  }

  @Test
  void folder_withoutOrWithBadMasks_isRefused(@TempDir Path folder) throws IOException {
    assertThatThrownBy(() -> MaskGenerator.folder(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("must hold pictures");
    ImageIO.write(
        new BufferedImage(3, 3, BufferedImage.TYPE_BYTE_GRAY),
        "png",
        folder.resolve("empty.png").toFile());
    assertThatThrownBy(() -> MaskGenerator.folder(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("both hole and known");
    Files.writeString(folder.resolve("empty.png"), "broken");
    assertThatThrownBy(() -> MaskGenerator.folder(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("readable picture");
  }

  @Test
  void named_unknown_namesWhatThereIs() {
    assertThatThrownBy(() -> MaskGenerator.named("oval"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("quickdraw")
        .hasMessageContaining("found oval");
    assertThatThrownBy(() -> MaskGenerator.noise(1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MaskGenerator.referenceRectangle().generate(31, 64, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 32x32");
  }

  private static void write(Path file, Mask mask) throws IOException {
    ImageIO.write(mask.toImage(), "png", file.toFile());
  }

  private static void assertIsRectangle(Mask mask) {
    int left = 64;
    int right = -1;
    int top = 64;
    int bottom = -1;
    for (int y = 0; y < 64; y++) {
      for (int x = 0; x < 64; x++) {
        if (mask.isHole(x, y)) {
          left = Math.min(left, x);
          right = Math.max(right, x);
          top = Math.min(top, y);
          bottom = Math.max(bottom, y);
        }
      }
    }
    assertThat(mask.holeCount()).isEqualTo((right - left + 1) * (bottom - top + 1));
  }
}
