package org.inpaint4j.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.FillListener;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThinTilesTest {

  private static final int CONTEXT = 19;

  /** Two thin parts in opposite corners of a large picture. */
  private static boolean corners(int x, int y) {
    return (x >= 20 && x < 120 && y >= 30 && y < 34) || (x >= 2900 && y >= 1980 && y < 1983);
  }

  @Test
  void of_thinPartsFarApart_looksAtTheirSurroundingsAlone() {
    Mask mask = Mask.of(3000, 2000, ThinTilesTest::corners);
    List<ThinTiles.Tile> tiles = ThinTiles.of(mask, mask, CONTEXT);
    assertThat(tiles).hasSize(2).noneMatch(ThinTiles.Tile::isEmpty);
    assertThat(tiles.get(0).seen()).isEqualTo(new Bounds(1, 11, 138, 42));
    assertThat(tiles.get(1).seen()).isEqualTo(new Bounds(2881, 1961, 119, 39));
    assertThat(tiles.get(0).wanted().holeCount()).isEqualTo(100 * 4);
    assertThat(tiles.get(1).wanted().holeCount()).isEqualTo(100 * 3);
  }

  @Test
  void of_holeOfOneTile_isOneTileAroundIt() {
    Mask mask = Mask.rectangle(900, 400, 100, 100, 700, 4);
    assertThat(ThinTiles.of(mask, mask, CONTEXT))
        .extracting(ThinTiles.Tile::seen)
        .containsExactly(new Bounds(81, 81, 738, 42));
  }

  @Test
  void of_wideHole_isOneTile() {
    Mask mask = Mask.rectangle(2000, 400, 20, 100, 1900, ThinFill.WIDE);
    assertThat(ThinTiles.of(mask, mask, CONTEXT)).hasSize(1);
    Mask thin = Mask.rectangle(2000, 400, 20, 100, 1900, ThinFill.WIDE - 1);
    assertThat(ThinTiles.of(thin, thin, CONTEXT)).hasSize(3);
  }

  @Test
  void of_longHoleOverAllRowsOfALowPicture_isOneTile() {
    Mask mask = Mask.rectangle(3000, 15, 300, 0, 1200, 15);
    assertThat(ThinTiles.of(mask, mask, CONTEXT)).hasSize(1);
    Mask rowKnown = Mask.rectangle(3000, 15, 300, 0, 1200, 14);
    assertThat(ThinTiles.of(rowKnown, rowKnown, CONTEXT)).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"3000, 15", "3000, 2", "3000, 1", "15, 3000", "2, 3000", "1, 3000"})
  void fill_longHoleAcrossALowOrNarrowPicture_goesFromOneEndToTheOther(int width, int height) {
    boolean lies = width > height;
    Mask mask = Mask.of(width, height, (x, y) -> Math.abs((lies ? x : y) - 1500) <= 1200);
    ImagePlanes image = ImagePlanes.zeros(1, new Size(width, height));
    for (int i = 0; i < image.samples().length; i++) {
      image.samples()[i] = (lies ? i % width : i / width) < 1500 ? .2f : .8f;
    }
    ThinFill fill = ThinFill.of(ThinOptions.balanced().withThreads(1));
    ImagePlanes filled = fill.fill(image, mask);
    for (int at = 300; at <= 2700; at++) {
      float sample = lies ? filled.get(0, at, height / 2) : filled.get(0, width / 2, at);
      // A line from one end to the other.
      assertThat(sample).isCloseTo(.2f + .6f * (at - 299) / 2402, within(.02f));
    }
  }

  @Test
  void of_manyTiles_writeEachPixelOnce() {
    Mask mask = Mask.of(1700, 900, (x, y) -> (x + y) % 50 < 3);
    BitSet written = new BitSet();
    for (ThinTiles.Tile tile : ThinTiles.of(mask, mask, CONTEXT)) {
      Mask part = tile.written(tile.wanted()).placed(tile.seen(), mask.size());
      assertThat(part.holeBits().intersects(written)).isFalse();
      written.or(part.holeBits());
    }
    assertThat(written).isEqualTo(mask.holeBits());
  }

  private static ImagePlanes waves(int width, int height) {
    ImagePlanes image = ImagePlanes.zeros(1, new Size(width, height));
    Random random = new Random(3);
    for (int i = 0; i < image.samples().length; i++) {
      int row = i / width;
      double wave = Math.sin(.3 * (i % width) + .4 * row);
      image.samples()[i] = (float) (.5 + .2 * wave + .03 * random.nextGaussian());
    }
    return image;
  }

  @Test
  void fill_twoTiles_fitEachOtherAndOneTile() {
    int width = 900;
    int height = 50;
    ImagePlanes image = waves(width, height);
    Mask mask = Mask.of(width, height, (x, y) -> y / 4 == 5 || (x + 2 * y) % 40 < 3);
    assertThat(ThinTiles.of(mask, mask, CONTEXT)).hasSize(2);
    ThinFill fill = ThinFill.of(ThinOptions.balanced().withThreads(1));
    ImagePlanes two = fill.fill(image, mask);
    Bounds left = new Bounds(0, 0, 700, height);
    ImagePlanes one = fill.fill(image.crop(left), mask.crop(left));
    double most = 0;
    double squares = 0;
    int count = 0;
    // The tiles meet at column 450.
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < 600; x++) {
        if (mask.isHole(x, y)) {
          double difference = Math.abs(two.get(0, x, y) - one.get(0, x, y));
          most = Math.max(most, x < 400 ? difference : 0);
          squares += x < 400 ? 0 : difference * difference;
          count += x < 400 ? 0 : 1;
        }
      }
    }
    // Far from the border no more differs than where the smooth start ends.
    assertThat(most).isLessThan(2 / 255.);
    // Beyond it the patches stand elsewhere.
    assertThat(Math.sqrt(squares / count)).isLessThan(3 / 255.);
  }

  @Test
  void fill_severalTiles_whatTheHoleHoldsHasNoInfluence_andProgressGoesOn() {
    int width = 1700;
    int height = 30;
    ImagePlanes image = waves(width, height);
    Mask mask = Mask.of(width, height, (x, y) -> y / 3 == 4 && (x < 100 || x > 1500));
    ImagePlanes nothing = image.copy();
    mask.holeBits().stream().forEach(i -> nothing.samples()[i] = Float.NaN);
    int[] last = new int[2];
    FillListener listener =
        (step, steps, loss) -> {
          assertThat(step).isGreaterThan(last[0]);
          last[0] = step;
          last[1] = steps;
          return true;
        };
    ThinFill fill = ThinFill.of(ThinOptions.balanced().withThreads(1));
    Filling filling = fill.fill(new FillTask(nothing, mask, 0, 1, listener)).get(0);
    assertThat(last[0]).isEqualTo(last[1]).isEqualTo(20_000);
    assertThat(filling.image().samples()).isEqualTo(fill.fill(image, mask).samples());
  }

  @Test
  void fill_cancelledInTheFirstTile_hasASmoothFillInTheOthers() {
    int width = 1700;
    ImagePlanes image = waves(width, 30);
    Mask mask = Mask.of(width, 30, (x, y) -> y / 3 == 4 && (x < 100 || x > 1500));
    // Both smooth starts have a thousand steps, and come first.
    FillTask task = new FillTask(image, mask, 0, 1, (step, steps, loss) -> step <= 2000);
    Filling filling = ThinFill.of(ThinOptions.balanced().withThreads(1)).fill(task).get(0);
    assertThat(filling.status()).isEqualTo(FillStatus.CANCELLED);
    mask.holeBits().stream()
        .forEach(
            i ->
                assertThat(filling.image().samples()[i] - image.samples()[i])
                    .isBetween(-.25f, .25f));
  }
}
