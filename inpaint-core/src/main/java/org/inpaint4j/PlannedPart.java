package org.inpaint4j;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.Connected;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
import org.inpaint4j.image.Resampler;
import org.inpaint4j.image.Square;

/**
 * A part of the hole, what a filler is shown to fill it, and where the filling goes.
 *
 * @param square the square that a model is shown, or nothing if the filler works at the resolution
 *     of the photo
 * @param seen the rectangle of the photo that the filler is shown
 * @param target what it is shown: samples from 0 to 1, 0 in the hole
 * @param mask the hole as it is shown
 * @param crop the rectangle of the photo that is blended: the part with its known neighbours
 * @param hole the pixels of the crop that are written
 */
record PlannedPart(
    Optional<Square> square, Bounds seen, ImagePlanes target, Mask mask, Bounds crop, Mask hole) {

  /** The parts of a photo's hole, for a filler; none if there is no hole. */
  static List<PlannedPart> of(Photo photo, Mask mask, Framing framing, Filler filler) {
    if (mask.holeCount() == 0) {
      return List.of();
    }
    Optional<ImageShape> shape = filler.imageShape();
    return shape.isPresent()
        ? inSquares(photo, mask, framing.squares(photo, mask, shape.get()), shape.get())
        : List.of(aroundHole(photo, mask, filler.context()));
  }

  /** The whole hole, at the resolution of the photo. */
  private static PlannedPart aroundHole(Photo photo, Mask mask, int context) {
    Bounds hole = mask.holeBounds().orElseThrow();
    Bounds seen = hole.grown(context, photo.size());
    Bounds crop = hole.grown(Blender.REACH, photo.size());
    return new PlannedPart(
        Optional.empty(), seen, photo.read(seen, mask), mask.crop(seen), crop, mask.crop(crop));
  }

  /** Each connected part of the hole belongs to the first square that shows all of it. */
  private static List<PlannedPart> inSquares(
      Photo photo, Mask mask, List<Square> squares, ImageShape shape) {
    Connected connected = Connected.of(mask);
    List<List<Integer>> shares = new ArrayList<>();
    squares.forEach(square -> shares.add(new ArrayList<>()));
    for (int part = 0; part < connected.bounds().size(); part++) {
      shares.get(firstThatShows(connected.bounds().get(part), squares)).add(part);
    }
    List<PlannedPart> parts = new ArrayList<>();
    for (int i = 0; i < squares.size(); i++) {
      if (!shares.get(i).isEmpty()) {
        // The hole with the known pixels that a blender may look at.
        Bounds crop = connected.bounds(shares.get(i)).grown(Blender.REACH, photo.size());
        Mask share = connected.mask(shares.get(i), crop);
        parts.add(inSquare(photo, mask, squares.get(i), shape, crop, share));
      }
    }
    return parts;
  }

  private static int firstThatShows(Bounds hole, List<Square> squares) {
    for (int i = 0; i < squares.size(); i++) {
      if (squares.get(i).bounds().contains(hole)) {
        return i;
      }
    }
    throw new HoleOutsideSquareException(hole, squares);
  }

  private static PlannedPart inSquare(
      Photo photo, Mask mask, Square square, ImageShape shape, Bounds crop, Mask share) {
    Resampler.Shrunk shrunk = Resampler.shrink(photo, mask, square, shape);
    checkArgument(
        shrunk.mask().holeCount() < shape.width() * shape.height(),
        "the square that is shown to the model must hold known pixels: found none in %s",
        square);
    return new PlannedPart(
        Optional.of(square), square.bounds(), shrunk.target(), shrunk.mask(), crop, share);
  }

  /**
   * Blends a filling into the photo.
   *
   * @param photo modified: the pixels of this part
   * @param mask the hole of the whole photo
   * @param filling as large as the target
   */
  void write(Photo photo, Mask mask, ImagePlanes filling, Blender blender) {
    ImagePlanes covering =
        square.isPresent()
            ? Resampler.cover(filling, square.get(), crop)
            : filling.crop(
                new Bounds(crop.x() - seen.x(), crop.y() - seen.y(), crop.width(), crop.height()));
    ImagePlanes known = photo.read(crop, mask);
    ImagePlanes colours = Photo.withChannels(covering, photo.channels());
    photo.writeHole(blender.blend(known, colours, mask.crop(crop)), crop, hole);
  }
}
