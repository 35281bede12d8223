package org.inpaint4j.patch;

import java.util.ArrayList;
import java.util.List;

/** Coarse to fine. */
final class Synthesis {
  static final int RADIUS = Tune.i("radius", 3);
  static final int COARSE_ITER = Tune.i("coarseIter", 60);
  static final int FINE_ITER = Tune.i("fineIter", 2);
  static final int SWEEPS = Tune.i("sweeps", 3);
  static final float COARSEST = Tune.f("coarsest", 3);
  static final int RANDOMS = Tune.i("randoms", 12);

  private Synthesis() {}

  static void run(Level finest, Crew crew, long seed) {
    List<Level> levels = new ArrayList<>();
    levels.add(finest);
    float depth = depth(finest);
    while (depth > COARSEST) {
      Level next = levels.get(levels.size() - 1).half();
      if (Math.min(next.width, next.height) < 4 * RADIUS + 2 || new Field(next, RADIUS).centres.length < 50) {
        break;
      }
      levels.add(next);
      depth /= 2;
    }
    Field field = null;
    for (int l = levels.size() - 1; l >= 0; l--) {
      Level level = levels.get(l);
      int radius = l > levels.size() - 1 - Tune.i("smallLevels", 0) ? 2 : RADIUS;
      Field mine = new Field(level, radius);
      Vote vote = new Vote(mine, crew);
      Search search = new Search(mine, crew);
      if (field == null) {
        OnionPeel.run(mine, crew);
        for (int i = 0; i < mine.match.length; i++) {
          if (mine.match[i] != Field.NONE) {
            mine.match[i] = mine.centres[(int) Long.remainderUnsigned(Search.mix(seed + i * 77L), mine.centres.length)];
          }
        }
        search.refresh();
        for (int k = 0; k < 8; k++) {
          search.sweep(k % 2 == 0, Search.mix(seed + 1000 + k), 20);
        }
        search.shifts();
        vote.run(true, Vote.POWER);
      } else {
        mine.from(field, seed);
        search.shifts();
        vote.run(Tune.i("startMean", 1) > 0, Vote.POWER);
      }
      int t = levels.size() - 1;
      int n = t == 0 ? COARSE_ITER : Tune.i("linear", 1) > 0 ? Math.round(FINE_ITER + (COARSE_ITER - FINE_ITER) * (float) l / t) : Math.min(COARSE_ITER, Math.round(FINE_ITER * (float) Math.pow(Tune.f("iterGrow", 3), l)));
      for (int k = 0; k < n; k++) {
        search.refresh();
        for (int s = 0; s < SWEEPS; s++) {
          search.sweep((k * SWEEPS + s) % 2 == 0, Search.mix(seed + 31L * (l * 100 + k) + s), RANDOMS);
        }
        search.shifts();
        vote.run(k < n - Tune.i("modeEnd", 0), Vote.POWER * (float) Math.pow(Tune.f("powerRamp", 1), (float) k / n));
      }
      if (Tune.i("verbose", 0) > 0) {
        System.err.printf("level %d %dx%d energy %.5f%n", l, level.width, level.height, mine.energy());
      }
      if (l == 0) {
        search.refresh();
        search.sweep(true, seed + 5, 4);
        search.shifts();
        vote.run(false, Tune.f("lastPower", 1));
        if (Tune.i("seams", 1) > 0) {
          Seams.hide(level, vote.label, crew);
        }
      }
      field = mine;
    }
  }

  static float depth(Level level) {
    int w = level.width;
    int h = level.height;
    float[] d = new float[w * h];
    float max = 0;
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        int i = y * w + x;
        d[i] = !level.hole[i] ? 0 : 1 + Math.min(x > 0 ? d[i - 1] : 1e6f, y > 0 ? d[i - w] : 1e6f);
      }
    }
    for (int y = h - 1; y >= 0; y--) {
      for (int x = w - 1; x >= 0; x--) {
        int i = y * w + x;
        d[i] = Math.min(d[i], 1 + Math.min(x + 1 < w ? d[i + 1] : 1e6f, y + 1 < h ? d[i + w] : 1e6f));
        max = Math.max(max, d[i]);
      }
    }
    return Math.min(max, Math.max(w, h));
  }
}
