package org.inpaint4j.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.inpaint4j.image.FillListener;
import org.junit.jupiter.api.Test;

class SearchTest {

  private static final int SIZE = 40;

  private static Level level() {
    Random random = new Random(3);
    float[] pixels = new float[SIZE * SIZE];
    boolean[] hole = new boolean[SIZE * SIZE];
    boolean[] source = new boolean[SIZE * SIZE];
    for (int i = 0; i < pixels.length; i++) {
      int x = i % SIZE;
      int y = i / SIZE;
      hole[i] = x >= 15 && x < 25 && y >= 12 && y < 30;
      source[i] = !hole[i];
      pixels[i] = (float) (Math.sin(x * 0.4) * Math.cos(y * 0.3) + 0.05 * random.nextDouble());
    }
    return new Level(0, SIZE, SIZE, pixels, Texture.of(pixels, hole, SIZE, SIZE), hole, source);
  }

  @Test
  void sweeps_smallField_findWhatBruteForceFinds() {
    Level level = level();
    Field field = new Field(level, 2, 0);
    PatchDistance distance = new PatchDistance(field, Novelty.of(level));
    double ratios = 0;
    try (Crew crew = new Crew(2)) {
      Search search = new Search(field, distance, crew, new Progress(FillListener.NONE));
      field.scatter(1);
      search.refresh();
      for (int k = 0; k < 40; k++) {
        search.sweep(k % 2 == 0, k, 12);
      }
    }
    int exact = 0;
    int targets = 0;
    for (int y = 0; y < field.height; y++) {
      for (int x = 0; x < field.width; x++) {
        int place = y * field.width + x;
        if (field.match[place] == Field.NONE) {
          continue;
        }
        float least = Float.MAX_VALUE;
        for (int i = 0; i < field.valid.length; i++) {
          if (field.valid[i]) {
            int packed = ((i / SIZE) << 16) | (i % SIZE);
            least =
                Math.min(
                    least, distance.of(x + field.left, y + field.top, packed, Float.MAX_VALUE));
          }
        }
        targets++;
        exact += field.distance[place] <= least ? 1 : 0;
        ratios += field.distance[place] / least;
        assertThat(field.isSource(field.match[place])).isTrue();
      }
    }
    // The search is random: nearly always the best source, and else one that is hardly worse.
    assertThat(ratios / targets).isLessThan(1.05);
    assertThat((double) exact / targets).isGreaterThan(0.75);
  }

  @Test
  void distance_handComputed_isTheSumOfSquares() {
    // 7x3 pixels, 3x3 patches: target around (5, 1), source around (1, 1), hole at (5, 1) alone.
    float[] pixels = new float[21];
    pixels[1] = 0.5f; // in the source, at (1, 0); the target has 0 there
    pixels[7 + 5] = 0.25f; // what is thought of the hole; the source has 0 there
    boolean[] hole = new boolean[21];
    hole[7 + 5] = true;
    boolean[] source = new boolean[21];
    for (int i = 0; i < 21; i++) {
      source[i] = !hole[i];
    }
    Level level = new Level(0, 7, 3, pixels, new float[42], hole, source);
    Field field = new Field(level, 1, 0);
    // Targets have their centres in columns 4 and 5, as far as whole patches go.
    assertThat(field.width).isEqualTo(2);
    assertThat(field.height).isEqualTo(1);
    float away = 16f / (field.width * field.width);
    float expected = 0.25f + 0.0625f + 0.005f * 9 * away / (1 + away);
    Novelty novelty = Novelty.of(level);
    float novel = 0.5f * 9 / 3 * novelty.at(1, 1, 0);
    assertThat(new PatchDistance(field, novelty).of(5, 1, (1 << 16) | 1, Float.MAX_VALUE))
        .isEqualTo(expected + novel, within(1e-5f));
  }

  @Test
  void distance_limitReached_isNotBelowIt() {
    Level level = level();
    Field field = new Field(level, 2, 0);
    PatchDistance distance = new PatchDistance(field, Novelty.of(level));
    float full = distance.of(20, 20, (5 << 16) | 5, Float.MAX_VALUE);
    assertThat(distance.of(20, 20, (5 << 16) | 5, full / 2)).isGreaterThanOrEqualTo(full / 2);
    assertThat(distance.of(20, 20, (5 << 16) | 5, full * 2)).isEqualTo(full);
  }
}
