package org.inpaint4j;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** One image on its way to the model and back. */
final class Framed {

  private final Inpainter.Task task;
  private final Photo photo;
  private final Mask mask;
  private final Region region;
  private final Optional<Problem> problem;

  private Framed(Inpainter.Task task, Photo photo, Region region, Optional<Problem> problem) {
    this.task = task;
    this.photo = photo;
    this.mask = task.mask();
    this.region = region;
    this.problem = problem;
  }

  /** Brings the known pixels of an image to the model's size. */
  static Framed of(Inpainter.Task task, Framing framing, ImageShape shape) {
    Photo photo = Photo.copyOf(task.image());
    Mask mask = task.mask();
    int width = photo.width();
    int height = photo.height();
    checkArgument(
        mask.holeCount() < width * height,
        "a mask must leave at least one pixel known: found a hole of all %sx%s pixels",
        width,
        height);
    Region region = framing.region(width, height, mask, shape);
    if (mask.holeCount() == 0) {
      return new Framed(task, photo, region, Optional.empty());
    }
    checkInside(mask, region);
    ImagePlanes samples =
        Photo.withChannels(photo.read(0, 0, width, height, mask), shape.channels());
    Problem problem = Resampler.shrink(samples, mask, region, shape.width(), shape.height());
    checkArgument(
        problem.mask().holeCount() < shape.width() * shape.height(),
        "the square that is shown to the model must hold known pixels: found none in %s",
        region);
    return new Framed(task, photo, region, Optional.of(signed(problem)));
  }

  private static void checkInside(Mask mask, Region region) {
    BitSet hole = mask.holeBits();
    for (int i = hole.nextSetBit(0); i >= 0; i = hole.nextSetBit(i + 1)) {
      int x = i % mask.width();
      int y = i / mask.width();
      checkArgument(
          region.contains(x, y),
          "the hole must lie inside the square that is shown to the model: expected %s, found a"
              + " missing pixel at (%s, %s)",
          region,
          x,
          y);
    }
  }

  /** From [0, 1] to [-1, 1], keeping 0 in the hole. */
  private static Problem signed(Problem problem) {
    ImagePlanes target = problem.target();
    float[] samples = target.samples();
    int plane = target.width() * target.height();
    for (int i = 0; i < samples.length; i++) {
      int pixel = i % plane;
      if (!problem.mask().isHole(pixel % target.width(), pixel / target.width())) {
        samples[i] = 2 * samples[i] - 1;
      }
    }
    return problem;
  }

  /** What the search has to solve; nothing if there is no hole. */
  Optional<Problem> problem() {
    return problem;
  }

  InpaintResult unchanged(Provenance provenance) {
    return new InpaintResult(
        task, photo.image(), SearchStatus.NOTHING_TO_FILL, null, Duration.ZERO, provenance);
  }

  /** Blends what was found into the hole. */
  InpaintResult fill(Found found, Blender blender, Duration searchTime, Provenance provenance) {
    long start = System.nanoTime();
    ImagePlanes generated = unit(found.generated());
    // The hole with the known pixels that a blender may look at.
    Bounds crop = Bounds.ofHole(mask).grown(Blender.REACH, mask.width(), mask.height());
    ImagePlanes filling =
        Photo.withChannels(
            Resampler.cover(generated, region, crop.x(), crop.y(), crop.width(), crop.height()),
            photo.channels());
    ImagePlanes known = photo.read(crop.x(), crop.y(), crop.width(), crop.height(), mask);
    Mask part =
        Mask.of(crop.width(), crop.height(), (x, y) -> mask.isHole(crop.x() + x, crop.y() + y));
    photo.writeHole(blender.blend(known, filling, part), crop.x(), crop.y(), mask);
    Duration blendTime = Duration.ofNanos(System.nanoTime() - start);
    Problem solved = problem.orElseThrow();
    List<Float> latent = new ArrayList<>();
    for (float value : found.latent()) {
      latent.add(value);
    }
    InpaintResult.Search search =
        new InpaintResult.Search(
            region,
            Photo.toImage(unit(solved.target())),
            solved.mask(),
            Photo.toImage(generated),
            latent,
            found.bestStep(),
            found.trace(),
            found.frames(),
            searchTime);
    return new InpaintResult(task, photo.image(), found.status(), search, blendTime, provenance);
  }

  /** From [-1, 1] to [0, 1]. */
  static ImagePlanes unit(ImagePlanes signed) {
    ImagePlanes unit = signed.copy();
    float[] samples = unit.samples();
    for (int i = 0; i < samples.length; i++) {
      samples[i] = 0.5f * samples[i] + 0.5f;
    }
    return unit;
  }
}
