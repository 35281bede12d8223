package org.inpaint4j;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.Connected;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
import org.inpaint4j.image.Problem;
import org.inpaint4j.image.Resampler;
import org.inpaint4j.image.Square;
import org.inpaint4j.network.LossTerm;
import org.inpaint4j.search.Found;
import org.inpaint4j.search.SearchStatus;

/** One image on its way to the model and back. */
final class Framed {

  private final Inpainter.Task task;
  private final List<Square> squares;

  /**
   * A part of the image that the model is shown.
   *
   * @param region where it is
   * @param hole the missing pixels of the image that are filled from it
   * @param problem its known pixels at the model's size
   */
  private record Square(Square region, Mask hole, Problem problem) {}

  private Framed(Inpainter.Task task, List<Square> squares) {
    this.task = task;
    this.squares = squares;
  }

  /** Brings the known pixels of an image to the model's size. */
  static Framed of(Inpainter.Task task, Framing framing, ImageShape shape) {
    Mask mask = task.mask();
    int width = mask.width();
    int height = mask.height();
    checkArgument(
        mask.holeCount() < width * height,
        "a mask must leave at least one pixel known: found a hole of all %sx%s pixels",
        width,
        height);
    List<Square> regions = framing.regions(width, height, mask, shape);
    List<Square> squares = new ArrayList<>();
    if (mask.holeCount() > 0) {
      List<Mask> holes = shared(mask, regions);
      ImagePlanes samples =
          Photo.withChannels(
              Photo.copyOf(task.image()).read(0, 0, width, height, mask), shape.channels());
      for (int i = 0; i < holes.size(); i++) {
        if (holes.get(i).holeCount() > 0) {
          Problem problem = problem(samples, mask, regions.get(i), shape);
          squares.add(new Square(regions.get(i), holes.get(i), problem));
        }
      }
    }
    return new Framed(task, squares);
  }

  /** For each square the parts of the hole that it is the first to show entirely. */
  private static List<Mask> shared(Mask mask, List<Square> squares) {
    Connected connected = Connected.of(mask);
    List<BitSet> shares = new ArrayList<>();
    squares.forEach(square -> shares.add(new BitSet()));
    int[] shownBy = new int[connected.bounds().size()];
    for (int part = 0; part < shownBy.length; part++) {
      shownBy[part] = firstThatShows(connected.bounds().get(part), squares);
    }
    for (int i = 0; i < mask.width() * mask.height(); i++) {
      int part = connected.part(i);
      if (part != Connected.KNOWN) {
        shares.get(shownBy[part]).set(i);
      }
    }
    return shares.stream()
        .map(
            share ->
                Mask.of(mask.width(), mask.height(), (x, y) -> share.get(y * mask.width() + x)))
        .toList();
  }

  private static int firstThatShows(Bounds hole, List<Square> squares) {
    for (int i = 0; i < squares.size(); i++) {
      if (squares.get(i).contains(hole)) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "the hole must lie inside the square that is shown to the model: expected "
            + (squares.size() == 1 ? squares.get(0) : "one of " + squares)
            + ", found missing pixels from ("
            + hole.x()
            + ", "
            + hole.y()
            + ") to ("
            + (hole.x() + hole.width() - 1)
            + ", "
            + (hole.y() + hole.height() - 1)
            + ")");
  }

  private static Problem problem(ImagePlanes samples, Mask mask, Square region, ImageShape shape) {
    Problem problem = Resampler.shrink(samples, mask, region, shape.width(), shape.height());
    checkArgument(
        problem.mask().holeCount() < shape.width() * shape.height(),
        "the square that is shown to the model must hold known pixels: found none in %s",
        region);
    return signed(problem);
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

  /** What the search has to solve, one for each square; none if there is no hole. */
  List<Problem> problems() {
    return squares.stream().map(Square::problem).toList();
  }

  /**
   * Blends what was found into the hole.
   *
   * @param found one for each of the problems
   * @param everywhere {@link LossTerm#looksEverywhere} of the search's terms
   */
  InpaintResult fill(
      List<Found> found,
      Blender blender,
      Duration searchTime,
      Provenance provenance,
      boolean everywhere) {
    Photo photo = Photo.copyOf(task.image());
    long start = System.nanoTime();
    for (int i = 0; i < found.size(); i++) {
      fill(photo, squares.get(i), found.get(i), blender);
    }
    Duration blendTime = Duration.ofNanos(System.nanoTime() - start);
    List<InpaintResult.Search> searches = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      searches.add(search(squares.get(i), found.get(i), searchTime));
    }
    SearchStatus status =
        found.stream()
            .map(Found::status)
            .reduce(SearchStatus::ofBoth)
            .orElse(SearchStatus.NOTHING_TO_FILL);
    return new InpaintResult(
        task, photo.image(), status, searches, blendTime, provenance, everywhere);
  }

  private void fill(Photo photo, Square square, Found found, Blender blender) {
    Mask mask = task.mask();
    // The hole with the known pixels that a blender may look at.
    Bounds crop = Bounds.ofHole(square.hole).grown(Blender.REACH, mask.width(), mask.height());
    ImagePlanes filling =
        Photo.withChannels(
            Resampler.cover(
                unit(found.generated()),
                square.region,
                crop.x(),
                crop.y(),
                crop.width(),
                crop.height()),
            photo.channels());
    ImagePlanes known = photo.read(crop.x(), crop.y(), crop.width(), crop.height(), mask);
    Mask part =
        Mask.of(crop.width(), crop.height(), (x, y) -> mask.isHole(crop.x() + x, crop.y() + y));
    photo.writeHole(blender.blend(known, filling, part), crop.x(), crop.y(), square.hole);
  }

  private static InpaintResult.Search search(Square square, Found found, Duration time) {
    List<Float> latent = new ArrayList<>();
    for (float value : found.latent()) {
      latent.add(value);
    }
    return new InpaintResult.Search(
        square.region,
        Photo.toImage(unit(square.problem.target())),
        square.problem.mask(),
        Photo.toImage(unit(found.generated())),
        latent,
        found.bestStep(),
        found.trace(),
        found.frames(),
        time);
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
