package org.inpaint4j;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.BitSet;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.Detail;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
import org.inpaint4j.image.Resampler;
import org.inpaint4j.image.SourceReach;
import org.inpaint4j.image.Square;

/**
 * A part of the hole, what a filler is shown to fill it, and where the filling goes.
 *
 * @param framed the square that a model is shown, or nothing if the filler works at the resolution
 *     of the photo
 * @param seen the rectangle of the photo that the filler is shown
 * @param target what it is shown: samples from 0 to 1, 0 in the hole
 * @param mask the hole as it is shown
 * @param crop the rectangle of the photo that is blended: the part with its known neighbours
 * @param hole the pixels of the crop that are written
 * @param sources what may be copied from, of what the filler is shown; empty: everything known
 */
record PlannedPart(
    Optional<Framing.Framed> framed,
    Bounds seen,
    ImagePlanes target,
    Mask mask,
    Bounds crop,
    Mask hole,
    Optional<Mask> sources) {

  /**
   * All of a hole, at the resolution of the photo.
   *
   * @param context how far around the hole the filler looks
   * @param sources of the photo
   */
  static PlannedPart aroundHole(Photo photo, Mask mask, int context, Optional<Mask> sources) {
    return aroundHole(photo, mask, mask, context, sources, Optional.empty());
  }

  /**
   * A share of a hole, at the resolution of the photo.
   *
   * @param missing all that is not known yet
   * @param mask the share, a part of it
   * @param sources of the photo; all that is known if empty
   * @param avoided of the photo: no sources, if enough else is left
   */
  static PlannedPart aroundHole(
      Photo photo,
      Mask missing,
      Mask mask,
      int context,
      Optional<Mask> sources,
      Optional<Mask> avoided) {
    Bounds hole = mask.holeBounds().orElseThrow();
    Bounds seen = hole.grown(context, photo.size());
    if (isAll(missing.crop(seen))) {
      seen = Bounds.of(photo.size());
    }
    if (sources.isPresent()) {
      seen = SourceReach.of(seen, mask, sources.get());
    }
    Bounds crop = hole.grown(Math.min(context, Blender.REACH), photo.size());
    Mask unknown = missing.crop(seen);
    return new PlannedPart(
        Optional.empty(),
        seen,
        photo.read(seen, missing),
        unknown,
        crop,
        mask.crop(crop),
        SourceChoice.of(unknown, cropped(sources, seen), cropped(avoided, seen)));
  }

  private static Optional<Mask> cropped(Optional<Mask> mask, Bounds seen) {
    return mask.map(some -> some.crop(seen));
  }

  /** A share of a hole, as a model is shown it. */
  static PlannedPart inSquare(
      Photo photo, Mask mask, Framing.Framed framed, ImageShape shape, Shares.Share share) {
    Square square = framed.square();
    Resampler.Shrunk shrunk = Resampler.shrink(photo, mask, square, shape);
    checkArgument(
        shrunk.mask().holeCount() < shape.width() * shape.height(),
        "the square that is shown to the model must hold known pixels: found none in %s",
        square);
    return new PlannedPart(
        Optional.of(framed),
        square.bounds().inside(photo.size()),
        shrunk.target(),
        shrunk.mask(),
        share.crop(),
        share.hole(),
        Optional.empty());
  }

  /**
   * What the photo would be with a filling.
   *
   * @param photo not modified
   * @param filling as large as the target
   */
  Progress.Preview preview(Photo photo, ImagePlanes filling) {
    ImagePlanes colours = Photo.withChannels(covering(filling), photo.channels());
    return new Progress.Preview(
        crop, Photo.toImage(Blender.paste().blend(photo.read(crop), colours, hole)));
  }

  private ImagePlanes covering(ImagePlanes filling) {
    return framed.isPresent()
        ? Resampler.cover(filling, framed.get().square(), crop)
        : filling.crop(
            new Bounds(crop.x() - seen.x(), crop.y() - seen.y(), crop.width(), crop.height()));
  }

  /**
   * Blends a filling into the photo.
   *
   * @param photo modified: the pixels of this part
   * @param mask all that is missing of the whole photo
   * @param filling as large as the target
   * @param goesOn asked now and then; if not, the filling may show a seam, and has no detail
   */
  void write(Photo photo, Mask mask, ImagePlanes filling, Blender blender, BooleanSupplier goesOn) {
    ImagePlanes covering = covering(filling);
    ImagePlanes known = photo.read(crop, mask);
    ImagePlanes colours = Photo.withChannels(covering, photo.channels());
    Mask missing = mask.crop(crop);
    // A blender may need something to blend with.
    Blender fits = isAll(missing) ? Blender.paste() : blender;
    ImagePlanes blended = fits.blend(known, colours, missing, goesOn);
    if (framed.isEmpty() || fits.detail() == Detail.NONE) {
      photo.writeHole(blended, crop, hole);
    } else {
      writeDetailed(photo, mask, blended, filling.width(), fits.detail(), goesOn);
    }
  }

  /** Shows the whole square with what was blended to what adds detail, and writes the hole. */
  private void writeDetailed(
      Photo photo,
      Mask mask,
      ImagePlanes blended,
      int side,
      Detail detail,
      BooleanSupplier goesOn) {
    Square square = framed.orElseThrow().square();
    Bounds whole = seen.union(crop);
    ImagePlanes picture = photo.read(whole, mask);
    Bounds at = new Bounds(crop.x() - whole.x(), crop.y() - whole.y(), crop.width(), crop.height());
    BitSet pixels = hole.holeBits();
    for (int i = pixels.nextSetBit(0); i >= 0; i = pixels.nextSetBit(i + 1)) {
      int x = i % crop.width();
      int y = i / crop.width();
      int to = (at.y() + y) * whole.width() + at.x() + x;
      for (int c = 0; c < picture.channels(); c++) {
        float sample = Math.max(0, Math.min(1, blended.get(c, x, y)));
        picture.samples()[c * whole.size().pixels() + to] = sample;
      }
    }
    Mask placed = hole.placed(at, whole.size());
    Square inPicture =
        new Square(square.x() - whole.x(), square.y() - whole.y(), square.size(), square.angle());
    ImagePlanes detailed = detail.add(picture, mask.crop(whole), placed, inPicture, side, goesOn);
    photo.writeHole(detailed, whole, placed);
  }

  private static boolean isAll(Mask mask) {
    return mask.holeCount() == mask.size().pixels();
  }
}
