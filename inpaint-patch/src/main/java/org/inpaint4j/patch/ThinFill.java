package org.inpaint4j.patch;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.inpaint4j.blend.PoissonOptions;
import org.inpaint4j.blend.SmoothFill;
import org.inpaint4j.image.Bounds;
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

  /** Steps that each tile counts for the listener. */
  private static final int STEPS = 10_000;

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
   * <p>The listener is told after rows of patches, with NaN for the loss. If it cancels, the hole
   * is filled all the same: as far as the work got, and smoothly elsewhere.
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
    List<ThinTiles.Tile> tiles = ThinTiles.of(task.mask(), wanted, context());
    clear(image, task.mask());
    for (ThinTiles.Tile tile : tiles) {
      Mask mask = task.mask().crop(tile.seen());
      ImagePlanes start = start(ThinPlanes.crop(image, tile.seen()), mask, task.mask().size());
      new ThinPlanes(start, mask, tile.wanted()).writeTo(image, tile.seen(), tile.written(mask));
    }
    tiles = tiles.stream().filter(tile -> !tile.isEmpty()).toList();
    boolean goesOn = true;
    try (Crew crew = new Crew(options.threads())) {
      for (int i = 0; i < tiles.size() && goesOn; i++) {
        goesOn = fill(tiles.get(i), task, image, crew, new Steps(task, i, tiles.size()));
      }
    }
    return goesOn ? FillStatus.COMPLETED : FillStatus.CANCELLED;
  }

  /** The steps of one tile among those of all. */
  private record Steps(FillTask task, int tile, int tiles) {
    boolean goesOn(int done, int all, Supplier<ImagePlanes> preview) {
      int step = tile * STEPS + (int) ((long) STEPS * done / all);
      return task.listener().onStep(step, tiles * STEPS, Double.NaN, preview)
          && !Thread.currentThread().isInterrupted();
    }
  }

  private boolean fill(
      ThinTiles.Tile tile, FillTask task, ImagePlanes image, Crew crew, Steps steps) {
    Bounds seen = tile.seen();
    ThinPlanes planes =
        new ThinPlanes(ThinPlanes.crop(image, seen), task.mask().crop(seen), tile.wanted());
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
  private static ImagePlanes start(ImagePlanes image, Mask mask, Size picture) {
    BitSet wide = wide(mask, picture);
    if (wide.isEmpty()) {
      return smooth(SmoothFill.BIHARMONIC, image, mask);
    }
    BitSet thin = mask.holeBits();
    thin.andNot(wide);
    ImagePlanes harmonic = smooth(SmoothFill.HARMONIC, image, mask);
    return smooth(SmoothFill.BIHARMONIC, harmonic, Mask.of(mask.size(), thin));
  }

  /** To a quarter of a grey level, which is more than a guide needs. */
  static ImagePlanes smooth(SmoothFill fill, ImagePlanes image, Mask mask) {
    return fill.solve(image, mask, GUIDE).image();
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
