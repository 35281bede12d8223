package org.inpaint4j.studio;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.util.BitSet;
import org.inpaint4j.files.PictureException;
import org.inpaint4j.files.PictureFile;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;

/**
 * A mask as it was painted: white is the hole. If it was painted on a reduced picture it is
 * enlarged, with a smooth edge.
 */
final class PaintedMask {

  /** Sides may be rounded by so many pixels of the reduced picture. */
  private static final double ROUNDED = 1.01;

  private PaintedMask() {}

  /**
   * Decodes a mask.
   *
   * @param file a picture, white where the hole is
   * @param picture the size that the mask is for
   * @throws Refusal if it is no picture, or one of another shape
   */
  static Mask decode(byte[] file, Size picture) {
    // A header that claims more than the picture has costs nothing.
    PictureSize.check("a mask", file, picture.pixels());
    try {
      BufferedImage image = PictureFile.read("a mask", "the upload", file).image();
      Size size = Size.of(image);
      if (size.equals(picture)) {
        return Mask.whiteIsHole(image);
      }
      double scale = (double) picture.width() / size.width();
      if (scale < 1 || Math.abs(picture.height() / scale - size.height()) > ROUNDED) {
        throw Refusal.badRequest(
            "a mask must be as large as the picture, or as its reduced form: expected "
                + picture
                + ", found "
                + size);
      }
      return enlarged(image, picture);
    } catch (PictureException e) {
      throw Refusal.of(Refusal.BAD_REQUEST, e);
    }
  }

  /** Enlarges by linear interpolation, then takes what is at least half white. */
  static Mask enlarged(BufferedImage small, Size to) {
    BitSet hole = new BitSet(to.pixels());
    Mask coarse = Mask.whiteIsHole(small);
    if (coarse.holeCount() == 0) {
      return Mask.of(to, hole);
    }
    double across = (double) small.getWidth() / to.width();
    double down = (double) small.getHeight() / to.height();
    Bounds box = coarse.holeBounds().orElseThrow();
    int left = Math.max(0, (int) ((box.x() - 1) / across));
    int right = Math.min(to.width(), (int) Math.ceil((box.x() + box.width() + 1) / across));
    int top = Math.max(0, (int) ((box.y() - 1) / down));
    int bottom = Math.min(to.height(), (int) Math.ceil((box.y() + box.height() + 1) / down));
    Raster raster = small.getRaster();
    float half = ((1 << raster.getSampleModel().getSampleSize(0)) - 1) / 2f;
    int width = small.getWidth();
    int last = small.getHeight() - 1;
    float[] above = new float[width];
    float[] below = new float[width];
    for (int y = top; y < bottom; y++) {
      double v = Math.max(0, Math.min(last, (y + 0.5) * down - 0.5));
      int row = (int) v;
      float part = (float) (v - row);
      raster.getSamples(0, row, width, 1, 0, above);
      raster.getSamples(0, Math.min(last, row + 1), width, 1, 0, below);
      for (int x = left; x < right; x++) {
        double u = Math.max(0, Math.min(width - 1.0, (x + 0.5) * across - 0.5));
        int column = (int) u;
        int next = Math.min(width - 1, column + 1);
        float share = (float) (u - column);
        float upper = above[column] * (1 - share) + above[next] * share;
        float lower = below[column] * (1 - share) + below[next] * share;
        if (upper * (1 - part) + lower * part > half) {
          hole.set(y * to.width() + x);
        }
      }
    }
    return Mask.of(to, hole);
  }
}
