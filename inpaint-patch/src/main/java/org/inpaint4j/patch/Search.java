package org.inpaint4j.patch;

import java.util.Arrays;
import org.inpaint4j.image.Seeds;

/**
 * Looks for better matches (Barnes et al. 2009): a sweep offers each target the sources beside
 * those of its neighbours, and some drawn around its own from ever smaller windows.
 *
 * <p>Rows are shared out in bands of a fixed height. A band sees its neighbours as they were before
 * the sweep, so the number of threads has no influence.
 */
final class Search {

  private static final int BAND = 16;

  private final Field field;
  private final Level level;
  private final PatchDistance distance;
  private final Crew crew;
  private final Progress progress;

  Search(Field field, PatchDistance distance, Crew crew, Progress progress) {
    this.field = field;
    this.level = field.level;
    this.distance = distance;
    this.crew = crew;
    this.progress = progress;
  }

  private int bands() {
    return (field.height + BAND - 1) / BAND;
  }

  /**
   * Measures the present matches again: to be called when pixels have changed. When cancelled, some
   * keep what was measured before.
   */
  void refresh() {
    field.recount();
    crew.run(
        bands(),
        progress,
        band -> {
          int end = Math.min(field.height, (band + 1) * BAND);
          for (int y = band * BAND; y < end; y++) {
            for (int x = 0; x < field.width; x++) {
              int i = y * field.width + x;
              if (field.match[i] != Field.NONE) {
                field.distance[i] =
                    distance.of(x + field.left, y + field.top, field.match[i], Float.MAX_VALUE);
              }
            }
          }
        });
  }

  /**
   * One sweep, or a part of it when cancelled.
   *
   * @param forward from the upper left, else from the lower right
   * @param seed of what is drawn
   * @param draws at most so many are drawn a target
   */
  void sweep(boolean forward, long seed, int draws) {
    int fw = field.width;
    int bands = bands();
    int[] edges = new int[bands * fw];
    Arrays.fill(edges, Field.NONE);
    for (int band = 0; band < bands; band++) {
      int y = forward ? band * BAND - 1 : (band + 1) * BAND;
      if (y >= 0 && y < field.height) {
        System.arraycopy(field.match, y * fw, edges, band * fw, fw);
      }
    }
    crew.run(bands, progress, band -> sweep(band, forward ? 1 : -1, seed, draws, edges));
  }

  private void sweep(int band, int step, long seed, int draws, int[] edges) {
    int fw = field.width;
    int from = band * BAND;
    int to = Math.min(field.height, from + BAND);
    int first = step > 0 ? from : to - 1;
    for (int y = first; y >= from && y < to; y += step) {
      for (int x = step > 0 ? 0 : fw - 1; x >= 0 && x < fw; x += step) {
        int i = y * fw + x;
        if (field.match[i] == Field.NONE) {
          continue;
        }
        if (x - step >= 0 && x - step < fw && field.match[i - step] != Field.NONE) {
          offer(i, x, y, field.match[i - step] + step);
        }
        int above = y == first ? edges[band * fw + x] : field.match[i - step * fw];
        if (above != Field.NONE) {
          offer(i, x, y, above + (step << 16));
        }
        draw(i, x, y, Seeds.split(seed, i), draws);
      }
    }
  }

  private void offer(int i, int x, int y, int source) {
    if (source == field.match[i] || !field.isSource(source)) {
      return;
    }
    float d = distance.of(x + field.left, y + field.top, source, field.distance[i]);
    if (d < field.distance[i]) {
      field.distance[i] = d;
      field.match[i] = source;
    }
  }

  private void draw(int i, int x, int y, long seed, int draws) {
    int w = level.width;
    int h = level.height;
    long z = seed;
    int span = Math.max(w, h);
    for (int k = 0; k < draws && span >= 1; k++, span >>= 1) {
      // A linear congruential step (Knuth's multiplier); its upper bits are good enough to look.
      z = z * 6364136223846793005L + 1442695040888963407L;
      int sx = (field.match[i] & 0xffff) - span + (int) (((z >>> 33) * (2L * span + 1)) >>> 31);
      z = z * 6364136223846793005L + 1442695040888963407L;
      int sy = (field.match[i] >> 16) - span + (int) (((z >>> 33) * (2L * span + 1)) >>> 31);
      if (sx >= 0 && sy >= 0 && sx < w && sy < h && field.valid[sy * w + sx]) {
        offer(i, x, y, (sy << 16) | sx);
      }
    }
  }
}
