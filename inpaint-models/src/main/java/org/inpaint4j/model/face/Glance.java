package org.inpaint4j.model.face;

import java.util.ArrayList;
import java.util.List;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
import org.inpaint4j.image.Size;
import org.inpaint4j.image.Square;

/** The whole photo, small and without its hole, and quick looks at it. */
final class Glance {

  /** The longer sides of what the network is shown. */
  private static final int[] SIDES = {640, 320, 160};

  /** The longer sides of what it is shown turned. */
  private static final int[] TURNED_SIDES = {320, 160};

  /** The lowest score of a face; pictures without faces have 0.35 at most. */
  static final double LEAST = 0.5;

  /** Sides are rounded up to parts of the longer one, so that photos share plans. */
  private static final int SHAPES = 4;

  /** From so many times the longest side on, that side need not be met to a pixel. */
  private static final int LARGE = 5;

  /** From this share on what is known of a pixel is taken for the whole. */
  static final float KNOWN = 0.5f;

  private final Size photo;
  private final Picture picture;

  private Glance(Size photo, Picture picture) {
    this.photo = photo;
    this.picture = picture;
  }

  static Glance at(Photo photo, Mask mask) {
    Size size = photo.size();
    int longer = Math.max(size.width(), size.height());
    boolean large = longer > LARGE * SIDES[0];
    int by = large ? (longer + SIDES[0] - 1) / SIDES[0] : Math.max(1, longer / SIDES[0]);
    Picture known = Reduction.of(photo, mask, Bounds.of(size), by).known();
    if (longer > SIDES[0] && !large) {
      known = known.resized(within(size, SIDES[0]));
    }
    return new Glance(size, filled(known));
  }

  /** Divides by what is known and fills the rest. */
  private static Picture filled(Picture known) {
    int plane = known.size().pixels();
    Picture result = Picture.blank(3, known.size());
    boolean[] missing = new boolean[plane];
    boolean any = false;
    for (int i = 0; i < plane; i++) {
      float share = known.samples()[3 * plane + i];
      missing[i] = share < KNOWN;
      any |= missing[i];
      for (int c = 0; !missing[i] && c < 3; c++) {
        result.samples()[c * plane + i] = known.samples()[c * plane + i] / share;
      }
    }
    return any ? Marching.fill(result, missing) : result;
  }

  private static Size within(Size size, int side) {
    double scale = (double) side / Math.max(size.width(), size.height());
    return new Size(
        (int) Math.max(1, Math.round(size.width() * scale)),
        (int) Math.max(1, Math.round(size.height() * scale)));
  }

  /** The size of what the network is given: longer side, and a few kinds of shorter ones. */
  private static Size padded(Size size, int side) {
    return new Size(rounded(size.width(), side), rounded(size.height(), side));
  }

  private static int rounded(int length, int side) {
    int part = (side + SHAPES - 1) / SHAPES;
    int parts = (length + part - 1) / part;
    return (parts * part + YuNet.MULTIPLE - 1) / YuNet.MULTIPLE * YuNet.MULTIPLE;
  }

  /**
   * Puts what is missing in a part of the photo from here.
   *
   * @param reduction what is known of the part
   * @return the part without a hole
   */
  Picture filled(Reduction reduction) {
    Picture known = reduction.known();
    Size size = known.size();
    int plane = size.pixels();
    Picture result = Picture.blank(3, size);
    double scaleX = (double) picture.size().width() / photo.width();
    double scaleY = (double) picture.size().height() / photo.height();
    for (int i = 0; i < plane; i++) {
      float share = known.samples()[3 * plane + i];
      if (share >= KNOWN) {
        for (int c = 0; c < 3; c++) {
          result.samples()[c * plane + i] = known.samples()[c * plane + i] / share;
        }
      } else {
        double x = reduction.part().x() + (i % size.width() + 0.5) * reduction.by();
        double y = reduction.part().y() + (Math.floorDiv(i, size.width()) + 0.5) * reduction.by();
        picture.sample(x * scaleX - 0.5, y * scaleY - 0.5, result.samples(), i, plane);
      }
    }
    return result;
  }

