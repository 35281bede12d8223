package org.inpaint4j.patch;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.inpaint4j.blend.PoissonOptions;
import org.inpaint4j.blend.SmoothFill;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.FillListener;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;

/**
 * Fills thin holes: scratches, wires, letters, strokes of a pen, up to some ten pixels wide.
 *
 * <p>Every patch across the hole is fitted by the patches around it that are most like it, and
 * their combination estimates what is missing; overlapping estimates are averaged. So edges go on,
 * and texture does where its scale is below that of a patch.
 *
 * <p>Not for wide holes: where a patch has few known pixels there is nothing to fit, and the fill
 * becomes a blur. Use patches there. Not where the hole is a wire in front of one object that
 * should be made up: it never invents.
 *
 * <p>May be used by several threads at once. The result depends on neither seed nor threads.
 */
public final class ThinFill implements Filler {

  /** How far around the hole the smooth start looks. */
  private static final int START_REACH = 2;

  /** Side of a square of missing pixels that is too wide to be thin: see {@link #wide}. */
  static final int WIDE = 16;

  /** Steps that the estimates of each tile count for the listener. */
  private static final int STEPS = 9_000;

  /** Steps of its smooth start: more than it has cycles, so that each is told of. */
  private static final int START_STEPS = 1_000;

  private static final PoissonOptions GUIDE =
      PoissonOptions.seamless().toBuilder().tolerance(1e-3).threads(1).build();

  private final ThinOptions options;

  private ThinFill(ThinOptions options) {
    this.options = options;
  }

  /**
   * A fill with {@link ThinOptions#balanced}.
   *
   * @return the fill
   */
  public static ThinFill create() {
    return of(ThinOptions.balanced());
  }

  /**
   * A fill.
   *
   * @param options patches, neighbours, passes
   * @return the fill
   */
  public static ThinFill of(ThinOptions options) {
    return new ThinFill(options);
  }

  /**
   * Fills the hole of an image.
   *
   * @param image samples from 0 to 1; what it holds in the hole has no influence. Not modified.
   * @param mask the hole, of the same size, with at least one known pixel. Not modified.
   * @return a new image that equals {@code image} in every known pixel, bit for bit; nowhere beyond
   *     the known samples near the hole
   * @throws IllegalArgumentException if the sizes differ, no pixel is known, or a known sample near
   *     the hole is not finite
   */
  public ImagePlanes fill(ImagePlanes image, Mask mask) {
    return mask.holeCount() == 0 ? image.copy() : fill(FillTask.of(image, mask)).get(0).image();
  }

  /**
   * Fills the hole from similar places around it.
   *
   * <p>The listener is told after cycles of the smooth start and rows of patches, with NaN for the
   * loss. If it cancels, the hole is filled all the same: as far as the work got, and smoothly
   * elsewhere.
   */
  @Override
  public List<Filling> fill(FillTask task) {
    ImagePlanes result = task.target().copy();
    FillStatus status = fillPart(task, task.mask(), result);
    return List.of(Filling.of(result, status));
  }

  /**
   * Fills a part of a hole.
   *
   * @param task the picture and all its hole; of its target no more than the size is looked at
   * @param wanted the part to fill, at least one pixel of the hole
   * @param image the picture. Modified: the part is filled; the rest of the hole is of no use then.
   * @return whether it was cancelled
   */
  FillStatus fillPart(FillTask task, Mask wanted, ImagePlanes image) {
    List<ThinTiles.Tile> starts = ThinTiles.of(task.mask(), wanted, context());
    List<ThinTiles.Tile> tiles = starts.stream().filter(tile -> !tile.isEmpty()).toList();
    Steps steps = new Steps(task.listener(), starts.size(), tiles.size());
    clear(image, task.mask());
    boolean goesOn = start(starts, task.mask(), image, steps);
    try (Crew crew = new Crew(options.threads())) {
      for (int i = 0; i < tiles.size() && goesOn; i++) {
        steps.begin(STEPS);
        goesOn = fill(tiles.get(i), task, image, crew, steps);
      }
    }
    return goesOn ? FillStatus.COMPLETED : FillStatus.CANCELLED;
  }

  /** Counts the steps of all tiles. Once the listener has cancelled, it is asked no more. */
  private static final class Steps {
    private final FillListener listener;
    private final int all;
    private int before;
    private int end;
    private boolean goesOn = true;

    Steps(FillListener listener, int starts, int tiles) {
      this.listener = listener;
      all = starts * START_STEPS + tiles * STEPS;
    }

    /** Begins what counts so many steps: a smooth start, or the estimates of a tile. */
    void begin(int count) {
      before = end;
      end += count;
    }

    /** Tells of a share of the steps of what has begun. */
    boolean goesOn(int done, int of, Supplier<ImagePlanes> preview) {
      int step = before + (int) ((long) (end - before) * Math.min(done, of) / of);
      goesOn =
          goesOn
              && listener.onStep(step, all, Double.NaN, preview)
              && !Thread.currentThread().isInterrupted();
      return goesOn;
    }
  }

