package org.inpaint4j.patch;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.inpaint4j.image.Seeds;
import org.jspecify.annotations.Nullable;

/**
 * For each pixel of the hole the known pixel whose surroundings look most like its own, in the
 * picture or in its mirrored picture: PatchMatch (Barnes et al. 2009) over the planes of both.
 *
 * <p>A source is one number: the pixel, plus all pixels of the picture if it is of the mirrored
 * one. One thread, one order: the same bytes every time.
 */
final class DetailField {

  /** The source of a pixel that is not of the hole, or if there is no source at all. */
  static final int NONE = -1;

  /** Patches are 5x5 pixels, every second row and column. */
  private static final int TAPS = 2;

  private static final int STEP = 2;

  private static final int REACH = TAPS * STEP;

  /** A difference that counts as 1: of the luma below the band. */
  private static final float LOW = 0.08f;

  /** Alike, of the colours below the band. */
  private static final float COLOUR = 0.06f;

  /** The weight of the shapes, whose differences are about 1. */
  private static final float SHAPE = 0.5f;

  /** The cost of a quarter of the picture's longer side in distance. */
  private static final float FAR = 0.5f;

  /** Sweeps without a coarser field to begin with, and with one. */
  private static final int SWEEPS = 4;

  private static final int SWEEPS_AFTER_COARSER = 2;

  /** How far around its source a pixel draws at first, if there was a coarser field. */
  private static final int NEAR = 16;

  /** Pixels between two questions whether to go on: some milliseconds. */
  private static final int ASKED_EVERY = 4096;

  private final int width;
  private final int height;
  private final int pixels;
  private final DetailPlanes target;
  private final DetailPlanes[] sources;
  private final boolean[][] valid;
  private final int[] hole;
  private final float far;

  /** For each pixel its source, or {@link #NONE}. */
  final int[] match;

  /** For each pixel of the hole what its patch and that of its source differ by; 1 is much. */
  final float[] distance;

  /**
   * A field without matches.
   *
   * @param picture whose hole is matched
   * @param mirrored the same, mirrored
   * @param planes of both
   */
  DetailField(DetailPicture picture, DetailPicture mirrored, DetailPlanes... planes) {
    width = picture.width;
    height = picture.height;
    pixels = width * height;
    target = planes[0];
    sources = planes;
    valid =
        new boolean[][] {
          Field.whole(picture.known, true, width, height, REACH),
          Field.whole(mirrored.known, true, width, height, REACH)
        };
    hole = indices(picture.hole);
    double quarter = 0.25 * Math.max(width, height);
    far = (float) (FAR / (quarter * quarter));
    match = new int[pixels];
    distance = new float[pixels];
    Arrays.fill(match, NONE);
  }

  private static int[] indices(boolean[] plane) {
    int[] indices = new int[plane.length];
    int count = 0;
    for (int i = 0; i < plane.length; i++) {
      if (plane[i]) {
        indices[count++] = i;
      }
    }
    return Arrays.copyOf(indices, count);
  }

  /** The pixels of the hole, from the first to the last. */
  int[] hole() {
    return hole;
  }

  /**
   * Finds the sources. There are none afterwards if no patch of the picture is known.
   *
   * @param coarser that of half the resolution, to begin with; null for none
   * @param seed decides the draws
   * @param goesOn asked now and then; if not, the field is of no use
   */
  void search(@Nullable DetailField coarser, long seed, BooleanSupplier goesOn) {
    int[] all = allSources();
    if (all.length == 0) {
      return;
    }
    for (int k = 0; k < hole.length; k++) {
      if (k % ASKED_EVERY == 0 && !goesOn.getAsBoolean()) {
        return;
      }
      int pixel = hole[k];
      long draw = Seeds.split(seed, pixel);
      match[pixel] = all[(int) Long.remainderUnsigned(draw, all.length)];
      distance[pixel] = distance(pixel, match[pixel], Float.MAX_VALUE);
      offer(pixel, 1, pixel % width, pixel / width);
      if (coarser != null) {
        offerFrom(coarser, pixel);
      }
    }
    int sweeps = coarser == null ? SWEEPS : SWEEPS_AFTER_COARSER;
    int farthest = coarser == null ? Math.max(width, height) / 2 : NEAR;
    for (int sweep = 0; sweep < sweeps; sweep++) {
      sweep(sweep % 2 == 0 ? 1 : -1, farthest, Seeds.split(seed, pixels + sweep), goesOn);
    }
  }

