package org.inpaint4j.studio;

import java.awt.image.BufferedImage;
import java.util.BitSet;
import org.inpaint4j.blend.SmoothFill;
import org.inpaint4j.files.PictureException;
import org.inpaint4j.files.PictureFile;
import org.inpaint4j.files.PictureFormat;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
import org.inpaint4j.image.Size;

/**
 * What shows until a fill has something better: a smooth fill of the reduced picture, some
 * hundredths of a second after the start. What was painted over is gone at once, and its place is
 * filled later.
 */
final class FirstDraft {

  /** Pixels of the reduced picture around the hole that the draft sees. */
  private static final int MARGIN = 24;

  private FirstDraft() {}

  /**
   * Makes a draft.
   *
   * @param file not modified
   * @param hole of the picture
   * @param region of the reduced picture, around the hole
   * @param reduced the size of the reduced picture
   * @return the region with its hole filled, as PNG
   */
  static byte[] of(PictureFile file, Mask hole, Region region, Size reduced)
      throws PictureException {
    Size picture = Size.of(file.image());
    Bounds seen =
        new Bounds(region.x(), region.y(), region.width(), region.height()).grown(MARGIN, reduced);
    Region around = new Region(seen.x(), seen.y(), seen.width(), seen.height());
    BufferedImage small = Reduction.of(file.image(), around.full(picture, reduced), seen.size());
    Mask missing = missing(hole, around, picture, reduced);
    if (missing.holeCount() < missing.size().pixels()) {
      Photo photo = Photo.of(small);
      Bounds all = Bounds.of(seen.size());
      ImagePlanes filled = SmoothFill.HARMONIC.fill(photo.read(all, missing), missing);
      photo.writeHole(filled, all, missing);
    }
    BufferedImage part =
        small.getSubimage(
            region.x() - seen.x(), region.y() - seen.y(), region.width(), region.height());
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
