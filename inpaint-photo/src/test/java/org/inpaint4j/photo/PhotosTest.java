package org.inpaint4j.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.inpaint4j.FillMap;
import org.inpaint4j.Framing;
import org.inpaint4j.InpaintModel;
import org.inpaint4j.InpaintRequest;
import org.inpaint4j.InpaintResult;
import org.inpaint4j.Inpainter;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Square;
import org.inpaint4j.model.Models;
import org.inpaint4j.model.ShippedModel;
import org.inpaint4j.patch.MixedFill;
import org.inpaint4j.patch.PatchFill;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Any photo, on the portrait of the demo: its face is about (146, 122) to (353, 329). */
class PhotosTest {

  private static final int WIDTH = 480;
  private static final int HEIGHT = 600;

  private static BufferedImage portrait;
  private static Counted model;
  private static Inpainter inpainter;

  /** The shipped model, and how often it was loaded. */
  private static final class Counted implements ShippedModel {
    int loads;

    @Override
    public String name() {
      return "counted";
    }

    @Override
    public String subject() {
      return "faces";
    }

    @Override
    public InpaintModel load() {
      loads++;
      return Models.named("facecompletion");
    }
  }

  @BeforeAll
  static void open() throws IOException {
    portrait =
        ImageIO.read(
            Path.of("../inpaint-cli/src/main/resources/org/inpaint4j/cli/portrait.jpg").toFile());
    model = new Counted();
    inpainter = Photos.of(Optional.of(model), MixedFill.of(PatchFill.create()));
  }

  @AfterAll
  static void close() {
    inpainter.close();
  }

  private static boolean mouth(int x, int y) {
    return Math.hypot((x - 248) / 42.0, (y - 268) / 24.0) <= 1;
  }

  private static boolean flag(int x, int y) {
    return x >= 20 && x < 50 && y >= 40 && y < 75;
  }

  private static Mask mask(Mask.Test hole) {
    return Mask.of(WIDTH, HEIGHT, hole);
  }

  private static List<String> fillers(InpaintResult result) {
    return result.map().shares().stream().map(FillMap.Share::filler).toList();
  }

