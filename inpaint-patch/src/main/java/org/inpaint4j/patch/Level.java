package org.inpaint4j.patch;

import org.inpaint4j.image.Bounds;
import org.jspecify.annotations.Nullable;

/** The picture around a hole at one resolution, and what is thought of the hole so far. */
final class Level {

  /** Weights of the four pixels along one axis that make one of half the resolution. */
  private static final float[] TAPS = {1, 3, 3, 1};

  /** Of all that is searched: the picture, and turned copies beside it if there are any. */
  final int width;

  final int height;

  /** Of the picture itself, which is at the upper left. */
  final int pictureWidth;

  final int pictureHeight;

  final int channels;

  /** Interleaved: {@code (y * width + x) * channels + c}. In the hole: what is thought so far. */
  final float[] pixels;

  /** {@link Texture#FEATURES} a pixel, interleaved; in the hole as {@link #pixels}. */
  final float[] texture;

  final boolean[] hole;

  /** Whether a pixel is known, and allowed as a source. */
  final boolean[] source;

  /** How many times the finest level was halved. */
  final int halvings;

  /** The smallest rectangle that holds the hole. */
  final Bounds box;

  /** Where the turned copies are. */
  private final @Nullable TurnedCopies copies;

  Level(
      int halvings,
      int width,
      int height,
      float[] pixels,
      float[] texture,
      boolean[] hole,
      boolean[] source) {
    this.halvings = halvings;
    this.width = width;
    this.height = height;
    this.channels = pixels.length / (width * height);
    this.pixels = pixels;
    this.texture = texture;
    this.hole = hole;
    this.source = source;
    this.box = box(hole, width, height);
    pictureWidth = width;
    pictureHeight = height;
    copies = null;
  }

  /** A level with turned copies of its picture beside it. */
  Level(
      Level picture,
      TurnedCopies copies,
      int width,
      int height,
      float[] pixels,
      float[] texture,
      boolean[] hole,
      boolean[] source) {
    this.halvings = picture.halvings;
    this.width = width;
    this.height = height;
    this.channels = picture.channels;
    this.pixels = pixels;
    this.texture = texture;
    this.hole = hole;
    this.source = source;
    this.box = picture.box;
    this.copies = copies;
    pictureWidth = picture.width;
    pictureHeight = picture.height;
  }

  /** The packed pixel of the picture that a packed pixel is a copy of. */
  int home(int packed) {
    return copies == null ? packed : copies.home(packed);
  }

  /** Whether a pixel's samples are known: all but the hole, and what is no copy of known pixels. */
  boolean isKnown(int x, int y) {
    int i = y * width + x;
    boolean isPicture = x < pictureWidth && y < pictureHeight;
    return isPicture ? !hole[i] : source[i];
  }

  private static Bounds box(boolean[] hole, int width, int height) {
    int left = width;
    int right = -1;
    int top = height;
    int bottom = -1;
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++, i++) {
        if (hole[i]) {
          left = Math.min(left, x);
          right = Math.max(right, x);
          top = Math.min(top, y);
          bottom = y;
        }
      }
    }
    return new Bounds(left, top, right + 1 - left, bottom + 1 - top);
  }

  /**
   * Half the resolution. Means are of known pixels alone; a pixel is hole, or no source, as soon as
   * one of its four is.
   */
  Level half() {
    int w = (width + 1) / 2;
    int h = (height + 1) / 2;
    int features = Texture.FEATURES;
    boolean[] coarseHole = new boolean[w * h];
    boolean[] coarseSource = new boolean[w * h];
    float[] p = new float[w * h * channels];
    float[] t = new float[w * h * features];
    for (int y = 0, i = 0; y < h; y++) {
      for (int x = 0; x < w; x++, i++) {
        boolean allSource = true;
        float weight = 0;
        for (int v = Math.max(0, 2 * y - 1); v <= Math.min(height - 1, 2 * y + 2); v++) {
          for (int u = Math.max(0, 2 * x - 1); u <= Math.min(width - 1, 2 * x + 2); u++) {
            int j = v * width + u;
            if (u >> 1 == x && v >> 1 == y) {
              coarseHole[i] |= hole[j];
              allSource &= source[j];
            }
            if (hole[j]) {
              continue;
            }
            float a = TAPS[v - 2 * y + 1] * TAPS[u - 2 * x + 1];
            weight += a;
            for (int c = 0; c < channels; c++) {
              p[i * channels + c] += a * pixels[j * channels + c];
            }
            for (int f = 0; f < features; f++) {
              t[i * features + f] += a * texture[j * features + f];
            }
          }
        }
        coarseSource[i] = allSource;
        float scale = weight > 0 ? 1 / weight : 0;
        for (int c = 0; c < channels; c++) {
          p[i * channels + c] *= scale;
        }
        for (int f = 0; f < features; f++) {
          t[i * features + f] *= scale;
        }
      }
    }
    return new Level(halvings + 1, w, h, p, t, coarseHole, coarseSource);
  }

  /** The largest distance of a pixel of the hole to a known one, along rows and columns. */
  int depth() {
    int w = box.width();
    int h = box.height();
    int[] d = new int[w * h];
    int far = width + height;
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        if (!hole[(y + box.y()) * width + x + box.x()]) {
          continue;
        }
        int left = x > 0 ? d[y * w + x - 1] : box.x() > 0 ? 0 : far;
        int up = y > 0 ? d[(y - 1) * w + x] : box.y() > 0 ? 0 : far;
        d[y * w + x] = 1 + Math.min(left, up);
      }
    }
    int most = 0;
    for (int y = h - 1; y >= 0; y--) {
      for (int x = w - 1; x >= 0; x--) {
        int right = x + 1 < w ? d[y * w + x + 1] : box.x() + w < pictureWidth ? 0 : far;
        int down = y + 1 < h ? d[(y + 1) * w + x] : box.y() + h < pictureHeight ? 0 : far;
        d[y * w + x] = Math.min(d[y * w + x], 1 + Math.min(right, down));
        most = Math.max(most, d[y * w + x]);
      }
    }
    return most;
  }
}
