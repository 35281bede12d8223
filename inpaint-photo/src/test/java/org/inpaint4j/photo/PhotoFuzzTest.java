package org.inpaint4j.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.inpaint4j.FillMap;
import org.inpaint4j.InpaintRequest;
import org.inpaint4j.InpaintResult;
import org.inpaint4j.Inpainter;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.inpaint4j.patch.MixedFill;
import org.inpaint4j.patch.PatchFill;
import org.inpaint4j.patch.PatchOptions;
import org.inpaint4j.patch.SourceTurns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Photographs of random sizes and types with holes of every kind: each gives a right picture or one
 * sentence. {@code -Dinpaint4j.fuzz=200} tries 200 of up to 3000x2000 pixels; a build tries 60
 * small ones.
 */
class PhotoFuzzTest {

  private static final int COUNT = Integer.getInteger("inpaint4j.fuzz", 60);
  private static final boolean LARGE = Integer.getInteger("inpaint4j.fuzz") != null;

  private static final int[] TYPES = {
    BufferedImage.TYPE_INT_RGB,
    BufferedImage.TYPE_3BYTE_BGR,
    BufferedImage.TYPE_BYTE_GRAY,
    BufferedImage.TYPE_USHORT_GRAY,
    BufferedImage.TYPE_INT_ARGB,
    BufferedImage.TYPE_4BYTE_ABGR_PRE,
    BufferedImage.TYPE_USHORT_565_RGB,
    BufferedImage.TYPE_BYTE_INDEXED,
  };

  private static final List<String> HOLES =
      List.of(
          "disc",
          "rectangle",
          "strokes",
          "noise",
          "frame",
          "half",
          "all but one",
          "all",
          "nothing",
          "one",
          "chequered",
          "all kinds");

  private static final List<String> SOURCES =
      List.of("any", "any", "half", "none", "a dot", "dots");

  private record Case(Size size, int type, String hole, String sources, Random random) {

    static Case of(int seed) {
      Random random = new Random(seed);
      Size size = new Size(side(random, LARGE ? 3000 : 120), side(random, LARGE ? 2000 : 90));
      return new Case(
          size,
          TYPES[random.nextInt(TYPES.length)],
          HOLES.get(seed % HOLES.size()),
          SOURCES.get(random.nextInt(SOURCES.size())),
          random);
    }

    /** From 1 on, as many of each order of magnitude. */
    private static int side(Random random, int most) {
      return (int) Math.ceil(Math.exp(random.nextDouble() * Math.log(most)));
    }

    BufferedImage image() {
      BufferedImage image = new BufferedImage(size.width(), size.height(), type);
      double fx = random.nextDouble() * 0.4;
      double fy = random.nextDouble() * 0.4;
      int grain = 1 + random.nextInt(60);
      for (int y = 0; y < size.height(); y++) {
        for (int x = 0; x < size.width(); x++) {
          int level = (int) (90 + 50 * Math.sin(fx * x + fy * y)) + random.nextInt(grain);
          image.setRGB(x, y, 0xff000000 | level << 16 | (level / 2 + 40) << 8 | (200 - level / 2));
        }
      }
      return image;
    }

    Mask mask() {
      int w = size.width();
      int h = size.height();
      int cx = random.nextInt(w);
      int cy = random.nextInt(h);
      int r = 1 + random.nextInt(1 + Math.min(LARGE ? 300 : 40, Math.max(w, h) / 2));
      double share = random.nextDouble();
      BitSet noise = new BitSet();
      for (int i = 0; i < w * h; i++) {
        noise.set(i, random.nextDouble() < share);
      }
      return switch (hole) {
        case "disc" -> Mask.of(w, h, (x, y) -> Math.hypot(x - cx, y - cy) <= r);
        case "rectangle" ->
            Mask.of(w, h, (x, y) -> Math.abs(x - cx) < r && Math.abs(y - cy) < r / 2 + 1);
        case "strokes" ->
            Mask.of(w, h, (x, y) -> Math.floorMod(x + y, 23) < 3 || (x + cx) % 31 < 2);
        case "noise" -> Mask.of(size, noise);
        case "frame" ->
            Mask.of(w, h, (x, y) -> Math.min(Math.min(x, y), Math.min(w - x, h - y)) < r / 2);
        case "half" -> Mask.of(w, h, (x, y) -> x < w / 2);
        case "all but one" -> Mask.of(w, h, (x, y) -> x != cx || y != cy);
        case "all" -> Mask.of(w, h, (x, y) -> true);
        case "nothing" -> Mask.of(w, h, (x, y) -> false);
        case "one" -> Mask.of(w, h, (x, y) -> x == cx && y == cy);
        case "chequered" -> Mask.of(w, h, (x, y) -> (x / r + y / r) % 2 == 0);
        case "all kinds" ->
            Mask.of(
                w,
                h,
                (x, y) ->
                    (x < w / 3 && noise.get(y * w + x))
                        || (x > w / 2 && y % 17 < 4)
                        || Math.hypot(x - cx, y - cy) <= r);
        default -> throw new IllegalStateException(hole);
      };
    }