  private static void assertWhole(InpaintResult result, Mask hole) {
    BitSet seen = new BitSet();
    for (FillMap.Share share : result.map().shares()) {
      assertThat(seen.intersects(share.pixels().holeBits())).isFalse();
      seen.or(share.pixels().holeBits());
    }
    assertThat(seen).isEqualTo(hole.holeBits());
    int changed = 0;
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      boolean same =
          result.image().getRGB(i % WIDTH, i / WIDTH) == portrait.getRGB(i % WIDTH, i / WIDTH);
      changed += same ? 0 : 1;
      assertThat(same || seen.get(i)).isTrue();
    }
    assertThat(changed).isGreaterThan(hole.holeCount() / 2);
  }

  @Test
  void faceAndObject_eachHasItsFiller_andTheSameBytesTwice() {
    Mask hole = mask((x, y) -> mouth(x, y) || flag(x, y) || (y == 560 && x < 300));
    InpaintRequest request = InpaintRequest.of(portrait, hole).seed(3);
    InpaintResult result = inpainter.inpaint(request);
    assertThat(fillers(result)).containsExactly("thin fill", "patches", "counted");
    assertThat(result.map().filler(248, 268)).contains("counted");
    assertThat(result.map().filler(35, 60)).contains("patches");
    assertThat(result.map().filler(100, 560)).contains("thin fill");
    assertThat(result.map().filler(0, 0)).isEmpty();
    assertThat(result.map().fraction("patches")).isEqualTo(30.0 * 35 / hole.holeCount());
    assertWhole(result, hole);
    assertThat(result.warnings()).isEmpty();
    assertThat(result.status()).isEqualTo(FillStatus.COMPLETED);
    assertThat(result.parts()).hasSize(2);
    assertThat(result.parts().get(1).framed().orElseThrow().score().orElseThrow())
        .isGreaterThan(0.8);
    assertThat(result.provenance().filler()).containsKey("counted network");
    InpaintResult again = inpainter.inpaint(request);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      assertThat(again.image().getRGB(i % WIDTH, i / WIDTH))
          .isEqualTo(result.image().getRGB(i % WIDTH, i / WIDTH));
    }
    assertThat(model.loads).isEqualTo(1);
  }

  @Test
  void holeBesideTheFace_needsNoModel() {
    Counted unused = new Counted();
    Mask hole = mask(PhotosTest::flag);
    try (Inpainter other = Photos.of(Optional.of(unused), MixedFill.of(PatchFill.create()))) {
      InpaintResult result = other.inpaint(portrait, hole);
      assertThat(fillers(result)).containsExactly("patches");
      assertThat(result.warnings()).isEmpty();
      assertWhole(result, hole);
    }
    assertThat(unused.loads).isZero();
  }

  @Test
  void strokesOnTheFace_stayWithTheThinFill() {
    Counted unused = new Counted();
    Mask hole = mask((x, y) -> x >= 170 && x < 330 && (y % 40 < 6) && y >= 140 && y < 330);
    try (Inpainter other = Photos.of(Optional.of(unused), MixedFill.of(PatchFill.create()))) {
      InpaintResult result = other.inpaint(portrait, hole);
      assertThat(fillers(result)).containsExactly("thin fill");
      assertWhole(result, hole);
    }
    assertThat(unused.loads).isZero();
  }

  @Test
  void faceSeenInAChequeredPicture_scatteredPixelsAreFilledAndCopied() {
    Square square = new Square(146, 122, 207);
    Mask hole = mask(PhotosTest::flag);
    Mask face = FacePart.notToCopy(hole, List.of(square), List.of()).orElseThrow();
    // Outside of the face, where nothing should be copied, only lone pixels are known.
    Mask chequered = mask((x, y) -> hole.isHole(x, y) || ((x + y) % 2 == 0 && !face.isHole(x, y)));
    InpaintResult result =
        inpainter.inpaint(InpaintRequest.of(portrait, chequered).framing(Framing.square(square)));
    assertThat(fillers(result)).contains("fill of scattered pixels", "patches");
    assertThat(result.status()).isEqualTo(FillStatus.COMPLETED);
    assertWhole(result, chequered);
  }

  @Test
  void noModelOfFaces_patchesFillTheFace() {
    Mask hole = mask(PhotosTest::mouth);
    try (Inpainter other = Photos.of(Optional.empty(), MixedFill.of(PatchFill.create()))) {
      InpaintResult result = other.inpaint(portrait, hole);
      assertThat(fillers(result)).contains("patches").doesNotContain("counted");
      assertThat(other.isConcurrent()).isTrue();
      assertWhole(result, hole);
    }
  }

  @Test
  void automatic_takesTheModelOfOnePass() {
    Mask hole = mask(PhotosTest::mouth);
    try (Inpainter automatic = Photos.automatic()) {
      assertThat(automatic.provenance().filler()).containsEntry("faces", "facecompletion");
      InpaintResult result = automatic.inpaint(portrait, hole);
      assertThat(fillers(result)).containsExactly("facecompletion");
      assertWhole(result, hole);
    }
  }

  @Test
  void framingOfTheRequest_isTheFace() {
    Mask hole = mask(PhotosTest::mouth);
    Square square = new Square(146, 122, 207);
    InpaintResult result =
        inpainter.inpaint(InpaintRequest.of(portrait, hole).framing(Framing.square(square)));
    assertThat(result.parts().get(0).square()).contains(square);
    assertThat(fillers(result)).containsExactly("counted");
  }

  @Test
  void cancelled_returnsAWholePictureAndSaysSo() {
    Mask hole = mask((x, y) -> mouth(x, y) || flag(x, y));
    List<Integer> steps = new ArrayList<>();
    InpaintResult result =
        inpainter.inpaint(
            InpaintRequest.of(portrait, hole)
                .onProgress(
                    progress -> {
                      steps.add(progress.step());
                      assertThat(progress.step()).isBetween(1, progress.steps());
                      if (steps.size() == 2) {
                        progress.cancel();
                      }
                    }));
    assertThat(steps).hasSize(2).isSorted();
    assertThat(result.status()).isEqualTo(FillStatus.CANCELLED);
    assertWhole(result, hole);
  }

  @Test
  void interrupted_returnsAWholePictureWithoutLookingForFaces() {
    Mask hole = mask(PhotosTest::mouth);
    Thread.currentThread().interrupt();
    InpaintResult result = inpainter.inpaint(portrait, hole);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(result.status()).isEqualTo(FillStatus.CANCELLED);
    assertThat(fillers(result)).doesNotContain("counted");
    assertWhole(result, hole);
  }

  @Test
  void candidates_differ() {
    Mask hole = mask((x, y) -> mouth(x, y) || flag(x, y));
    List<InpaintResult> candidates =
        inpainter.inpaint(InpaintRequest.of(portrait, hole).candidates(2)).candidates();
    assertThat(candidates).hasSize(2);
    candidates.forEach(candidate -> assertWhole(candidate, hole));
    boolean differ = false;
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      int x = i % WIDTH;
      int y = i / WIDTH;
      differ |= candidates.get(0).image().getRGB(x, y) != candidates.get(1).image().getRGB(x, y);
    }
    assertThat(differ).isTrue();
  }
}
