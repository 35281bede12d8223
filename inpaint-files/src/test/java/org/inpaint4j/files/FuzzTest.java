package org.inpaint4j.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Files of all formats, changed and cut at random: each gives a picture or one sentence. {@code
 * -Dinpaint4j.fuzz=1000} tries ten times as many as a build does.
 */
class FuzzTest {

  private static final int COUNT = Integer.getInteger("inpaint4j.fuzz", 100);

  private static final List<String> MORE =
      List.of("ori6.jpg", "icc_wide.jpg", "sq3.webp", "photo.png", "rgba.png", "gray16.png");

  @Test
  @Timeout(600)
  void read_changedFiles_giveAPictureOrOneSentence() throws IOException {
    List<Resources.Kind> kinds = Resources.kinds();
    int read = 0;
    int refused = 0;
    for (int seed = 0; seed < COUNT; seed++) {
      Random random = new Random(seed);
      int index = seed % (kinds.size() + MORE.size());
      String name =
          index < MORE.size() ? MORE.get(index) : "kinds/" + kinds.get(index - MORE.size()).name();
      byte[] file = changed(Resources.bytes(name), random);
      try {
        PictureFile picture = PictureFile.read("the photo", name, file);
        long pixels = (long) picture.image().getWidth() * picture.image().getHeight();
        assertThat(pixels).as("%s, seed %s", name, seed).isPositive();
        // What can be read can be written.
        assertThat(picture.toBytes(PictureFormat.TIFF)).isNotEmpty();
        read++;
      } catch (PictureException e) {
        assertThat(e.getMessage())
            .as("%s, seed %s", name, seed)
            .startsWith("the photo must ")
            .doesNotContain("\n")
            .doesNotContain("Exception");
        refused++;
      }
    }
    assertThat(read + refused).isEqualTo(COUNT);
    assertThat(refused).isGreaterThan(COUNT / 4);
  }

  private static byte[] changed(byte[] file, Random random) {
    if (random.nextInt(4) == 0) {
      return Arrays.copyOf(file, 1 + random.nextInt(file.length - 1));
    }
    byte[] changed = file.clone();
    for (int i = 1 + random.nextInt(8); i > 0; i--) {
      int at = random.nextInt(random.nextBoolean() ? file.length : Math.min(file.length, 200));
      changed[at] =
          (byte) (random.nextBoolean() ? random.nextInt() : random.nextBoolean() ? 255 : 0);
    }
    return changed;
  }
}
