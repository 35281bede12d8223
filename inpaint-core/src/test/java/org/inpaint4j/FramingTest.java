package org.inpaint4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.inpaint4j.Pictures.union;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
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

  private static List<Square> squares(Framing framing, Mask mask) {
    BufferedImage image =
        new BufferedImage(mask.width(), mask.height(), BufferedImage.TYPE_BYTE_BINARY);
    return framing.squares(Photo.of(image), mask, MODEL);
  }

  private static Square around(double context, Mask mask) {
    List<Square> squares = squares(Framing.aroundHole(context), mask);
    assertThat(squares).hasSize(1);
    return squares.get(0);
  }

  @ParameterizedTest
  @CsvSource({"50, 30, 10, 0, 30", "30, 51, 0, 10, 30", "7, 7, 0, 0, 7"})
  void centeredSquare_isTheLargestInTheMiddle(int width, int height, int x, int y, int size) {
    assertThat(squares(Framing.centeredSquare(), Mask.of(width, height, (u, v) -> false)))
        .containsExactly(new Square(x, y, size));
  }

  @Test
  void square_insideThePhoto_isTaken() {
    Square square = new Square(20, 10, 30);
    assertThat(squares(Framing.square(square), Mask.of(50, 40, (u, v) -> false)))
        .containsExactly(square);
  }

  @ParameterizedTest
  @CsvSource({"-1, 0", "0, -1", "21, 0", "0, 11"})
  void square_partlyOutsideThePhoto_isRefused(int x, int y) {
    Framing framing = Framing.square(new Square(x, y, 30));
    Mask mask = Mask.of(50, 40, (u, v) -> false);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> squares(framing, mask))
        .withMessage(
            "the square must lie inside the image: expected one inside 50x40, found 30x30 at (%s,"
                + " %s)",
            x, y);
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
    Square square = around(0.25, mask);
    assertThat(square.x()).isBetween(0, width - square.size());
    assertThat(square.y()).isBetween(0, height - square.size());
    assertThat(square.bounds().contains(new Bounds(x, y, w, h))).isTrue();
    assertThat(square.size()).isBetween(Math.min(most, 16), most);
    if (square.size() < most) {
      assertThat(square.size()).isGreaterThanOrEqualTo((int) Math.ceil(1.5 * Math.max(w, h)));
    }
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
      assertThatExceptionOfType(HoleOutsideSquareException.class)
          .isThrownBy(() -> inpainter.inpaint(image, Mask.rectangle(60, 20, 5, 5, 40, 4)))
          .withMessageContaining("the hole must lie inside the square")
          .satisfies(
              error -> {
                assertThat(error.hole()).isEqualTo(new Bounds(5, 5, 40, 4));
                assertThat(error.squares()).containsExactly(new Square(15, 0, 20));
              });
    }
  }

  /** With the square of the centre, this hole lies outside of it. */
  @Test
  void aroundHole_holeNearTheEdge_isFilled() {
    BufferedImage image = new BufferedImage(60, 20, BufferedImage.TYPE_INT_RGB);
    Mask mask = Mask.rectangle(60, 20, 50, 4, 6, 6);
    try (Inpainter inpainter = inpainter(0.5)) {
      InpaintResult result = inpainter.inpaint(image, mask);
      assertThat(result.parts()).hasSize(1);
      assertThat(result.parts().get(0).square()).contains(new Square(44, 0, 16));
      assertThat(result.parts().get(0).bounds()).isEqualTo(new Bounds(44, 0, 16, 16));
      assertThat(result.image().getRGB(52, 6)).isNotEqualTo(image.getRGB(52, 6));
      assertThat(result.image().getRGB(30, 6)).isEqualTo(image.getRGB(30, 6));
    }
  }

  /** Gaps between a hole of 10x10 at (10, 20) and one of 20x20 to the right of it. */
  @ParameterizedTest
  @CsvSource({"1, 1", "15, 1", "32, 2", "60, 2"})
  void aroundHole_twoHoles_shareASquareIfNear(int gap, int squares) {
    Mask mask =
        union(
            Mask.rectangle(200, 100, 10, 20, 10, 10),
            Mask.rectangle(200, 100, 20 + gap, 30, 20, 20));
    List<Square> found = squares(Framing.aroundHole(0.5), mask);
    assertThat(found).hasSize(squares);
    if (squares == 2) {
      assertThat(found).containsExactly(new Square(10 + gap, 20, 40), new Square(5, 15, 20));
    } else {
      assertThat(found).containsExactly(around(0.5, mask));
    }
  }

  @Test
  void aroundHole_scatteredPixels_shareOneSquare() {
    Random random = new Random(1);
    Mask mask = Mask.of(90, 70, (x, y) -> random.nextInt(5) > 0);
    assertThat(squares(Framing.aroundHole(0.5), mask)).hasSize(1);
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
      assertThat(both.parts().stream().map(part -> part.square().orElseThrow()))
          .containsExactly(new Square(84, 14, 24), new Square(6, 5, 16));
      assertThat(both.search()).isSameAs(both.parts().get(0).filling());
      assertThat(both.status()).isEqualTo(FillStatus.COMPLETED);
      assertThat(Strip.of(both).getHeight())
          .isEqualTo(2 * Strip.of(inpainter.inpaint(image, left)).getHeight());
      for (int i = 0; i < 120 * 40; i++) {
        int x = i % 120;
        int y = i / 120;
        BufferedImage alone = left.isHole(x, y) ? onlyLeft : onlyRight;
        assertThat(both.image().getRGB(x, y)).isEqualTo(alone.getRGB(x, y));
      }
      InpaintRequest two = InpaintRequest.of(image, union(left, right)).candidates(2);
      assertThat(inpainter.inpaint(two).candidates())
          .hasSize(2)
          .allSatisfy(candidate -> assertThat(candidate.parts()).hasSize(2));
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
        TinyNetworks.inpainter(alone).framing(Framing.aroundHole(0.5)).build()) {
      InpaintResult result =
          inpainter.inpaint(InpaintRequest.of(image, mask).onProgress(Progress::cancel));
      assertThat(result.status()).isEqualTo(FillStatus.CANCELLED);
      assertThat(result.parts()).hasSize(2);
      assertThat(result.image().getRGB(14, 13)).isNotEqualTo(image.getRGB(14, 13));
      assertThat(result.image().getRGB(95, 25)).isNotEqualTo(image.getRGB(95, 25));
    }
  }

  /** Fills each square that it is given with a gray of its own: 0.2, 0.4, 0.6. */
  private static Inpainter numbering() {
    AtomicInteger number = new AtomicInteger();
    Filler filler =
        new ForwardingFiller(new MeanFiller()) {
          @Override
          public Optional<ImageShape> imageShape() {
            return Optional.of(MODEL);
          }

          @Override
          public List<? extends Filling> fill(FillTask task) {
            ImagePlanes image = ImagePlanes.zeros(3, MODEL.pixels());
            Arrays.fill(image.samples(), 0.2f * number.incrementAndGet());
            return List.of(Filling.of(image));
          }
        };
    return Inpainter.builder().filler(filler).blender(Blender.paste()).build();
  }

  @Test
  void squares_severalThatShowAHole_fillItFromTheFirst() {
    BufferedImage image = new BufferedImage(60, 20, BufferedImage.TYPE_INT_RGB);
    Square left = new Square(0, 0, 20);
    Square unused = new Square(40, 0, 20);
    Square middle = new Square(10, 0, 20);
    Mask onlyLeft = Mask.rectangle(60, 20, 2, 2, 4, 4);
    Mask both = Mask.rectangle(60, 20, 12, 8, 4, 4);
    // Shown in part by the left square, and as a whole by the middle one.
    Mask onlyMiddle = Mask.rectangle(60, 20, 18, 14, 4, 4);
    InpaintRequest request =
        InpaintRequest.of(image, union(union(onlyLeft, both), onlyMiddle))
            .framing((photo, mask, model) -> List.of(left, unused, middle));
    try (Inpainter inpainter = numbering()) {
      InpaintResult result = inpainter.inpaint(request);
      assertThat(result.parts().stream().map(part -> part.square().orElseThrow()))
          .containsExactly(left, middle);
      for (int i = 0; i < 60 * 20; i++) {
        int x = i % 60;
        int y = i / 60;
        boolean first = onlyLeft.isHole(x, y) || both.isHole(x, y);
        int expected = first ? 0x333333 : onlyMiddle.isHole(x, y) ? 0x666666 : 0;
        assertThat(result.image().getRGB(x, y) & 0xFFFFFF).isEqualTo(expected);
      }
      // The model is shown all of the hole that lies in its square.
      assertThat(result.parts().get(0).mask().isHole(15, 12)).isTrue();
    }
  }

  @Test
  void squares_noneThatShowsAHole_areNamed() {
    BufferedImage image = new BufferedImage(60, 20, BufferedImage.TYPE_INT_RGB);
    List<Square> squares = List.of(new Square(0, 0, 20), new Square(20, 0, 20));
    InpaintRequest request =
        InpaintRequest.of(image, Mask.rectangle(60, 20, 18, 4, 4, 3))
            .framing((photo, mask, model) -> squares);
    try (Inpainter inpainter = numbering()) {
      assertThatExceptionOfType(HoleOutsideSquareException.class)
          .isThrownBy(() -> inpainter.inpaint(request))
          .withMessage(
              "the hole must lie inside the square that is shown to the model: expected one of"
                  + " [20x20 at (0, 0), 20x20 at (20, 0)], found missing pixels from (18, 4) to"
                  + " (21, 6)")
          .satisfies(error -> assertThat(error.squares()).isEqualTo(squares));
    }
  }

  /** A request's own framing wins over the inpainter's. */
  @Test
  void framing_ofTheRequest_isTakenInstead() {
    BufferedImage image = new BufferedImage(60, 20, BufferedImage.TYPE_INT_RGB);
    InpaintRequest request = InpaintRequest.of(image, Mask.rectangle(60, 20, 50, 4, 6, 6));
    Square other = new Square(41, 1, 19);
    try (Inpainter inpainter = inpainter(0.5)) {
      InpaintResult result = inpainter.inpaint(request.framing(Framing.square(other)));
      assertThat(result.parts().get(0).square()).contains(other);
      assertThat(inpainter.inpaint(request).parts().get(0).square())
          .contains(new Square(44, 0, 16));
    }
  }

  private static Inpainter inpainter(double context) {
    return TinyNetworks.inpainter(SearchOptions.paperDcgan().toBuilder().steps(2).build())
        .framing(Framing.aroundHole(context))
        .build();
  }
}
