package org.inpaint4j.model.face;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
import org.inpaint4j.image.Square;

/**
 * Looks at one face again, upright and near by: at two sizes, each also mirrored, three times, and
 * more often as long as the square still moves or turns. One look at a whole photo underestimates
 * the tilt of a face.
 */
final class CloserLook {

  private static final int ROUNDS = 3;

  /** Squares that move take more rounds; half faces drift if there are too many, */
  private static final int MOST_ROUNDS = 8;

  /** but faces turned by 45 degrees and more need them to come upright. */
  private static final int MOST_TURNING = 16;

  /** Squares that differ by more after the usual rounds, in sides, are on their way, */
  private static final double MOVING = 0.03;

  /** or by so much if half of the face is hidden: then every look turns it a little further. */
  private static final double MOVING_HALF = 0.06;

  /** The share of a square that is hidden in half a face. */
  private static final double HALF = 0.3;

  /** Whole faces that have turned are on their way by so much: the last degrees come slowly. */
  private static final double STILL_TURNING = 0.01;

  /** Squares that have turned by more degrees began far from upright. */
  private static final double TURNED = 25;

  /** Rows and columns of points by which what is hidden is measured. */
  private static final int POINTS = 16;

  private static final int[] SIDES = {128, 192};

  /** What of the plane is shown, in sides of the face's square. */
  private static final double FROM = -0.35;

  private static final double TO = 1.35;

  /** The lowest score of a detection. */
  private static final double LEAST = 0.2;

  /** How far from the middle another face may be, in sides of what is shown. */
  private static final double NEAR = 0.25;

  /** Squares that differ by less, in sides, are as good as equal. */
  static final double SAME = 0.004;

  /** A drawn face moves its square by less, in sides. */
  private static final double SAME_FACE = 0.35;

  private final Detector detector;
  private final Photo photo;
  private final Mask mask;
  private final Glance glance;

  CloserLook(Detector detector, Photo photo, Mask mask, Glance glance) {
    this.detector = detector;
    this.photo = photo;
    this.mask = mask;
    this.glance = glance;
  }

  /**
   * Looks.
   *
   * @param first the square as a first look has it
   * @return the square and the mean score of the last round; nothing if no face was seen in any
   */
  Optional<FoundFace> at(Square first) {
    return at(first, around(first), Optional.empty(), MOST_TURNING);
  }

  /** What lies around a face, for some looks at it. */
  Surroundings around(Square square) {
    return Surroundings.of(photo, mask, glance, square, square.size() * (TO - FROM) / SIDES[1]);
  }

  /**
   * Looks once at a face whose hidden part was drawn.
   *
   * @param square the square as it was found
   * @param surroundings what lies around it
   * @param drawn the face in it
   * @return the square; nothing if no face is seen, or one that is too far away to be the same
   */
  Optional<Square> once(Square square, Surroundings surroundings, DrawnFace drawn) {
    return at(square, surroundings, Optional.of(drawn), 1)
        .map(FoundFace::square)
        .filter(next -> difference(square, next) < SAME_FACE);
  }

  /**
   * Looks with each other side up, if one round does not rule it out.
   *
   * @param face as it was found
   * @param least the lowest score of the first round that is followed
   * @return the faces that were seen then, none to three
   */
  List<FoundFace> otherSidesUp(FoundFace face, double least) {
    List<FoundFace> found = new ArrayList<>();
    Square square = face.square();
    // They reach as far whichever side is up.
    Surroundings surroundings = around(square);
    for (int quarter = 1; quarter < 4; quarter++) {
      Square turned =
          Square.around(
              square.centreX(), square.centreY(), square.size(), square.angle() + 90 * quarter);
      double score =
          at(turned, surroundings, Optional.empty(), 1).map(FoundFace::score).orElse(0.0);
      if (score > least) {
        at(turned, surroundings, Optional.empty(), MOST_TURNING).ifPresent(found::add);
      }
    }
    return found;
  }

