package org.inpaint4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Random;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.inpaint4j.image.Square;
import org.inpaint4j.search.SearchOptions;
import org.inpaint4j.search.TinyNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramingTest {

  private static final ImageShape MODEL = new ImageShape(3, new Size(16, 16));

  private static Square around(double context, Mask mask) {
    return Framing.aroundHole(context).region(mask.width(), mask.height(), mask, MODEL);
  }

  @ParameterizedTest
  @CsvSource({
    // a hole of 20x10 at (40, 30) with half of 20 on both sides: 40 around (50, 35)
    "40, 30, 20, 10, 0.5, 30, 15, 40",
    // in the corner: moved inside
    "0, 0, 20, 10, 0.5, 0, 0, 40",
    "80, 70, 20, 10, 0.5, 60, 40, 40",
    // a fifth of 5 on both sides is 7: at least the model's 16
    "50, 40, 5, 5, 0.2, 44, 34, 16",
    // more than the shorter side: all of it
    "10, 20, 60, 30, 1, 0, 0, 80",
    // 21 * 1.2 is 25.2: rounded up
    "40, 30, 21, 11, 0.1, 37, 22, 26",
  })
  void aroundHole_rectangle_isTheSquareWorkedOutByHand(
      int x, int y, int w, int h, double context, int left, int top, int size) {
    Mask mask = Mask.rectangle(100, 80, x, y, w, h);
    assertThat(around(context, mask)).isEqualTo(new Square(left, top, size));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aroundHole_anyHoleThatFits_liesInsideWithItsContext(long seed) {
    Random random = new Random(seed);
    int width = 20 + random.nextInt(100);
    int height = 20 + random.nextInt(100);
    int most = Math.min(width, height);
    int w = 1 + random.nextInt(most);
    int h = 1 + random.nextInt(most);
    int x = random.nextInt(width - w + 1);
    int y = random.nextInt(height - h + 1);
    Mask mask = Mask.rectangle(width, height, x, y, w, h);
    Square region = around(0.25, mask);
    assertThat(region.x()).isBetween(0, width - region.size());
    assertThat(region.y()).isBetween(0, height - region.size());
    assertThat(region.contains(x, y)).isTrue();
    assertThat(region.contains(x + w - 1, y + h - 1)).isTrue();
    assertThat(region.size()).isBetween(Math.min(most, 16), most);
    if (region.size() < most) {
      assertThat(region.size()).isGreaterThanOrEqualTo((int) Math.ceil(1.5 * Math.max(w, h)));
    }
  }

  @Test
  void aroundHole_noHole_isTheCentredSquare() {
    assertThat(around(1, Mask.rectangle(50, 30, 0, 0, 0, 0))).isEqualTo(new Square(10, 0, 30));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void aroundHole_badContext_isRefused(double context) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Framing.aroundHole(context))
        .withMessageContaining("context around the hole must be positive");
  }

  @Test
  void aroundHole_holeLongerThanTheShorterSide_isRefusedByTheInpainter() {
    BufferedImage image = new BufferedImage(60, 20, BufferedImage.TYPE_INT_RGB);
    try (Inpainter inpainter = inpainter(0.5)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> inpainter.inpaint(image, Mask.rectangle(60, 20, 5, 5, 40, 4)))
          .withMessageContaining("the hole must lie inside the square");
    }
  }

  /** With the square of the centre, this hole lies outside of it. */
  @Test
  void aroundHole_holeNearTheEdge_isFilled() {
    BufferedImage image = new BufferedImage(60, 20, BufferedImage.TYPE_INT_RGB);
    Mask mask = Mask.rectangle(60, 20, 50, 4, 6, 6);
    try (Inpainter inpainter = inpainter(0.5)) {
      InpaintResult result = inpainter.inpaint(image, mask);
      assertThat(result.search().region()).isEqualTo(new Square(44, 0, 16));
      assertThat(result.image().getRGB(52, 6)).isNotEqualTo(image.getRGB(52, 6));
      assertThat(result.image().getRGB(30, 6)).isEqualTo(image.getRGB(30, 6));
    }
  }

  private static Mask union(Mask one, Mask other) {
    return Mask.of(one.width(), one.height(), (x, y) -> one.isHole(x, y) || other.isHole(x, y));
  }

  /** Gaps between a hole of 10x10 at (10, 20) and one of 20x20 to the right of it. */
  @ParameterizedTest
  @CsvSource({"1, 1", "15, 1", "32, 2", "60, 2"})
  void aroundHole_twoHoles_shareASquareIfNear(int gap, int squares) {
    Mask mask =
        union(
            Mask.rectangle(200, 100, 10, 20, 10, 10),
            Mask.rectangle(200, 100, 20 + gap, 30, 20, 20));
    List<Square> regions = Framing.aroundHole(0.5).regions(200, 100, mask, MODEL);
    assertThat(regions).hasSize(squares);
    if (squares == 2) {
      assertThat(regions).containsExactly(new Square(10 + gap, 20, 40), new Square(5, 15, 20));
    } else {
      assertThat(regions).containsExactly(around(0.5, mask));
    }
  }

  @Test
  void aroundHole_scatteredPixels_shareOneSquare() {
    Random random = new Random(1);
    Mask mask = Mask.of(90, 70, (x, y) -> random.nextInt(5) > 0);
    assertThat(Framing.aroundHole(0.5).regions(90, 70, mask, MODEL)).hasSize(1);
  }

  @Test
  void aroundHole_holesFarApart_areEachFilledAsIfAlone() {
    BufferedImage image = new BufferedImage(120, 40, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(3);
    for (int i = 0; i < 120 * 40; i++) {
      image.setRGB(i % 120, i / 120, random.nextInt());
    }
    Mask left = Mask.rectangle(120, 40, 10, 10, 8, 6);
    Mask right = Mask.rectangle(120, 40, 90, 20, 12, 12);
    try (Inpainter inpainter = inpainter(0.5)) {
      InpaintResult both = inpainter.inpaint(image, union(left, right));
      BufferedImage onlyLeft = inpainter.inpaint(image, left).image();
      BufferedImage onlyRight = inpainter.inpaint(image, right).image();
      assertThat(both.searches()).hasSize(2);
      assertThat(both.search().region()).isEqualTo(new Square(84, 14, 24));
      assertThat(both.status()).isEqualTo(FillStatus.COMPLETED);
      assertThat(both.strip().getHeight())
          .isEqualTo(2 * inpainter.inpaint(image, left).strip().getHeight());
      for (int i = 0; i < 120 * 40; i++) {
        int x = i % 120;
        int y = i / 120;
        BufferedImage alone = left.isHole(x, y) ? onlyLeft : onlyRight;
        assertThat(both.image().getRGB(x, y)).isEqualTo(alone.getRGB(x, y));
      }
      assertThat(inpainter.inpaint(image, union(left, right), 2))
          .hasSize(2)
          .allSatisfy(candidate -> assertThat(candidate.searches()).hasSize(2));
    }
  }

  /** The hole in the second square is filled though the search ends before its turn. */
  @Test
  void aroundHole_cancelledInTheFirstSquare_fillsTheOthersToo() {
    BufferedImage image = new BufferedImage(120, 40, BufferedImage.TYPE_INT_RGB);
    Mask mask =
        union(Mask.rectangle(120, 40, 10, 10, 8, 6), Mask.rectangle(120, 40, 90, 20, 12, 12));
    SearchOptions alone = SearchOptions.paperDcgan().toBuilder().steps(5).batchSize(1).build();
    try (Inpainter inpainter =
        TinyNetworks.inpainter(alone)
            .framing(Framing.aroundHole(0.5))
            .onProgress(Progress::cancel)
            .build()) {
      InpaintResult result = inpainter.inpaint(image, mask);
      assertThat(result.status()).isEqualTo(FillStatus.CANCELLED);
      assertThat(result.searches()).hasSize(2);
      assertThat(result.image().getRGB(14, 13)).isNotEqualTo(image.getRGB(14, 13));
      assertThat(result.image().getRGB(95, 25)).isNotEqualTo(image.getRGB(95, 25));
    }
  }

  private static Inpainter inpainter(double context) {
    return TinyNetworks.inpainter(SearchOptions.paperDcgan().toBuilder().steps(2).build())
        .framing(Framing.aroundHole(context))
        .build();
  }
}
