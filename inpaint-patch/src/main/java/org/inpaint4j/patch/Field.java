package org.inpaint4j.patch;

import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.Seeds;

/**
 * Which source patch each target patch of a level looks like.
 *
 * <p>Targets are the patches that touch the hole, sources those that hold nothing but source
 * pixels; both lie in the picture as a whole. A place is a pixel of the box around all targets'
 * centres. The centre of a source is packed into an {@code int}, {@code y << 16 | x}.
 */
final class Field {

  /** The match of a place that is no target. */
  static final int NONE = -1;

  final Level level;

  /** Half the side of a patch, without its centre. */
  final int radius;

  final int left;
  final int top;
  final int width;
  final int height;

  /** For each place the packed centre of its source, or {@link #NONE}. */
  final int[] match;

  /** For each place what {@link PatchDistance} says of its match. */
  final float[] distance;

  /** For each place how far in the hole its centre lies, 0 outside. */
  final float[] depth;

  /** For each pixel of the level, whether it is the centre of a source. */
  final boolean[] valid;

  private final Repeats repeats;

  /** Matches that are not searched yet; a repeat costs so much, a sample. */
  Field(Level level, int radius, float repeatCost) {
    this.level = level;
    this.radius = radius;
    int w = level.width;
    int h = level.height;
    valid = whole(level.source, true, w, h, radius);
    Bounds box = level.box;
    int right = level.pictureWidth - 1 - radius;
    int bottom = level.pictureHeight - 1 - radius;
    left = clamp(box.x() - radius, radius, right);
    top = clamp(box.y() - radius, radius, bottom);
    width = clamp(box.x() + box.width() - 1 + radius, radius, right) - left + 1;
    height = clamp(box.y() + box.height() - 1 + radius, radius, bottom) - top + 1;
    match = new int[width * height];
    distance = new float[width * height];
    boolean[] known = whole(level.hole, false, w, h, radius);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        match[y * width + x] = known[(y + top) * w + x + left] ? NONE : 0;
      }
    }
    depth = depths();
    repeats = new Repeats(this, repeatCost);
  }

  /** What it costs that a source's surroundings are used beyond what is fair, a sample. */
  float repeated(int x, int y) {
    return repeats.at(x, y);
  }

  /** Counts again how often sources are used. */
  void recount() {
    repeats.count();
  }

  private static int clamp(int value, int least, int most) {
    return Math.max(least, Math.min(most, value));
  }

  /** The centres of patches in which all pixels have a value. */
  static boolean[] whole(boolean[] pixels, boolean value, int w, int h, int radius) {
    int side = 2 * radius + 1;
    boolean[] centres = new boolean[w * h];
    int[] below = new int[w];
    for (int y = 0; y < h; y++) {
      int run = 0;
      for (int x = 0; x < w; x++) {
        below[x] = pixels[y * w + x] == value ? below[x] + 1 : 0;
        run = below[x] >= side ? run + 1 : 0;
        if (run >= side) {
          centres[(y - radius) * w + x - radius] = true;
        }
      }
    }
    return centres;
  }

  /** Whether any patch of a size is a source. */
  static boolean hasSources(Level level, int radius) {
    if (Math.min(level.width, level.height) <= 2 * radius) {
      return false;
    }
    for (boolean centre : whole(level.source, true, level.width, level.height, radius)) {
      if (centre) {
        return true;
      }
    }
    return false;
  }

  private float[] depths() {
    float[] d = new float[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean hole = level.hole[(y + top) * level.width + x + left];
        d[y * width + x] = hole ? Float.MAX_VALUE : 0;
      }
    }
    for (int i = 0; i < d.length; i++) {
      d[i] = Math.min(d[i], nearest(d, i, -1));
    }
    for (int i = d.length - 1; i >= 0; i--) {
      d[i] = Math.min(d[i], nearest(d, i, 1));
    }
    return d;
  }

  /** The least distance by way of the neighbours that come before a place, or after it. */
  private float nearest(float[] d, int place, int step) {
    float diagonal = 1.4142135f;
    int x = place % width;
    int row = place + step * width;
    boolean beside = x + step >= 0 && x + step < width;
    boolean behind = x - step >= 0 && x - step < width;
    float least = beside ? d[place + step] + 1 : Float.MAX_VALUE;
    if (row >= 0 && row < d.length) {
      least = Math.min(least, d[row] + 1);
      least = beside ? Math.min(least, d[row + step] + diagonal) : least;
      least = behind ? Math.min(least, d[row - step] + diagonal) : least;
    }
    return least;
  }

  boolean isSource(int packed) {
    int x = packed & 0xffff;
    int y = packed >> 16;
    return x < level.width && y >= 0 && y < level.height && valid[y * level.width + x];
  }

  /** Some source, which depends on a number alone: the next one after a pixel drawn by it. */
  int draw(long number) {
    int first = (int) Long.remainderUnsigned(Seeds.split(number, 0), valid.length);
    for (int i = first; i < valid.length; i++) {
      if (valid[i]) {
        return ((i / level.width) << 16) | (i % level.width);
      }
    }
    for (int i = 0; i < first; i++) {
      if (valid[i]) {
        return ((i / level.width) << 16) | (i % level.width);
      }
    }
    throw new IllegalStateException("a field must have a source patch: found none");
  }

  /** Draws the match of every target. */
  void scatter(long seed) {
    for (int i = 0; i < match.length; i++) {
      if (match[i] != NONE) {
        match[i] = draw(Seeds.split(seed, i));
      }
    }
  }

  /** Takes over the matches of the level of half the size, the nearest that is a source here. */
  void from(Field coarse, long seed) {
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int i = y * width + x;
        if (match[i] == NONE) {
          continue;
        }
        match[i] = draw(Seeds.split(seed, i));
        distance[i] = Float.MAX_VALUE / 2;
        int least = Integer.MAX_VALUE;
        for (int dy = -2; dy <= 2; dy++) {
          for (int dx = -2; dx <= 2; dx++) {
            int far = dx * dx + dy * dy;
            int place = coarse.place(((x + left) >> 1) + dx, ((y + top) >> 1) + dy);
            if (far >= least || place < 0) {
              continue;
            }
            int m = coarse.match[place];
            int sx = 2 * ((m & 0xffff) - dx) + ((x + left) & 1);
            int sy = 2 * ((m >> 16) - dy) + ((y + top) & 1);
            if (sx >= 0 && sy >= 0 && isSource((sy << 16) | sx)) {
              least = far;
              match[i] = (sy << 16) | sx;
              distance[i] = coarse.distance[place];
            }
          }
        }
      }
    }
  }

  /** The place of a pixel, or -1 if no target has its centre there. */
  private int place(int x, int y) {
    boolean inside = x >= left && y >= top && x < left + width && y < top + height;
    int place = (y - top) * width + x - left;
    return inside && match[place] != NONE ? place : -1;
  }

  /** The mean over all targets of the distance, a sample. */
  double energy() {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < match.length; i++) {
      if (match[i] != NONE) {
        sum += distance[i];
        count++;
      }
    }
    int side = 2 * radius + 1;
    return sum / Math.max(1, count) / (side * side * level.channels);
  }

  /** Takes over what another field of the same level and patches has found. */
  void copy(Field other) {
    System.arraycopy(other.match, 0, match, 0, match.length);
    System.arraycopy(other.distance, 0, distance, 0, distance.length);
  }
}
