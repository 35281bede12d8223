package org.inpaint4j.patch;

/**
 * The other first filling of the coarsest level: about smooth, by some rounds of Gauss-Seidel on
 * Laplace's equation. It is a start, and need not be exact.
 */
final class SmoothStart {

  private static final int MOST_ROUNDS = 400;

  private SmoothStart() {}

  static void fill(Level level) {
    int depth = Math.min(100, level.depth());
    int rounds = Math.min(MOST_ROUNDS, 4 * depth * depth);
    relax(level, level.pixels, level.channels, rounds);
    relax(level, level.texture, Texture.FEATURES, rounds);
  }

  private static void relax(Level level, float[] p, int channels, int rounds) {
    int w = level.width;
    int right = level.box.x() + level.box.width();
    int bottom = level.box.y() + level.box.height();
    for (int round = 0; round < rounds; round++) {
      for (int y = level.box.y(); y < bottom; y++) {
        for (int x = level.box.x(); x < right; x++) {
          int i = y * w + x;
          for (int c = 0; c < channels && level.hole[i]; c++) {
            float sum = 0;
            int n = 0;
            if (x > 0) {
              sum += p[(i - 1) * channels + c];
              n++;
            }
            if (x + 1 < level.pictureWidth) {
              sum += p[(i + 1) * channels + c];
              n++;
            }
            if (y > 0) {
              sum += p[(i - w) * channels + c];
              n++;
            }
            if (y + 1 < level.pictureHeight) {
              sum += p[(i + w) * channels + c];
              n++;
            }
            p[i * channels + c] = sum / n;
          }
        }
      }
    }
  }
}
