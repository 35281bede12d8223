package org.inpaint4j.studio;

import java.awt.image.BufferedImage;
import java.util.BitSet;
import java.util.function.BooleanSupplier;
import org.inpaint4j.Progress;
import org.inpaint4j.blend.SmoothFill;
import org.inpaint4j.files.PictureException;
import org.inpaint4j.files.PictureFile;
import org.inpaint4j.files.PictureFormat;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
import org.inpaint4j.image.Size;

/**
 * What shows while a fill works: at first a smooth fill of the reduced picture, some hundredths of
 * a second after the start; then what the filler has so far. What was painted over is gone at once,
 * and its place becomes better.
 */
final class Draft {

  /** Pixels of the reduced picture around the hole that the smooth fill sees. */
  private static final int MARGIN = 24;

  private final PictureFile file;
  private final Region region;
  private final Size picture;
  private final Size reduced;
  private final Region around;
  private final Photo small;
  private final Mask missing;

  private Draft(PictureFile file, Mask hole, Region region, Size reduced) {
    this.file = file;
    this.region = region;
    this.reduced = reduced;
    picture = Size.of(file.image());
    Bounds seen =
        new Bounds(region.x(), region.y(), region.width(), region.height()).grown(MARGIN, reduced);
    around = new Region(seen.x(), seen.y(), seen.width(), seen.height());
    small = Photo.of(Reduction.of(file.image(), around.full(picture, reduced), seen.size()));
    missing = missing(hole, around, picture, reduced);
  }

  /**
   * Makes a smooth draft.
   *
   * @param file not modified
   * @param hole of the picture
   * @param region of the reduced picture, around the hole
   * @param reduced the size of the reduced picture
   * @param goesOn if not, the draft is worth nothing, and soon done
   */
  static Draft smooth(
      PictureFile file, Mask hole, Region region, Size reduced, BooleanSupplier goesOn) {
    Draft draft = new Draft(file, hole, region, reduced);
    Mask missing = draft.missing;
    if (missing.holeCount() < missing.size().pixels()) {
      Bounds all = Bounds.of(missing.size());
      FillTask task =
          FillTask.of(draft.small.read(all, missing), missing)
              .listener((step, steps, loss) -> goesOn.getAsBoolean());
      draft.small.writeHole(SmoothFill.HARMONIC.fill(task).get(0).image(), all, missing);
    }
    return draft;
  }

  /** What it shows of the reduced picture. */
  Region region() {
    return region;
  }

  /**
   * Puts in what a filler has so far. The rest of the hole stays as it was.
   *
   * @param preview of a part of the picture
   */
  void show(Progress.Preview preview) {
    Bounds at = preview.at();
    Region shown = Region.reduced(at, picture, reduced);
    Bounds place =
        new Bounds(shown.x() - around.x(), shown.y() - around.y(), shown.width(), shown.height())
            .inside(missing.size());
    Region placed =
        new Region(around.x() + place.x(), around.y() + place.y(), place.width(), place.height());
    Bounds full = placed.full(picture, reduced);
    Bounds part =
        new Bounds(full.x() - at.x(), full.y() - at.y(), full.width(), full.height())
            .inside(at.size());
    BufferedImage colours = Reduction.of(preview.picture(), part, placed.size());
    ImagePlanes planes = Photo.of(colours).read(Bounds.of(placed.size()));
    small.writeHole(Photo.withChannels(planes, small.channels()), place, missing.crop(place));
  }

  /** The region with its hole filled, as PNG. */
  byte[] png() throws PictureException {
    BufferedImage part =
        small
            .image()
            .getSubimage(
                region.x() - around.x(), region.y() - around.y(), region.width(), region.height());
    return file.withImage(part).toBytes(PictureFormat.PNG);
  }

  /** The pixels of the reduced picture that show anything of the hole. */
  private static Mask missing(Mask hole, Region around, Size picture, Size reduced) {
    BitSet bits = hole.holeBits();
    BitSet missing = new BitSet(around.size().pixels());
    for (int i = bits.nextSetBit(0); i >= 0; i = bits.nextSetBit(i + 1)) {
      int x = (int) ((long) (i % picture.width()) * reduced.width() / picture.width());
      int y = (int) ((long) (i / picture.width()) * reduced.height() / picture.height());
      missing.set((y - around.y()) * around.width() + x - around.x());
    }
    return Mask.of(around.size(), missing);
  }
}
