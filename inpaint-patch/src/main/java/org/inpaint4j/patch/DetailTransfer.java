package org.inpaint4j.patch;

import java.util.function.BooleanSupplier;
import org.inpaint4j.image.Square;
import org.jspecify.annotations.Nullable;

/**
 * Detail at one resolution: each pixel of the hole gets the contrast and the fine texture that the
 * known pixels have where they look like it.
 */
final class DetailTransfer {

  /** Contrast of what the filling shows is never raised more. */
  private static final float MOST = 2.5f;

  /** Strengths are compared as if this much, in {@link DetailPlanes#FAINT}, were added to each. */
  private static final float LEVEL = 0.3f;

  /** The distance of patches at which half of the detail is given. */
  private static final float TRUST = 2.3f;

  /**
   * Standard deviation of the blur over the raised contrasts, in pixels of the lower resolution.
   */
  private static final double SMOOTH = 1.2;

  private final DetailPicture picture;
  private final double scale;
  private final DetailPlanes[] planes;
  private final DetailField field;

  /**
   * Prepares the planes of a picture.
   *
   * @param picture with the filling in its hole. Not modified.
   * @param square of the face, in pixels of the picture
   * @param scale pixels of the picture a pixel of the filling's resolution, above 1
   */
  DetailTransfer(DetailPicture picture, Square square, double scale) {
    this.picture = picture;
    this.scale = scale;
    DetailPicture mirrored = DetailMirror.of(picture, square);
    planes =
        new DetailPlanes[] {new DetailPlanes(picture, scale), new DetailPlanes(mirrored, scale)};
    field = new DetailField(picture, mirrored, planes);
  }

  /** The sources that were found. */
  DetailField field() {
    return field;
  }

  /**
   * Finds sources and takes their detail.
   *
   * @param coarser the field of half the resolution; null for none
   * @param seed decides the draws
   * @param goesOn if not, what is returned is of no use
   * @return for each channel what is to be added, 0 outside of the hole
   */
  float[][] added(@Nullable DetailField coarser, long seed, BooleanSupplier goesOn) {
    field.search(coarser, seed, goesOn);
    int pixels = picture.hole.length;
    float[] raise = new float[pixels];
    float[] share = new float[pixels];
    for (int pixel : field.hole()) {
      if (field.match[pixel] != DetailField.NONE) {
        weigh(pixel, raise, share);
      }
    }
    float[] inHole = new float[pixels];
    for (int pixel : field.hole()) {
      inHole[pixel] = 1;
    }
    raise = new Blur(inHole, picture.width, picture.height, SMOOTH * scale).of(raise);
    float[][] added = new float[picture.planes.length][pixels];
    for (int c = 0; c < added.length; c++) {
      for (int pixel : field.hole()) {
        int source = field.match[pixel];
        if (source != DetailField.NONE) {
          float texture = planes[source / pixels].detail(c, source % pixels);
          added[c][pixel] = raise[pixel] * planes[0].structure(c, pixel) + share[pixel] * texture;
        }
      }
    }
    return added;
  }

  /**
   * How much more contrast a pixel gets, and which share of its source's texture: no more than goes
   * with the contrast that it has then, so that no foreign edges appear.
   */
  private void weigh(int pixel, float[] raise, float[] share) {
    int source = field.match[pixel];
    float its = planes[source / picture.hole.length].strength[source % picture.hole.length];
    float own = planes[0].strength[pixel];
    float level = LEVEL * DetailPlanes.FAINT;
    float unlike = field.distance[pixel] / TRUST;
    float trust = 1 / (1 + unlike * unlike * unlike * unlike);
    float gain = Math.max(1, Math.min(MOST, (its + level) / (own + level)));
    raise[pixel] = trust * (gain - 1);
    float raised = (1 + raise[pixel]) * own;
    share[pixel] = trust * Math.min(1, (raised + DetailPlanes.FAINT) / (its + Float.MIN_NORMAL));
  }
}