  /**
   * Looks at the upright photo.
   *
   * @return faces in pixels of the photo, the highest scores first
   */
  List<Detection> look(Detector detector) {
    List<Detection> found = new ArrayList<>();
    Picture at = picture;
    for (int side : SIDES) {
      // Smaller ones are made from the larger, but none from one that was enlarged.
      boolean asItIs = side == SIDES[0] && longest(photo) >= side;
      Size size = asItIs ? picture.size() : within(photo, side);
      Picture shown = at.resized(size);
      if (size.width() <= at.size().width()) {
        at = shown;
      }
      double scaleX = (double) photo.width() / size.width();
      double scaleY = (double) photo.height() / size.height();
      Size input = padded(size, side);
      for (Detection face :
          detector.detect(List.of(shown.padded(input).samples()), input, LEAST).get(0)) {
        found.add(moved(face, scaleX, scaleY));
      }
    }
    return Decoder.suppress(found);
  }

  /** From pixels whose centres are whole numbers to those of the photo, which begin at them. */
  private static Detection moved(Detection face, double scaleX, double scaleY) {
    double[] points = face.points().clone();
    for (int k = 0; k < points.length; k++) {
      points[k] = (points[k] + 0.5) * (k % 2 == 0 ? scaleX : scaleY);
    }
    return new Detection(
        face.score(),
        (face.x() + 0.5) * scaleX,
        (face.y() + 0.5) * scaleY,
        face.width() * scaleX,
        face.height() * scaleY,
        points);
  }

  /**
   * Looks at the photo turned, in steps of 45 degrees, all but upright.
   *
   * @return squares of faces in the photo, with the scores of their look
   */
  List<FoundFace> lookTurned(Detector detector) {
    List<FoundFace> found = new ArrayList<>();
    double diagonal = Math.hypot(photo.width(), photo.height());
    int longer = Math.max(photo.width(), photo.height());
    for (int side : TURNED_SIDES) {
      int canvas =
          (int) Math.ceil(diagonal * side / longer / YuNet.MULTIPLE - 1e-9) * YuNet.MULTIPLE;
      Size size = new Size(canvas, canvas);
      double step = (double) longer / side;
      for (int angle = 45; angle < 360; angle += 45) {
        Square frame =
            Square.around(photo.width() / 2.0, photo.height() / 2.0, canvas * step, angle);
        Picture shown = cut(frame, canvas);
        for (Detection face : detector.detect(List.of(shown.samples()), size, LEAST).get(0)) {
          double[] points = new double[10];
          for (int k = 0; k < 10; k += 2) {
            double u = (face.points()[k] + 0.5) / canvas;
            double v = (face.points()[k + 1] + 0.5) / canvas;
            points[k] = frame.column(u, v);
            points[k + 1] = frame.row(u, v);
          }
          found.add(new FoundFace(Alignment.fit(points), face.score()));
        }
      }
    }
    return found;
  }

  /** A square of the photo, black outside of it. */
  private Picture cut(Square frame, int side) {
    Picture from = picture.resized(within(photo, Math.min(longest(picture.size()), side)));
    double scaleX = (double) from.size().width() / photo.width();
    double scaleY = (double) from.size().height() / photo.height();
    Picture result = Picture.blank(3, new Size(side, side));
    SquarePixels.each(
        frame,
        side,
        (pixel, x, y) -> {
          if (x >= 0 && y >= 0 && x < photo.width() && y < photo.height()) {
            from.sample(x * scaleX - 0.5, y * scaleY - 0.5, result.samples(), pixel, side * side);
          }
        });
    return result;
  }

  private static int longest(Size size) {
    return Math.max(size.width(), size.height());
  }
}