    Optional<Mask> sourceMask() {
      int w = size.width();
      int h = size.height();
      int dot = random.nextInt(w);
      return switch (sources) {
        case "any" -> Optional.empty();
        case "half" -> Optional.of(Mask.of(w, h, (x, y) -> x >= w / 2));
        case "none" -> Optional.of(Mask.of(w, h, (x, y) -> false));
        case "a dot" -> Optional.of(Mask.of(w, h, (x, y) -> x == dot && y == h / 2));
        case "dots" -> Optional.of(Mask.of(w, h, (x, y) -> x % 9 < 7 && y % 11 < 8));
        default -> throw new IllegalStateException(sources);
      };
    }

    PatchOptions options() {
      SourceTurns[] turns = SourceTurns.values();
      return PatchOptions.balanced().toBuilder()
          .turns(random.nextInt(3) == 0 ? turns[random.nextInt(turns.length)] : SourceTurns.NONE)
          .avoidsRepeats(random.nextInt(4) == 0)
          .patchSize(3 + 2 * random.nextInt(4))
          .reach(8 + random.nextInt(300))
          .build();
    }
  }

  @Test
  @Timeout(3600)
  void fill_anyPhotographAndHole_givesARightPictureOrOneSentence() {
    int filled = 0;
    int refused = 0;
    for (int seed = 0; seed < COUNT; seed++) {
      Case photo = Case.of(seed);
      String what = "seed " + seed + ": " + photo;
      BufferedImage image = photo.image();
      Mask mask = photo.mask();
      InpaintRequest request = InpaintRequest.of(image, mask).seed(seed);
      Optional<Mask> sources = photo.sourceMask();
      request = sources.map(request::sources).orElse(request);
      try (Inpainter inpainter =
          Photos.of(Optional.empty(), MixedFill.of(PatchFill.of(photo.options())))) {
        assertRight(inpainter.inpaint(request), image, mask, what);
        filled++;
      } catch (IllegalArgumentException e) {
        assertThat(e.getMessage())
            .as(what)
            .contains(" must ")
            .contains(": ")
            .doesNotContain("\n")
            .doesNotContain("Exception");
        // Nothing known, or sources that are given and hold no patch.
        boolean nothing = mask.holeCount() == mask.size().pixels();
        assertThat(nothing || sources.isPresent()).as(what + ": " + e.getMessage()).isTrue();
        refused++;
      }
    }
    assertThat(filled).isGreaterThan(COUNT / 2);
    assertThat(refused).isPositive();
  }

  private static void assertRight(
      InpaintResult result, BufferedImage image, Mask mask, String what) {
    boolean empty = mask.holeCount() == 0;
    assertThat(result.status())
        .as(what)
        .isEqualTo(empty ? FillStatus.NOTHING_TO_FILL : FillStatus.COMPLETED);
    BufferedImage filled = result.image();
    assertThat(Size.of(filled)).as(what).isEqualTo(Size.of(image));
    int[] least = {255, 255, 255};
    int[] most = new int[3];
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        if (!mask.isHole(x, y)) {
          int rgb = image.getRGB(x, y);
          if (filled.getRGB(x, y) != rgb) {
            assertThat(filled.getRGB(x, y)).as("%s at %s, %s", what, x, y).isEqualTo(rgb);
          }
          for (int c = 0; c < 3; c++) {
            least[c] = Math.min(least[c], (rgb >> (8 * c)) & 255);
            most[c] = Math.max(most[c], (rgb >> (8 * c)) & 255);
          }
        }
      }
    }
    BitSet hole = mask.holeBits();
    for (int i = hole.nextSetBit(0); i >= 0; i = hole.nextSetBit(i + 1)) {
      int rgb = filled.getRGB(i % mask.width(), i / mask.width());
      boolean right = rgb >>> 24 == 255;
      for (int c = 0; c < 3; c++) {
        int sample = (rgb >> (8 * c)) & 255;
        right &= sample >= least[c] - 1 && sample <= most[c] + 1;
      }
      if (!right) {
        assertThat(Integer.toHexString(rgb)).as("%s at %s", what, i).isEqualTo("a known level");
      }
    }
    BitSet seen = new BitSet();
    for (FillMap.Share share : result.map().shares()) {
      assertThat(seen.intersects(share.pixels().holeBits())).as(what).isFalse();
      seen.or(share.pixels().holeBits());
    }
    assertThat(seen).as(what).isEqualTo(hole);
  }
}
