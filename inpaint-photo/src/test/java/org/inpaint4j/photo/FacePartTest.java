package org.inpaint4j.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Square;
import org.junit.jupiter.api.Test;

/** Which pixels of a hole a model of faces gets. */
class FacePartTest {

  /** The mouth is around (100, 118), the eyes around (83, 84) and (117, 84). */
  private static final Square FACE = new Square(50, 50, 100);

  private static Mask hole(int x, int y, int width, int height) {
    return Mask.rectangle(200, 200, x, y, width, height);
  }

  @Test
  void wideHoleOverTheMouth_isOfTheFace() {
    Mask mouth = hole(85, 110, 30, 16);
    assertThat(FacePart.of(mouth, FACE)).contains(mouth);
  }

  @Test
  void strokeOverTheEyes_isNot() {
    assertThat(FacePart.of(hole(60, 80, 80, 8), FACE)).isEmpty();
    assertThat(FacePart.of(hole(60, 80, 80, 9), FACE)).isPresent();
  }

  @Test
  void strokeOverASmallFace_isIfItHidesAnEye() {
    Square small = new Square(90, 90, 40);
    assertThat(FacePart.of(hole(95, 98, 30, 8), small)).isPresent();
    assertThat(FacePart.of(hole(95, 98, 30, 7), small)).isEmpty();
  }

  @Test
  void featuresOfAWholeFace_areNotCopiedBesideIt() {
    Mask beside = hole(150, 40, 40, 120);
    Mask features = FacePart.notToCopy(beside, List.of(FACE), List.of()).orElseThrow();
    // An oval around (100, 102), 32 pixels to the sides and 38 up and down.
    assertThat(features.isHole(83, 84)).isTrue();
    assertThat(features.isHole(100, 118)).isTrue();
    assertThat(features.isHole(100, 62)).isFalse();
    assertThat(features.isHole(66, 102)).isFalse();
    assertThat(features.holeCount()).isBetween(3780, 3860);
    // What is missing in its features needs its own skin.
    assertThat(FacePart.notToCopy(hole(85, 110, 10, 10), List.of(FACE), List.of())).isEmpty();
    assertThat(FacePart.notToCopy(beside, List.of(), List.of())).isEmpty();
    assertThat(FacePart.notToCopy(beside, List.of(new Square(300, 300, 50)), List.of())).isEmpty();
  }

  @Test
  void faceThatIsCompletedAfterwards_isNotCopiedAtAll() {
    Mask across = hole(85, 110, 80, 10);
    Mask face = FacePart.notToCopy(across, List.of(FACE), List.of(FACE)).orElseThrow();
    // The oval around (100, 100), 42 pixels to the sides and 50 up and down.
    assertThat(face.isHole(60, 100)).isTrue();
    assertThat(face.isHole(100, 52)).isTrue();
    assertThat(face.isHole(56, 100)).isFalse();
    assertThat(face.holeCount()).isBetween(6540, 6650);
  }

  @Test
  void holeInTheHair_isNot() {
    assertThat(FacePart.of(hole(60, 30, 80, 30), FACE)).isEmpty();
  }

  @Test
  void holeBesideTheFace_isNot() {
    assertThat(FacePart.of(hole(0, 50, 55, 100), FACE)).isEmpty();
    assertThat(FacePart.of(hole(170, 170, 30, 30), FACE)).isEmpty();
    assertThat(FacePart.of(hole(0, 0, 20, 20), new Square(300, 300, 50))).isEmpty();
  }

  @Test
  void holeAcrossTheFacesEdge_isDividedAtTheOval() {
    Mask hole = hole(100, 80, 90, 40);
    Mask part = FacePart.of(hole, FACE).orElseThrow();
    // The middle row of the oval ends at 100 + 42.
    assertThat(part.isHole(100, 99)).isTrue();
    assertThat(part.isHole(141, 99)).isTrue();
    assertThat(part.isHole(142, 99)).isFalse();
    assertThat(part.holeBits()).satisfies(bits -> bits.andNot(hole.holeBits()));
    assertThat(part.holeCount()).isBetween(1500, 1680);
  }

  /** Letters that touch a blot, and a hole in the same oval that hides no feature. */
  @Test
  void thinAndFarParts_stayWithTheRest() {
    Mask hole =
        Mask.of(
            200,
            200,
            (x, y) ->
                (x >= 85 && x < 115 && y >= 110 && y < 126)
                    || (y == 115 && x >= 60 && x < 140)
                    || (x >= 95 && x < 105 && y >= 50 && y < 60));
    Mask part = FacePart.of(hole, FACE).orElseThrow();
    assertThat(part.isHole(100, 118)).isTrue();
    assertThat(part.isHole(117, 115)).isTrue();
    assertThat(part.isHole(119, 115)).isFalse();
    assertThat(part.isHole(100, 55)).isFalse();
  }

  @Test
  void mayBe_stripesAndLetters_areNot() {
    assertThat(FacePart.mayBe(hole(0, 0, 0, 0))).isFalse();
    assertThat(FacePart.mayBe(hole(10, 10, 150, 15))).isFalse();
    // The letter L, of strokes of 12 pixels.
    assertThat(
            FacePart.mayBe(
                Mask.of(
                    200,
                    200,
                    (x, y) -> x >= 50 && y >= 50 && x < 90 && y < 100 && (x < 62 || y >= 88))))
        .isFalse();
  }

  @Test
  void mayBe_wideHolesAndBlots_are() {
    assertThat(FacePart.mayBe(hole(10, 10, 16, 16))).isTrue();
    assertThat(FacePart.mayBe(hole(10, 10, 12, 12))).isTrue();
    assertThat(FacePart.mayBe(hole(10, 10, 11, 12))).isFalse();
    assertThat(FacePart.mayBe(hole(10, 10, 30, 10))).isTrue();
    // The mouth of a face of 60 pixels, among letters.
    assertThat(
            FacePart.mayBe(
                Mask.of(
                    200,
                    200,
                    (x, y) ->
                        Math.hypot((x - 100) / 11.0, (y - 100) / 7.5) <= 1 || (y == 20 && x > 9))))
        .isTrue();
  }
}