  private int[] allSources() {
    boolean[] both = Arrays.copyOf(valid[0], 2 * pixels);
    System.arraycopy(valid[1], 0, both, pixels, pixels);
    return indices(both);
  }

  /** Twice the source of the pixel of the coarser field under this one. */
  private void offerFrom(DetailField coarser, int pixel) {
    int x = pixel % width;
    int y = pixel / width;
    int source = coarser.match[y / 2 * coarser.width + x / 2];
    if (source != NONE) {
      int from = source % coarser.pixels;
      int u = 2 * (from % coarser.width) + x % 2;
      int v = 2 * (from / coarser.width) + y % 2;
      offer(pixel, source / coarser.pixels, u, v);
    }
  }

  /** Each pixel tries what its neighbours before it have found, and draws nearer and nearer. */
  private void sweep(int direction, int farthest, long seed, BooleanSupplier goesOn) {
    for (int k = 0; k < hole.length; k++) {
      if (k % ASKED_EVERY == 0 && !goesOn.getAsBoolean()) {
        return;
      }
      int pixel = hole[direction > 0 ? k : hole.length - 1 - k];
      int x = pixel % width;
      int before = x - direction;
      if (before >= 0 && before < width) {
        offerBeside(pixel, pixel - direction, direction, 0);
      }
      int above = pixel - direction * width;
      if (above >= 0 && above < pixels) {
        offerBeside(pixel, above, 0, direction);
      }
      long draw = seed;
      for (int reach = farthest; reach >= 1; reach /= 2) {
        draw = Seeds.split(draw, pixel);
        int picture = match[pixel] / pixels;
        int from = match[pixel] % pixels;
        int u = from % width + (int) ((draw >>> 1) % (2 * reach + 1)) - reach;
        int v = from / width + (int) ((draw >>> 33) % (2 * reach + 1)) - reach;
        boolean other = reach >= 2 * REACH && (draw & 1) == 1;
        offer(pixel, other ? 1 - picture : picture, u, v);
      }
    }
  }

  private void offerBeside(int pixel, int neighbour, int dx, int dy) {
    int source = match[neighbour];
    if (source != NONE) {
      int from = source % pixels;
      offer(pixel, source / pixels, from % width + dx, from / width + dy);
    }
  }

  /** Takes a source if it is one, and looks more alike than the one so far. */
  private void offer(int pixel, int picture, int x, int y) {
    if (x < 0 || y < 0 || x >= width || y >= height || !valid[picture][y * width + x]) {
      return;
    }
    int source = picture * pixels + y * width + x;
    if (source != match[pixel]) {
      float found = distance(pixel, source, distance[pixel]);
      if (found < distance[pixel]) {
        distance[pixel] = found;
        match[pixel] = source;
      }
    }
  }

  /**
   * What two patches differ by.
   *
   * @param bound the rest is not looked at once it is reached
   */
  float distance(int pixel, int source, float bound) {
    DetailPlanes from = sources[source / pixels];
    int other = source % pixels;
    int x = pixel % width;
    int y = pixel / width;
    float dx = other % width - x;
    float dy = other / width - y;
    float red = (target.red[pixel] - from.red[other]) / COLOUR;
    float blue = (target.blue[pixel] - from.blue[other]) / COLOUR;
    float sum = far * (dx * dx + dy * dy) + red * red + blue * blue;
    float each = 1f / ((2 * TAPS + 1) * (2 * TAPS + 1));
    for (int j = -TAPS; j <= TAPS && sum < bound; j++) {
      int row = Math.max(0, Math.min(height - 1, y + j * STEP)) * width;
      int otherRow = other + j * STEP * width;
      float line = 0;
      for (int i = -TAPS; i <= TAPS; i++) {
        int a = row + Math.max(0, Math.min(width - 1, x + i * STEP));
        int b = otherRow + i * STEP;
        float low = (target.low[a] - from.low[b]) / LOW;
        float shape = target.shape[a] - from.shape[b];
        line += low * low + SHAPE * shape * shape;
      }
      sum += each * line;
    }
    return sum;
  }
}
