package org.inpaint4j.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.inpaint4j.files.PictureFile;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts that have a hand-computed answer. */
class SmallPartsTest {

  private static final String TYPE = "multipart/form-data; boundary=x1";

  @Test
  void multipart_twoParts_areReadByteForByte() {
    String first = "Content-Disposition: form-data; name=\"a\"; filename=\"f\"";
    String second = "Content-Disposition: form-data; name=\"b\"";
    String body =
        String.join(
            "\r\n", "--x1", first, "", "\0", "--x", "--x1", second, "", " 7 ", "--x1--", "");
    Multipart form = Multipart.read(TYPE, body.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(form.part("a").content())
        .isEqualTo("\0\r\n--x".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(form.text("b")).contains("7");
    assertThat(form.text("c")).isEmpty();
  }

  @Test
  void decoded_inUse_isShownToOthersAsItIsWithoutWaiting() throws Exception {
    Decoded decoded = new Decoded(PictureFile.read("a", "b", Samples.png(Samples.photo(20, 10))));
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Size seen =
          decoded.use(
              List.of(),
              file -> {
                // Whoever wants another state waits; those who come after do not.
                new Thread(() -> change(decoded)).start();
                Thread.sleep(50);
                return other
                    .submit(() -> decoded.use(List.of(), again -> Size.of(again.image())))
                    .get(20, TimeUnit.SECONDS);
              });
      assertThat(seen).isEqualTo(new Size(20, 10));
    } finally {
      other.shutdownNow();
    }
  }

  private static void change(Decoded decoded) {
    BufferedImage filled = Samples.photo(20, 10);
    BitSet one = new BitSet();
    one.set(3);
    HolePixels pixels = HolePixels.of(filled, Mask.of(new Size(20, 10), one));
    Layer layer =
        new Layer(
            "patch",
            new Region(0, 0, 20, 10),
            pixels,
            List.of(new Layer.Candidate(1, pixels, new byte[0], "patch", 0, List.of())),
            new MemoryBudget(1024).take(1, () -> false));
    try {
      decoded.use(List.of(layer), file -> file);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--x1",
        "--x1\r\n",
        "--x1\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nno end",
        "--x1\r\n\r\n\r\n--x1",
        "garbage"
      })
  void multipart_broken_isRefused(String body) {
    assertThatThrownBy(() -> Multipart.read(TYPE, body.getBytes(StandardCharsets.ISO_8859_1)))
        .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.status()).isEqualTo(400));
  }

  @Test
  void region_oddPart_coversAllThatShowsIt() {
    // A picture of 100 pixels shown by 30: pixel 13 is in column 3 (13 * 0.3 = 3.9), pixel 16 ends
    // at 5.1 and so reaches into column 5.
    Region region = Region.reduced(new Bounds(13, 0, 4, 10), new Size(100, 100), new Size(30, 30));
    assertThat(region).isEqualTo(new Region(3, 0, 3, 3));
    assertThat(region.full(new Size(100, 100), new Size(30, 30)))
        .isEqualTo(new Bounds(10, 0, 10, 10));
  }

  @Test
  void reduction_twoByTwo_isTheMean() {
    BufferedImage image = new BufferedImage(4, 2, BufferedImage.TYPE_3BYTE_BGR);
    int[] grays = {0, 100, 10, 10, 200, 100, 30, 30};
    for (int i = 0; i < grays.length; i++) {
      image.setRGB(i % 4, i / 4, grays[i] * 0x010101);
    }
    BufferedImage half = Reduction.of(image, new Bounds(0, 0, 4, 2), new Size(2, 1));
    assertThat(half.getRGB(0, 0)).isEqualTo(0xFF646464);
    assertThat(half.getRGB(1, 0)).isEqualTo(0xFF141414);
  }

  @Test
  void reduction_sixteenBits_endAtWhite() {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSample(0, 0, 0, 65_535);
    image.getRaster().setSample(1, 0, 0, 257);
    BufferedImage same = Reduction.of(image, new Bounds(0, 0, 2, 1), new Size(2, 1));
    assertThat(same.getRaster().getSample(0, 0, 0)).isEqualTo(255);
    assertThat(same.getRaster().getSample(1, 0, 0)).isEqualTo(1);
  }

  @Test
  void holePixels_putIntoAnotherPicture_changeTheHoleAlone() {
    BufferedImage from = Samples.photo(40, 30);
    BufferedImage into = new BufferedImage(40, 30, BufferedImage.TYPE_3BYTE_BGR);
    Mask hole = Mask.of(40, 30, (x, y) -> (x + 2 * y) % 5 == 0 && x > 6 && y > 3);
    HolePixels.of(from, hole).writeTo(into);
    for (int y = 0; y < 30; y++) {
      for (int x = 0; x < 40; x++) {
        int expected = hole.isHole(x, y) ? from.getRGB(x, y) : 0xFF000000;
        assertThat(into.getRGB(x, y)).isEqualTo(expected);
      }
    }
  }

  @Test
  void budget_othersCanGiveBack_areAskedUntilItFitsAndNotForMoreThanThereIs() {
    MemoryBudget budget = new MemoryBudget(100 * 1024);
    Deque<MemoryBudget.Share> others = new ArrayDeque<>();
    for (int i = 0; i < 3; i++) {
      others.add(budget.take(30 * 1024, () -> false));
    }
    BooleanSupplier room =
        () -> {
          if (others.isEmpty()) {
            return false;
          }
          others.remove().close();
          return true;
        };
    budget.take(50 * 1024, room);
    assertThat(others).hasSize(1);
    assertThatThrownBy(() -> budget.take(200 * 1024, room)).isInstanceOf(Refusal.class);
    assertThat(others).as("what can never fit takes nothing from others").hasSize(1);
  }

  @Test
  void openPictures_memoryIsWanted_givesTheOldestIdleOneAndKeepsTheLast() throws Exception {
    MemoryBudget budget = new MemoryBudget(100 * 1024);
    OpenPictures pictures = new OpenPictures(3);
    Desk desk = new Desk(1_000_000);
    byte[] png = Samples.png(Samples.photo(40, 30));
    List<OpenPicture> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Upload upload = new Upload(png, budget.take(20 * 1024, () -> false));
      OpenPicture picture = desk.open(upload, "a", false);
      all.add(picture);
      pictures.add(picture);
    }
    assertThat(pictures.picture(all.get(0).id())).isSameAs(all.get(0));
    assertThat(pictures.forgetOldest(TimeUnit.HOURS.toNanos(1))).isFalse();
    assertThat(pictures.forgetOldest(0)).isTrue();
    assertThatThrownBy(() -> pictures.picture(all.get(1).id())).isInstanceOf(Refusal.class);
    assertThat(pictures.forgetOldest(0)).isTrue();
    assertThat(pictures.forgetOldest(0)).isFalse();
    assertThat(pictures.picture(all.get(0).id())).isSameAs(all.get(0));
    assertThat(budget.free()).isBetween(79 * 1024L, 80 * 1024L);
  }

  @Test
  void budget_everythingTaken_refusesUntilItIsGivenBack() {
    MemoryBudget budget = new MemoryBudget(100 * 1024);
    MemoryBudget.Share share = budget.take(90 * 1024, () -> false);
    assertThatThrownBy(() -> budget.take(20 * 1024, () -> false))
        .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.status()).isEqualTo(429));
    share.close();
    share.close();
    assertThat(budget.free()).isEqualTo(100 * 1024);
  }

  @Test
  void options_otherAddressWithoutToken_isRefused() {
    StudioOptions.Builder open = StudioOptions.local().toBuilder().host("0.0.0.0");
    assertThatThrownBy(open::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("token");
    assertThat(open.token("abcdefghijklmnop").build().host()).isEqualTo("0.0.0.0");
  }

  @Test
  void json_brokenOrOfAnotherKind_isRefused() {
    for (String text : new String[] {"[", "[1]", "7", "{\"a\":"}) {
      assertThatThrownBy(() -> Json.object(text.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.status()).isEqualTo(400));
    }
    assertThat(Json.of(Map.of("error", "no"))).isEqualTo("{\"error\":\"no\"}");
  }
}