  /** Starts all tiles; those that are not reached in time quickly. */
  private static boolean start(
      List<ThinTiles.Tile> tiles, Mask hole, ImagePlanes image, Steps steps) {
    for (int i = 0; i < tiles.size(); i++) {
      ThinTiles.Tile tile = tiles.get(i);
      List<ThinTiles.Tile> rest = tiles.subList(i, tiles.size());
      Supplier<ImagePlanes> preview =
          () -> {
            ImagePlanes shown = image.copy();
            startQuickly(rest, hole, shown);
            return shown;
          };
      steps.begin(START_STEPS);
      int[] cycles = new int[1];
      BooleanSupplier goesOn =
          () -> steps.goesOn(Math.min(++cycles[0], START_STEPS - 1), START_STEPS, preview);
      Mask mask = hole.crop(tile.seen());
      ImagePlanes start = start(image.crop(tile.seen()), mask, hole.size(), goesOn);
      if (!steps.goesOn(START_STEPS, START_STEPS, preview)) {
        startQuickly(rest, hole, image);
        return false;
      }
      write(start, mask, tile, image);
    }
    return true;
  }

  /** A few steps of the biharmonic solve are worse than one of the harmonic one. */
  private static void startQuickly(List<ThinTiles.Tile> tiles, Mask hole, ImagePlanes image) {
    for (ThinTiles.Tile tile : tiles) {
      Mask mask = hole.crop(tile.seen());
      ImagePlanes known = image.crop(tile.seen());
      write(smooth(SmoothFill.HARMONIC, known, mask, () -> false), mask, tile, image);
    }
  }

  /** Writes the start of a tile, between the least and the greatest known sample. */
  private static void write(ImagePlanes start, Mask mask, ThinTiles.Tile tile, ImagePlanes image) {
    new ThinPlanes(start, mask, tile.wanted()).writeTo(image, tile.seen(), tile.written(mask));
  }

  private boolean fill(
      ThinTiles.Tile tile, FillTask task, ImagePlanes image, Crew crew, Steps steps) {
    Bounds seen = tile.seen();
    ThinPlanes planes = new ThinPlanes(image.crop(seen), task.mask().crop(seen), tile.wanted());
    Mask written = tile.written(tile.wanted());
    boolean goesOn =
        estimate(
            planes,
            crew,
            steps,
            () -> {
              ImagePlanes shown = image.copy();
              planes.writeTo(shown, seen, written);
              return shown;
            });
    if (options.grain() > 0) {
      Grain.add(planes, options.grain());
    }
    planes.writeTo(image, seen, written);
    return goesOn;
  }

  private boolean estimate(
      ThinPlanes planes, Crew crew, Steps steps, Supplier<ImagePlanes> preview) {
    ThinPass pass = new ThinPass(planes, options, crew);
    int rows = pass.rows();
    boolean goesOn = true;
    for (int i = 0; i < options.passes() && goesOn; i++) {
      int before = i * rows;
      Trust trust = i > 0 ? Trust.LATER : options.passes() == 1 ? Trust.SCATTERED : Trust.FIRST;
      goesOn =
          pass.run(trust, done -> steps.goesOn(before + done, options.passes() * rows, preview));
    }
    return goesOn;
  }

  /** What is in a hole may be anything, even what is no number. */
  private static void clear(ImagePlanes image, Mask mask) {
    int plane = image.width() * image.height();
    BitSet hole = mask.holeBits();
    for (int i = hole.nextSetBit(0); i >= 0; i = hole.nextSetBit(i + 1)) {
      for (int c = 0; c < image.channels(); c++) {
        image.samples()[c * plane + i] = 0;
      }
    }
  }

  /**
   * What is too wide to be thin. In a picture that is lower or narrower than the square, what spans
   * the picture is as wide.
   *
   * @param mask a hole, or a part of one
   * @param picture the size of the whole picture
   */
  static BitSet wide(Mask mask, Size picture) {
    return new HoleWidth(mask)
        .atLeast(Math.min(WIDE, picture.width()), Math.min(WIDE, picture.height()));
  }

  /** Smooth; without the overshoots of bending where the hole is wide. */
  private static ImagePlanes start(
      ImagePlanes image, Mask mask, Size picture, BooleanSupplier goesOn) {
    BitSet wide = wide(mask, picture);
    if (wide.isEmpty()) {
      return smooth(SmoothFill.BIHARMONIC, image, mask, goesOn);
    }
    BitSet thin = mask.holeBits();
    thin.andNot(wide);
    ImagePlanes harmonic = smooth(SmoothFill.HARMONIC, image, mask, goesOn);
    return smooth(SmoothFill.BIHARMONIC, harmonic, Mask.of(mask.size(), thin), goesOn);
  }

  static ImagePlanes smooth(SmoothFill fill, ImagePlanes image, Mask mask) {
    return smooth(fill, image, mask, () -> true);
  }

  /** To a quarter of a grey level, which is more than a guide needs. */
  private static ImagePlanes smooth(
      SmoothFill fill, ImagePlanes image, Mask mask, BooleanSupplier goesOn) {
    return fill.solve(image, mask, GUIDE, goesOn).image();
  }

  /**
   * How far around the hole similar places are looked for. A patch's length and the reach of the
   * search.
   */
  @Override
  public int context() {
    return Math.max(START_REACH, options.side() + options.reach());
  }

  @Override
  public boolean isThreadSafe() {
    return true;
  }

  @Override
  public Map<String, String> provenance() {
    return Map.of(
        "filler", "thin fill",
        "side", String.valueOf(options.side()),
        "reach", String.valueOf(options.reach()),
        "neighbours", String.valueOf(options.neighbours()),
        "passes", String.valueOf(options.passes()),
        "grain", String.valueOf(options.grain()));
  }
}