  private Optional<FoundFace> at(
      Square first, Surroundings surroundings, Optional<DrawnFace> drawn, int rounds) {
    boolean half = hidden(first) > HALF;
    double moving = half ? MOVING_HALF : MOVING;
    Optional<FoundFace> found = Optional.empty();
    Square square = first;
    for (int round = 1; round <= rounds; round++) {
      Sums sums = new Sums();
      for (int side : SIDES) {
        look(surroundings, drawn, square, side, sums);
      }
      if (sums.weight == 0) {
        return found;
      }
      Square before = square;
      square = Alignment.fit(sums.mean());
      found = Optional.of(new FoundFace(square, sums.weight / sums.looks));
      double turn = Math.abs(Math.IEEEremainder(square.angle() - first.angle(), 360));
      boolean turning = turn > TURNED && !half;
      double late = turning ? STILL_TURNING : moving;
      if (difference(before, square) < (round < ROUNDS ? SAME : late)
          || (round == MOST_ROUNDS && !turning)) {
        return found;
      }
    }
    return found;
  }

  /** The share of a square that the hole takes. */
  double hidden(Square square) {
    return share(square, false, 0, POINTS);
  }

  /** The share of a square that the hole takes, or that lies outside of the photo. */
  double unseen(Square square) {
    return share(square, true, 0, POINTS);
  }

  /** How much more of the left half is hidden than of the right one, from -1 to 1. */
  double moreOfTheLeft(Square square) {
    return share(square, false, 0, POINTS / 2) - share(square, false, POINTS / 2, POINTS);
  }

  private double share(Square square, boolean outside, int from, int to) {
    int hidden = 0;
    for (int j = 0; j < POINTS; j++) {
      for (int i = from; i < to; i++) {
        double u = (i + 0.5) / POINTS;
        double v = (j + 0.5) / POINTS;
        int x = (int) Math.floor(square.column(u, v));
        int y = (int) Math.floor(square.row(u, v));
        boolean inside = x >= 0 && x < mask.width() && y >= 0 && y < mask.height();
        hidden += (inside ? mask.isHole(x, y) : outside) ? 1 : 0;
      }
    }
    return (double) hidden / (POINTS * (to - from));
  }

  /** The largest way of a corner, in sides. */
  static double difference(Square one, Square other) {
    double largest = 0;
    for (int corner = 0; corner < 4; corner++) {
      double u = corner & 1;
      double v = corner >> 1;
      largest =
          Math.max(
              largest,
              Math.hypot(one.column(u, v) - other.column(u, v), one.row(u, v) - other.row(u, v)));
    }
    return largest / one.size();
  }

  /** Points found so far, by score. */
  private static final class Sums {
    final double[] points = new double[10];
    double weight;
    int looks;

    double[] mean() {
      double[] mean = new double[10];
      for (int k = 0; k < 10; k++) {
        mean[k] = points[k] / weight;
      }
      return mean;
    }
  }

  private void look(
      Surroundings surroundings, Optional<DrawnFace> drawn, Square square, int side, Sums sums) {
    Square window =
        Square.around(
            square.centreX(), square.centreY(), square.size() * (TO - FROM), square.angle());
    Picture shown = surroundings.cut(window, side);
    drawn.ifPresent(face -> face.putInto(shown, window));
    List<List<Detection>> found =
        detector.detect(List.of(shown.samples(), shown.mirrored().samples()), shown.size(), LEAST);
    for (int mirror = 0; mirror < 2; mirror++) {
      Detection best = best(found.get(mirror), side);
      if (best == null) {
        continue;
      }
      sums.weight += best.score();
      sums.looks++;
      for (int k = 0; k < 5; k++) {
        int point = mirror == 1 ? Alignment.mirrored(k) : k;
        double u = (best.points()[2 * point] + 0.5) / side;
        double v = (best.points()[2 * point + 1] + 0.5) / side;
        u = mirror == 1 ? 1 - u : u;
        sums.points[2 * k] += best.score() * window.column(u, v);
        sums.points[2 * k + 1] += best.score() * window.row(u, v);
      }
    }
  }

  private static @org.jspecify.annotations.Nullable Detection best(
      List<Detection> faces, int side) {
    Detection best = null;
    double highest = 0;
    for (Detection face : faces) {
      double distance =
          Math.hypot(face.centreX() - side / 2.0, face.centreY() - side / 2.0) / side / NEAR;
      double value = face.score() * Math.exp(-distance * distance);
      if (value > highest) {
        highest = value;
        best = face;
      }
    }
    return best;
  }
}
