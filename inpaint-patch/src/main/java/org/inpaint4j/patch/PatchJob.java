package org.inpaint4j.patch;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.ArrayList;
import java.util.List;
import org.inpaint4j.blend.SmoothFill;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Seeds;
import org.inpaint4j.image.Size;

/** One filling of one task: cuts the groups of the hole out, and puts what is made back. */
final class PatchJob {

  private static final int MOST_SIDE = 32_767;

  private final ImagePlanes image;
  private final Mask mask;
  private final PatchOptions options;
  private final List<Part> parts = new ArrayList<>();
  private double energy;

  /** A part of the picture, and what fills it. */
  private record Part(Bounds bounds, Level level, Synthesis synthesis) {}

  PatchJob(FillTask task, PatchOptions options, Progress progress, Crew crew, long seed) {
    this.image = task.target().copy();
    this.mask = task.mask();
    this.options = options;
    boolean anywhere = options.sourceMask().isPresent();
    List<Bounds> groups =
        anywhere ? List.of(mask.holeBounds().orElseThrow()) : HoleGroups.of(mask, options.reach());
    List<Bounds> smooth = new ArrayList<>();
    for (Bounds group : groups) {
      Bounds bounds =
          anywhere
              ? Bounds.of(mask.size())
              : HoleGroups.around(group, options.reach(), mask.size());
      int radius = options.patchSize() / 2;
      Level level = cut(bounds);
      while (radius > 0 && !Field.hasSources(level, radius)) {
        radius--;
      }
      if (radius > 0) {
        long mine = Seeds.split(seed, parts.size());
        parts.add(
            new Part(bounds, level, new Synthesis(level, radius, options, progress, crew, mine)));
      } else {
        smooth.add(bounds);
      }
    }
    checkArgument(
        !anywhere || smooth.isEmpty(),
        "mask of sources must hold a patch of known pixels: expected 3x3 of them, found none");
    smooth.forEach(this::fillSmoothly);
  }

  private Level cut(Bounds part) {
    int w = part.width();
    int h = part.height();
    checkArgument(
        Math.max(w, h) <= MOST_SIDE,
        "what is looked at around a hole must be at most %s pixels wide and high: found %s",
        MOST_SIDE,
        part.size());
    int channels = image.channels();
    float[] pixels = new float[w * h * channels];
    boolean[] hole = new boolean[w * h];
    boolean[] source = new boolean[w * h];
    Mask sources = options.sourceMask().orElse(null);
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
      Level level = part.level();
      int channels = level.channels;
      for (int i = 0; i < level.hole.length; i++) {
        int x = part.bounds().x() + i % level.width;
        int y = part.bounds().y() + i / level.width;
        for (int c = 0; c < channels && level.hole[i]; c++) {
          put(c, x, y, level.pixels[i * channels + c]);
        }
      }
    }
    energy = parts.stream().mapToDouble(part -> part.synthesis().energy()).average().orElse(0);
    parts.clear();
  }

  /** The mean of the parts' energies, once they have run: the less the better. */
  double energy() {
    return energy;
  }

  ImagePlanes image() {
    return image;
  }
}
