package org.inpaint4j.patch;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.inpaint4j.blend.SmoothFill;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Seeds;
import org.inpaint4j.image.Size;
import org.inpaint4j.image.SourceReach;

/** One filling of one task: cuts the groups of the hole out, and puts what is made back. */
final class PatchJob {

  private static final int MOST_SIDE = 32_767;

  /** Rows and columns of the smallest patch. */
  private static final int SMALLEST_PATCH = 3;

  private final FillTask task;
  private final Mask mask;
  private final PatchOptions options;
  private final List<Part> parts = new ArrayList<>();

  /** The picture with what is done of it; before anything is, the task's own. */
  private ImagePlanes image;

  private double energy;

  /** A part of the picture, and what fills it. */
  private record Part(Bounds bounds, Synthesis synthesis) {

    /** Writes what the hole is, or is thought to be. */
    void write(ImagePlanes into) {
      synthesis.write(into, bounds.x(), bounds.y());
    }
  }

  PatchJob(FillTask task, PatchOptions options, Progress progress, Crew crew, long seed) {
    this.task = task;
    this.image = task.target();
    this.mask = task.mask();
    this.options = options;
    List<Bounds> smooth = new ArrayList<>();
    for (HoleGroups.Group group : HoleGroups.of(mask, this::seen)) {
      Level level = cut(group.seen());
      int radius = radius(level);
      if (radius > 0) {
        long mine = Seeds.split(seed, parts.size());
        parts.add(
            new Part(group.seen(), new Synthesis(level, radius, options, progress, crew, mine)));
      } else {
        smooth.add(group.seen());
      }
    }
    checkArgument(
        task.sources().isEmpty() || smooth.isEmpty(),
        "mask of sources must hold a patch of known pixels: expected 3x3 of them, found none");
    smooth.forEach(this::fillSmoothly);
  }

  /** What is looked at to fill a box: what is around it, or all sources where no patch is near. */
  private Bounds seen(Bounds box) {
    Bounds around = HoleGroups.around(box, options.reach(), mask.size());
    if (task.sources().isEmpty()) {
      return around;
    }
    Mask sources = task.sources().get();
    Bounds seen = SourceReach.of(around, mask, sources);
    // What is near may be many lone pixels; a patch may be farther away.
    return holdsPatch(seen, sources)
        ? seen
        : sources.holeBounds().map(around::union).orElse(around);
  }

  /** Whether a part holds the smallest patch of known pixels that are sources. */
  private boolean holdsPatch(Bounds part, Mask sources) {
    BitSet usable = sources.crop(part).holeBits();
    usable.andNot(mask.crop(part).holeBits());
    return !new HoleWidth(Mask.of(part.size(), usable)).atLeast(SMALLEST_PATCH).isEmpty();
  }

  /** Half the side of the largest patch that there is to copy, up to that of the options; or 0. */
  private int radius(Level level) {
    int radius = options.patchSize() / 2;
    while (radius > 0 && !Field.hasSources(level, radius)) {
      radius--;
    }
    return radius;
  }

  private Level cut(Bounds part) {
    int w = part.width();
    int h = part.height();
    checkArgument(
        TurnedCopies.longestSide(w, h, options.turns()) <= MOST_SIDE,
        "what is looked at around a hole must be at most %s pixels wide and high, with its turned"
            + " copies side by side: found %s",
        MOST_SIDE,
        part.size());
    int channels = image.channels();
    float[] pixels = new float[w * h * channels];
    boolean[] hole = new boolean[w * h];
    boolean[] source = new boolean[w * h];
    Mask sources = task.sources().orElse(null);
    for (int y = 0, i = 0; y < h; y++) {
      for (int x = 0; x < w; x++, i++) {
        int u = part.x() + x;
        int v = part.y() + y;
        hole[i] = mask.isHole(u, v);
        source[i] = !hole[i] && (sources == null || sources.isHole(u, v));
        for (int c = 0; c < channels && !hole[i]; c++) {
          float sample = image.get(c, u, v);
          checkArgument(
              Float.isFinite(sample),
              "known samples must be finite: found %s at (%s, %s)",
              sample,
              u,
              v);
          pixels[i * channels + c] = sample;
        }
      }
    }
    return new Level(0, w, h, pixels, Texture.of(pixels, hole, w, h), hole, source);
  }

  private void fillSmoothly(Bounds part) {
    Size size = part.size();
    int channels = image.channels();
    ImagePlanes cut = ImagePlanes.zeros(channels, size);
    Mask hole = mask.crop(part);
    detach();
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < size.height(); y++) {
        for (int x = 0; x < size.width(); x++) {
          if (!hole.isHole(x, y)) {
            cut.samples()[(c * size.height() + y) * size.width() + x] =
                image.get(c, part.x() + x, part.y() + y);
          }
        }
      }
    }
    ImagePlanes filled = SmoothFill.HARMONIC.fill(cut, hole);
    for (int y = 0; y < size.height(); y++) {
      for (int x = 0; x < size.width(); x++) {
        for (int c = 0; c < channels && hole.isHole(x, y); c++) {
          put(c, part.x() + x, part.y() + y, filled.get(c, x, y));
        }
      }
    }
  }

  /** The task's picture is not ours to write into. */
  private void detach() {
    if (image == task.target()) {
      image = image.copy();
    }
  }

  private void put(int channel, int x, int y, float sample) {
    image.samples()[(channel * image.height() + y) * image.width() + x] = sample;
  }

  /** How many rounds there are for the listener. */
  int rounds() {
    return parts.stream().mapToInt(part -> part.synthesis().rounds()).sum();
  }

  void run() {
    for (Part part : parts) {
      part.synthesis().run();
      detach();
      part.write(image);
    }
    energy = parts.stream().mapToDouble(part -> part.synthesis().energy()).average().orElse(0);
    parts.clear();
  }

  /** What the hole would be if the work ended now. */
  ImagePlanes preview() {
    ImagePlanes shown = image.copy();
    parts.forEach(part -> part.write(shown));
    return shown;
  }

  /** The mean of the parts' energies, once they have run: the less the better. */
  double energy() {
    return energy;
  }

  ImagePlanes image() {
    return image;
  }
}
