package org.inpaint4j.patch;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.FillListener;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.InpaintWarning;
import org.inpaint4j.image.Mask;

/**
 * Fills each part of a hole by its width: what is missing pixel by pixel, thin parts, wide parts.
 *
 * <p>Scattered pixels are first: they are the easiest, and all that follows sees them. Thin parts
 * are next, with {@link ThinFill}. The wide ones are left to a filler that is given, which sees the
 * others' work as known pixels. One hole can have all three.
 *
 * <p>Scattered pixels get a biharmonic fill and one estimate from patches on top of it, which is
 * closer to the truth on every photograph measured ({@code docs/thin.md}). No smooth fill decides
 * about wide parts.
 *
 * <p>Not where the hole is known to be of one kind: then its own filler says the same for less.
 */
public final class MixedFill implements Filler {

  /** Side of the smallest square of missing pixels that counts as wide. */
  private static final int WIDE = ThinFill.WIDE;

  /** Steps that each part counts for the listener. */
  private static final int STEPS = 1000;

  private final ThinFill scatteredFill;
  private final ThinFill thinFill;
  private final Filler wideFill;

  private MixedFill(ThinFill scatteredFill, ThinFill thinFill, Filler wideFill) {
    checkArgument(
        wideFill.imageShape().isEmpty(),
        "filler for wide holes must take any size: expected no shape, found %s",
        wideFill.imageShape());
    this.scatteredFill = scatteredFill;
    this.thinFill = thinFill;
    this.wideFill = wideFill;
  }

  /**
   * A fill by width.
   *
   * @param wideFill for the wide parts, at the resolution of the photo; closed with this fill
   * @return the fill
   * @throws IllegalArgumentException if that filler takes one size only
   */
  public static MixedFill of(Filler wideFill) {
    return new MixedFill(
        ThinFill.of(ThinOptions.scattered()), ThinFill.of(ThinOptions.balanced()), wideFill);
  }

  /**
   * The same fill with the grain of the picture in scattered and thin parts, whose fills are means.
   * Wide parts have theirs if their filler copies.
   *
   * @param amount from 0, none, to 1, as much as around the hole
   * @return a new fill with the same filler for wide parts; one of both is closed
   * @throws IllegalArgumentException if the amount is out of range
   */
  public MixedFill withGrain(double amount) {
    return new MixedFill(
        ThinFill.of(ThinOptions.scattered().withGrain(amount)),
        ThinFill.of(ThinOptions.balanced().withGrain(amount)),
        wideFill);
  }

  /**
   * Fills each part of the hole by its width.
   *
   * @return fillings that tell which part was filled how; several if the filler for wide parts has
   *     made several
   */
  @Override
  public List<MixedFilling> fill(FillTask task) {
    Parts parts = Parts.of(task.mask());
    Stages stages = new Stages(task.listener(), parts.kinds());
    ImagePlanes image = task.target();
    BitSet missing = task.mask().holeBits();
    FillStatus status = null;
    for (ThinFill fill : List.of(scatteredFill, thinFill)) {
      Mask part = fill == scatteredFill ? parts.scattered() : parts.thin();
      if (part.holeCount() > 0) {
        image = image == task.target() ? image.copy() : image;
        stages.begin(UnaryOperator.identity());
        FillTask stage =
            new FillTask(task.target(), Mask.of(part.size(), missing), task.seed(), 1, stages);
        FillStatus its = fill.fillPart(stage, part, image);
        missing.andNot(part.holeBits());
        restore(image, task.target(), missing);
        status = status == null ? its : status.and(its);
        stages.next();
      }
    }
    List<MixedFilling> result = new ArrayList<>();
    if (parts.wide().holeCount() == 0) {
      result.add(filling(parts, image, status == null ? FillStatus.COMPLETED : status, List.of()));
      return result;
    }
    ImagePlanes before = image;
    stages.begin(preview -> paste(before, preview, parts.wide()));
    FillTask wide =
        new FillTask(image, parts.wide(), task.seed(), task.candidates(), stages)
            .sources(task.sources());
    for (Filling filling : wideFill.fill(wide)) {
      FillStatus both = status == null ? filling.status() : status.and(filling.status());
      result.add(
          filling(parts, paste(image, filling.image(), parts.wide()), both, filling.warnings()));
    }
    return result;
  }

