package org.inpaint4j.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerTest {

  /** Samples from 0 to 255 are exact; their quotients are rounded to floats. */
  private static final float ROUNDED = 1e-6f;

  private static BufferedImage gray(int width, int height, IntBinaryOperator level) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.getRaster().setSample(x, y, 0, level.applyAsInt(x, y));
      }
    }
    return image;
  }

  private static Mask mask(String... rows) {
    return Mask.of(rows[0].length(), rows.length, (x, y) -> rows[y].charAt(x) == '#');
  }

  private static Resampler.Shrunk shrink(
      BufferedImage image, Mask mask, Square square, ImageShape shape) {
    return Resampler.shrink(Photo.of(image), mask, square, shape);
  }

  private static void assertLevels(ImagePlanes found, double... levels) {
    assertThat(found.samples()).hasSize(levels.length);
    for (int i = 0; i < levels.length; i++) {
      assertThat(found.samples()[i]).isCloseTo((float) (levels[i] / 255), within(ROUNDED));
    }
  }

  /** Levels 0, 1, 2, 3 / 10, 11, 12, 13 / 20 ... in four cells of 2x2 pixels. */
  @Test
  void shrink_byTwo_isTheMeanOfTheKnownPixelsOfEachCell() {
    BufferedImage image = gray(4, 4, (x, y) -> 10 * y + x);
    Resampler.Shrunk all =
        shrink(image, mask("....", "....", "....", "...."), new Square(0, 0, 4), shape(2, 2));
    assertLevels(all.target(), 5.5, 7.5, 25.5, 27.5);
    assertThat(all.mask()).isEqualTo(mask("..", ".."));

    // One pixel hidden, one half of the cell hidden, three, and all.
    Resampler.Shrunk some =
        shrink(image, mask("#..#", "...#", "####", ".###"), new Square(0, 0, 4), shape(2, 2));
    assertLevels(some.target(), (1 + 10 + 11) / 3.0, (2 + 12) / 2.0, 0, 0);
    assertThat(some.mask()).isEqualTo(mask("..", "##"));
  }

  /** Three pixels for two: each sees one pixel whole and half of the one in the middle. */
  @Test
  void shrink_byOneAndAHalf_weighsByArea() {
    BufferedImage image = gray(3, 3, (x, y) -> new int[] {30, 60, 120}[x] + y);
    Resampler.Shrunk all =
        shrink(image, mask("...", "...", "..."), new Square(0, 0, 3), shape(2, 1));
    assertLevels(all.target(), (30 + 0.5 * 60) / 1.5 + 1, (120 + 0.5 * 60) / 1.5 + 1);
    // Without its whole pixel a third of the cell is left: that is unknown.
    Resampler.Shrunk some =
        shrink(image, mask("#..", "#..", "#.."), new Square(0, 0, 3), shape(2, 1));
    assertLevels(some.target(), 0, (120 + 0.5 * 60) / 1.5 + 1);
    assertThat(some.mask()).isEqualTo(mask("#."));
    // Without the half of it two thirds are left.
    Resampler.Shrunk most =
        shrink(image, mask(".#.", ".#.", ".#."), new Square(0, 0, 3), shape(2, 1));
    assertLevels(most.target(), 31, 121);
    assertThat(most.mask()).isEqualTo(mask(".."));
  }

  /** What lies outside of the photo counts as unknown. */
  @Test
  void shrink_squareBeyondTheBorder_knowsWhatLiesInside() {
    BufferedImage image = gray(3, 3, (x, y) -> 10 * y + x);
    Mask none = mask("...", "...", "...");
    // A quarter, one half, one half, all of the cell.
    Resampler.Shrunk before = shrink(image, none, new Square(-1, -1, 4), shape(2, 2));
    assertThat(before.mask()).isEqualTo(mask("#.", ".."));
    assertLevels(before.target(), 0, 1.5, 15, 16.5);
    Resampler.Shrunk after = shrink(image, none, new Square(0, 0, 4), shape(2, 2));
    assertThat(after.mask()).isEqualTo(mask("..", ".#"));
    assertLevels(after.target(), 5.5, 7, 20.5, 0);
  }

  @ParameterizedTest
  @CsvSource({"3, 0", "-4, 0", "0, 3", "0, -4", "9, 9"})
  void shrink_squareOutsideOfThePhoto_knowsNothing(int x, int y) {
    Resampler.Shrunk shrunk =
        shrink(
            gray(3, 3, (u, v) -> 99), mask("...", "...", "..."), new Square(x, y, 4), shape(2, 2));
    assertThat(shrunk.mask()).isEqualTo(mask("##", "##"));
    assertLevels(shrunk.target(), 0, 0, 0, 0);
  }

  /** Rows of three model pixels above and below a photo of one row. */
  @Test
  void shrink_rowsOutsideOfThePhoto_areUnknownAlone() {
    Resampler.Shrunk shrunk =
        shrink(
            gray(6, 2, (x, y) -> x), mask("......", "......"), new Square(0, -2, 6), shape(3, 3));
    assertThat(shrunk.mask()).isEqualTo(mask("###", "...", "###"));
    assertLevels(shrunk.target(), 0, 0, 0, 0.5, 2.5, 4.5, 0, 0, 0);
  }

  @Test
  void shrink_toMorePixels_repeatsThem() {
    Resampler.Shrunk shrunk =
        shrink(
            gray(3, 3, (x, y) -> 10 * y + x),
            mask("...", "...", "..#"),
            new Square(1, 1, 2),
            shape(4, 4));
    assertLevels(shrunk.target(), 11, 11, 12, 12, 11, 11, 12, 12, 21, 21, 0, 0, 21, 21, 0, 0);
    assertThat(shrunk.mask()).isEqualTo(mask("....", "....", "..##", "..##"));
  }

  @Test
  void shrink_colourForAGrayModel_isTheLuma() {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0xFF0000);
    Mask none = mask("..", "..");
    assertLevels(shrink(image, none, new Square(0, 0, 2), shape(1, 1)).target(), 0.299 * 255 / 4);
    Resampler.Shrunk colour =
        shrink(image, none, new Square(0, 0, 2), new ImageShape(3, new Size(1, 1)));
    assertLevels(colour.target(), 255 / 4.0, 0, 0);
    // And gray for a colour model is three times the gray.
    assertLevels(
        shrink(
                gray(2, 2, (x, y) -> 8),
                none,
                new Square(0, 0, 2),
                new ImageShape(3, new Size(1, 1)))
            .target(),
        8,
        8,
        8);
  }

  /** Both sizes divide a finer grid, on which means are sums over whole pixels. */
  @ParameterizedTest
  @CsvSource({"12, 8, 6, 1", "6, 4, 4, 2", "10, 4, 5, 3", "9, 6, 2, 4", "4, 6, 6, 5"})
  void shrink_random_equalsTheMeanOnAFinerGrid(int side, int wide, int high, long seed) {
    Random random = new Random(seed);
    BufferedImage image = gray(13, 11, (x, y) -> random.nextInt(256));
    Mask mask = Mask.of(13, 11, (x, y) -> random.nextInt(3) == 0);
    Square square = new Square(random.nextInt(9) - 3, random.nextInt(9) - 3, side);
    Resampler.Shrunk shrunk = shrink(image, mask, square, shape(wide, high));
    for (int j = 0; j < high; j++) {
      for (int i = 0; i < wide; i++) {
        // The grid has wide columns for each pixel, and side columns for each pixel of the model.
        long sum = 0;
        int known = 0;
        for (int v = j * side; v < (j + 1) * side; v++) {
          for (int u = i * side; u < (i + 1) * side; u++) {
            int x = square.x() + u / wide;
            int y = square.y() + v / high;
            if (x >= 0 && y >= 0 && x < 13 && y < 11 && !mask.isHole(x, y)) {
              known++;
              sum += image.getRaster().getSample(x, y, 0);
            }
          }
        }
        boolean unknown = 2 * known < side * side;
        assertThat(shrunk.mask().isHole(i, j)).isEqualTo(unknown);
        double expected = unknown ? 0 : (double) sum / known / 255;
        assertThat((double) shrunk.target().get(0, i, j)).isCloseTo(expected, within(1e-6));
      }
    }
  }

  @Test
  void shrink_whateverIsHidden_isTheSame() {
    Random random = new Random(6);
    Mask mask = Mask.of(20, 20, (x, y) -> random.nextInt(2) == 0);
    BufferedImage one = gray(20, 20, (x, y) -> mask.isHole(x, y) ? 0 : 3 * x + y);
    BufferedImage other = gray(20, 20, (x, y) -> mask.isHole(x, y) ? 255 - x : 3 * x + y);
    Square square = new Square(1, 2, 17);
    Resampler.Shrunk a = shrink(one, mask, square, shape(5, 7));
    Resampler.Shrunk b = shrink(other, mask, square, shape(5, 7));
    assertThat(b.target().samples()).containsExactly(a.target().samples());
    assertThat(b.mask()).isEqualTo(a.mask());
  }

  private static ImageShape shape(int width, int height) {
    return new ImageShape(1, new Size(width, height));
  }

  private static ImagePlanes planes(int width, int height, IntBinaryOperator value) {
    ImagePlanes image = ImagePlanes.zeros(1, new Size(width, height));
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.samples()[y * width + x] = value.applyAsInt(x, y);
      }
    }
    return image;
  }

  @Test
  void cover_atTheSameSize_isTheImage() {
    Random random = new Random(1);
    ImagePlanes image = ImagePlanes.zeros(3, new Size(9, 9));
    for (int i = 0; i < image.samples().length; i++) {
      image.samples()[i] = random.nextFloat();
    }
    ImagePlanes same = Resampler.cover(image, new Square(4, 2, 9), new Bounds(4, 2, 9, 9));
    assertThat(same.samples()).containsExactly(image.samples());
    Bounds part = new Bounds(6, 3, 4, 5);
    assertThat(Resampler.cover(image, new Square(4, 2, 9), part).samples())
        .containsExactly(image.crop(new Bounds(2, 1, 4, 5)).samples());
  }

  /** Keys 1981 at quarters: -9/128, 111/128, 29/128, -3/128. */
  @Test
  void cover_impulseTwiceAsLarge_isTheKernel() {
    ImagePlanes image = planes(9, 1, (x, y) -> x == 4 ? 128 : 0);
    ImagePlanes large = Resampler.cover(image, new Square(0, 0, 18), new Bounds(0, 8, 18, 1));
    assertThat(large.samples())
        .containsExactly(0, 0, 0, 0, 0, -3, -9, 29, 111, 111, 29, -9, -3, 0, 0, 0, 0, 0);
  }

  /** Of all cubic kernels only that with a = -1/2 reproduces parabolas. */
  @ParameterizedTest
  @CsvSource({"16", "24", "31", "40"})
  void cover_rampOrParabola_isReproducedInTheInterior(int side) {
    ImagePlanes image = planes(16, 16, (x, y) -> x * x - 3 * y + 2);
    // Two samples at each border are interpolated from repeated ones.
    int border = (int) Math.ceil(2.5 * side / 16);
    Square square = new Square(-5, 7, side);
    Bounds part = new Bounds(border - 5, border + 7, side - 2 * border, side - 2 * border);
    ImagePlanes large = Resampler.cover(image, square, part);
    for (int y = 0; y < part.height(); y++) {
      for (int x = 0; x < part.width(); x++) {
        double u = (border + x + 0.5) * 16 / side - 0.5;
        double v = (border + y + 0.5) * 16 / side - 0.5;
        assertThat((double) large.get(0, x, y)).isCloseTo(u * u - 3 * v + 2, within(3e-5));
      }
    }
  }

  /** By area: pairs, and with three for two the middle one goes half to each. */
  @Test
  void cover_smaller_isTheMeanByArea() {
    ImagePlanes image = planes(4, 4, (x, y) -> 10 * y + x);
    assertThat(Resampler.cover(image, new Square(0, 0, 2), new Bounds(0, 0, 2, 2)).samples())
        .containsExactly(5.5f, 7.5f, 25.5f, 27.5f);
    ImagePlanes three = planes(3, 2, (x, y) -> new int[] {30, 60, 120}[x] + y);
    assertThat(Resampler.cover(three, new Square(5, 5, 2), new Bounds(5, 5, 2, 2)).samples())
        .containsExactly(new float[] {40, 100, 41, 101}, within(1e-5f));
  }

  @Test
  void cover_partBeyondTheSquare_repeatsTheBorder() {
    ImagePlanes image = planes(3, 3, (x, y) -> 10 * y + x);
    ImagePlanes around = Resampler.cover(image, new Square(0, 0, 3), new Bounds(-2, -1, 7, 5));
    for (int y = 0; y < 5; y++) {
      for (int x = 0; x < 7; x++) {
        int u = Math.max(0, Math.min(2, x - 2));
        int v = Math.max(0, Math.min(2, y - 1));
        assertThat(around.get(0, x, y)).isEqualTo(10 * v + u);
      }
    }
  }

  @Test
  void cover_severalChannels_areApart() {
    ImagePlanes image = ImagePlanes.zeros(3, new Size(5, 5));
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < 25; i++) {
        image.samples()[c * 25 + i] = (c + 1) * (i % 5 + i / 5);
      }
    }
    ImagePlanes large = Resampler.cover(image, new Square(0, 0, 8), new Bounds(1, 0, 6, 7));
    assertThat(large.channels()).isEqualTo(3);
    assertThat(large.size()).isEqualTo(new Size(6, 7));
    for (int i = 0; i < 42; i++) {
      assertThat(large.get(1, i % 6, i / 6))
          .isCloseTo(2 * large.get(0, i % 6, i / 6), within(1e-4f));
      assertThat(large.get(2, i % 6, i / 6))
          .isCloseTo(3 * large.get(0, i % 6, i / 6), within(1e-4f));
    }
    assertThat(large.get(0, 5, 6)).isGreaterThan(large.get(0, 0, 0));
  }
}
