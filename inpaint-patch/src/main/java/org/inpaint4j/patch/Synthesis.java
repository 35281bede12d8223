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
    int nl = 0;
    while (nl < levels.size() - 1 && levels.get(nl).width * levels.get(nl).height > Tune.i("novelPixels", 5000)) {
      nl++;
    }
    Novelty novelty = Novelty.of(levels.get(nl), nl);
    Field field = null;
    for (int l = levels.size() - 1; l >= 0; l--) {
      Level level = levels.get(l);
      int radius = l > levels.size() - 1 - Tune.i("smallLevels", 0) ? 2 : RADIUS;
      Field mine = new Field(level, radius);
      Vote vote = new Vote(mine, crew);
      Search search = new Search(mine, crew, novelty, l);
      int t = levels.size() - 1;
      int n = t == 0 ? COARSE_ITER : Math.round(FINE_ITER + (COARSE_ITER - FINE_ITER) * (float) l / t);
      if (field == null) {
        int[] bestMatch = mine.match.clone();
        float[] bestDistance = mine.distance.clone();
        float[] bestPixels = level.pixels.clone();
        float[] bestTexture = level.texture.clone();
        double lowest = Double.MAX_VALUE;
        int starts = Tune.i("starts", 1);
        for (int start = 0; start < starts; start++) {
          if ((start + Tune.i("firstStart", 0)) % 2 == 0) {
            OnionPeel.run(mine, crew);
          } else {
            smooth(level);
          }
          for (int i = 0; i < mine.match.length; i++) {
            if (mine.match[i] != Field.NONE) {
              mine.match[i] = mine.centres[(int) Long.remainderUnsigned(Search.mix(seed + start * 1000003L + i * 77L), mine.centres.length)];
            }
          }
          search.refresh();
          for (int k = 0; k < 8; k++) {
            search.sweep(k % 2 == 0, Search.mix(seed + 1000 + k + 50L * start), 20);
          }
          search.shifts();
          vote.run(true, Vote.POWER);
          for (int k = 0; k < n; k++) {
            search.refresh();
            for (int sw = 0; sw < SWEEPS; sw++) {
              search.sweep((k * SWEEPS + sw) % 2 == 0, Search.mix(seed + 31L * (l * 100 + k) + sw + 7777L * start), RANDOMS);
            }
            search.shifts();
            vote.run(true, Vote.POWER);
          }
          double e = mine.energy();
          if (Tune.i("verbose", 0) > 0) {
            System.err.printf("start %d energy %.5f%n", start, e);
          }
          if (e < lowest) {
            lowest = e;
            bestMatch = mine.match.clone();
            bestDistance = mine.distance.clone();
            bestPixels = level.pixels.clone();
            bestTexture = level.texture.clone();
          }
        }
        System.arraycopy(bestMatch, 0, mine.match, 0, bestMatch.length);
        System.arraycopy(bestDistance, 0, mine.distance, 0, bestMatch.length);
        System.arraycopy(bestPixels, 0, level.pixels, 0, bestPixels.length);
        System.arraycopy(bestTexture, 0, level.texture, 0, bestTexture.length);
        dump(level, mine, l);
        if (t > 0) {
          field = mine;
          continue;
        }
        n = 0;
      } else {
        mine.from(field, seed);
        search.shifts();
        vote.run(Tune.i("startMean", 1) > 0, Vote.POWER);
      }
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
      dump(level, mine, l);
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

  static void dump(Level level, Field f, int l) {
    String to = System.getProperty("t.dump");
    if (to == null) return;
    java.awt.image.BufferedImage b = new java.awt.image.BufferedImage(level.width, level.height, 1);
    for (int i = 0; i < level.hole.length; i++) {
      int v = 0;
      for (int c = 0; c < 3; c++) v = v << 8 | Math.max(0, Math.min(255, Math.round(255 * level.pixels[i * 3 + c])));
      b.setRGB(i % level.width, i / level.width, v);
    }
    java.awt.image.BufferedImage d = new java.awt.image.BufferedImage(level.width, level.height, 1);
    for (int y = 0; y < f.height; y++) for (int x = 0; x < f.width; x++) {
      int m = f.match[y * f.width + x];
      if (m == -1) continue;
      d.setRGB(x + f.left, y + f.top, Math.min(255, (m & 0xffff) * 255 / level.width) << 16 | Math.min(255, (m >> 16) * 255 / level.height) << 8 | (int) Math.min(255, f.distance[y * f.width + x] * 40));
    }
    try {
      javax.imageio.ImageIO.write(b, "png", new java.io.File(to + "-" + l + ".png"));
      javax.imageio.ImageIO.write(d, "png", new java.io.File(to + "-" + l + "f.png"));
    } catch (java.io.IOException e) {
      throw new RuntimeException(e);
    }
  }

  static void smooth(Level level) {
    int w = level.width;
    int h = level.height;
    int ch = level.channels;
    for (int stride = 0; stride < 2; stride++) {
      float[] p = stride == 0 ? level.pixels : level.texture;
      int c = stride == 0 ? ch : 2;
      for (int it = 0; it < 400; it++) {
        for (int y = 0; y < h; y++) {
          for (int x = 0; x < w; x++) {
            int i = y * w + x;
            if (!level.hole[i]) continue;
            for (int q = 0; q < c; q++) {
              float s = 0;
              int n = 0;
              if (x > 0) { s += p[(i - 1) * c + q]; n++; }
              if (x + 1 < w) { s += p[(i + 1) * c + q]; n++; }
              if (y > 0) { s += p[(i - w) * c + q]; n++; }
              if (y + 1 < h) { s += p[(i + w) * c + q]; n++; }
              p[i * c + q] = s / n;
            }
          }
        }
      }
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