  private MixedFilling filling(
      Parts parts, ImagePlanes image, FillStatus status, List<InpaintWarning> warnings) {
    String name = wideFill.provenance().getOrDefault("filler", "fill of wide parts");
    return new MixedFilling(
        image, status, warnings, parts.scattered(), parts.thin(), parts.wide(), name);
  }

  /** Puts back what was in pixels that are still missing. */
  private static void restore(ImagePlanes image, ImagePlanes original, BitSet missing) {
    int plane = image.width() * image.height();
    for (int i = missing.nextSetBit(0); i >= 0; i = missing.nextSetBit(i + 1)) {
      for (int c = 0; c < image.channels(); c++) {
        image.samples()[c * plane + i] = original.samples()[c * plane + i];
      }
    }
  }

  private static ImagePlanes paste(ImagePlanes image, ImagePlanes filling, Mask part) {
    return Blender.paste().blend(image, filling, part);
  }

  /** The parts of a hole. */
  private record Parts(Mask scattered, Mask thin, Mask wide) {

    static Parts of(Mask mask) {
      HoleWidth width = new HoleWidth(mask);
      BitSet scattered = width.scattered();
      BitSet wide = width.atLeast(WIDE);
      BitSet thin = mask.holeBits();
      thin.andNot(scattered);
      thin.andNot(wide);
      return new Parts(
          Mask.of(mask.size(), scattered), Mask.of(mask.size(), thin), Mask.of(mask.size(), wide));
    }

    int kinds() {
      return Math.min(1, scattered.holeCount())
          + Math.min(1, thin.holeCount())
          + Math.min(1, wide.holeCount());
    }
  }

  /**
   * Tells one listener about the parts as if they were one work, of which no more is done than
   * before at any step. Once it has cancelled, it is asked no more.
   */
  private static final class Stages implements FillListener {
    private final FillListener listener;
    private final int count;
    private int stage;
    private int done;
    private boolean cancelled;
    private UnaryOperator<ImagePlanes> shown = UnaryOperator.identity();

    Stages(FillListener listener, int count) {
      this.listener = listener;
      this.count = count;
    }

    /** Begins a part, whose previews are shown in the whole picture. */
    void begin(UnaryOperator<ImagePlanes> whole) {
      shown = whole;
    }

    void next() {
      stage++;
    }

    private int done(int step, int steps) {
      int within = (int) Math.max(1, (long) STEPS * step / Math.max(1, steps));
      done = Math.max(done, stage * STEPS + Math.min(STEPS, within));
      return done;
    }

    @Override
    public boolean onStep(int step, int steps, double loss) {
      cancelled = cancelled || !listener.onStep(done(step, steps), count * STEPS, loss);
      return !cancelled;
    }

    @Override
    public boolean onStep(int step, int steps, double loss, Supplier<ImagePlanes> preview) {
      cancelled =
          cancelled
              || !listener.onStep(
                  done(step, steps), count * STEPS, loss, () -> shown.apply(preview.get()));
      return !cancelled;
    }
  }

  /** How far around the hole its fillers look. The farthest that any of its fillers looks. */
  @Override
  public int context() {
    return Math.max(wideFill.context(), thinFill.context());
  }

  @Override
  public boolean isThreadSafe() {
    return wideFill.isThreadSafe();
  }

  @Override
  public Map<String, String> provenance() {
    Map<String, String> result = new TreeMap<>();
    result.put("filler", "by width of the hole");
    scatteredFill.provenance().forEach((name, value) -> result.put("scattered " + name, value));
    thinFill.provenance().forEach((name, value) -> result.put("thin " + name, value));
    wideFill.provenance().forEach((name, value) -> result.put("wide " + name, value));
    return result;
  }

  @Override
  public void close() {
    wideFill.close();
  }
}
