package org.inpaint4j.model.face;

import static com.google.common.base.Preconditions.checkState;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
import org.inpaint4j.image.Square;
import org.inpaint4j.image.SquareAxes;
import org.inpaint4j.model.ShippedModel;

/**
 * Finds faces in photos, and the squares that show them upright.
 *
 * <p>{@code YuNet} looks at the whole photo at three sizes, then closer and upright at each face
 * that it found, three times. The hole is filled before it looks; what the photo holds there has no
 * influence. If no face is seen clearly at the hole, it also looks at the photo turned.
 *
 * <p>It finds faces that look at the camera, from about 20 pixels on. Not for faces from the side,
 * and not for telling people apart. How often it is right is measured in docs/faces-found.md.
 *
 * <p>May be used by several threads, which take turns. Holds some 100 MB of native memory until
 * {@link #close}, 200 MB after photos of many shapes.
 */
public final class FaceFinder implements AutoCloseable {

  /** With such a score of a face, the photo is not looked at turned. */
  private static final double CLEAR = 0.86;

  /** Faces that stand on their heads had 0.88 at most, upright whole ones 0.89 at least. */
  private static final double SURELY_UPRIGHT = 0.89;

  /** Seen with another side up, a face is worth more looks if its score falls by no more. */
  private static final double PERHAPS = 0.06;

  /** A turned face must be so much clearer than an upright one at the same place, */
  private static final double CLEARER = 0.1;

  /** or, if it is as clear as this in itself, so much, */
  private static final double CLEAR_TURNED = 0.84;

  private static final double A_LITTLE_CLEARER = 0.02;

  /** and this share of what is hidden of it: the less is seen, the less a score tells. */
  private static final double HIDDEN = 0.1;

  /**
   * The lowest score of a last look at a face. Upside down, collars, necks and hair look a little
   * like faces: up to 0.4. Where the border cuts a face below its eyes, the rest is taken for a
   * turned face that lies outside for the most part: up to 0.62.
   */
  private static final double LEAST = 0.5;

  /** A score must be higher by this times the share that is not seen. */
  private static final double UNSEEN = 0.35;

  /** First squares may be wrong by this share when they are compared with the hole. */
  private static final double MARGIN = 1.4;

  private final Detector detector;
  private final Optional<FaceCompleter> completer;
  private boolean closed;

  private FaceFinder(Optional<FaceCompleter> completer) {
    this.detector = new Detector(YuNet.load());
    this.completer = completer;
  }

  /**
   * Loads the network.
   *
   * @return a new finder, which the caller closes
   */
  public static FaceFinder load() {
    return new FaceFinder(Optional.empty());
  }

  /**
   * Loads the network. Faces that the hole hides a part of are completed by a filler and looked at
   * again, up to twice, which brings their squares nearer to the right ones.
   *
   * @param completer what completes faces, of one size and three channels, in one pass; asked for
   *     when the first such face is found. It stays the caller's, who closes it after this.
   * @return a new finder, which the caller closes
   */
  public static FaceFinder load(Supplier<Filler> completer) {
    return new FaceFinder(Optional.of(FaceCompleter.of(completer)));
  }

  /** Completes faces with a model of its own, which is loaded at the first need. */
  static FaceFinder load(ShippedModel model) {
    return new FaceFinder(Optional.of(FaceCompleter.of(model)));
  }

  /**
   * Finds the faces whose squares hold a pixel of the hole.
   *
   * @param photo not modified; what it holds in the hole has no influence
   * @param mask as large as the photo
   * @return the faces, the highest scores first; empty if there are none, or there is no hole
   * @throws IllegalStateException if this is closed
   */
  public List<FoundFace> atHole(Photo photo, Mask mask) {
    return look(photo, mask).atHole();
  }

  /**
   * Finds all faces.
   *
   * @param photo not modified; what it holds in the hole has no influence
   * @param mask as large as the photo; may have no hole
   * @return the faces, the highest scores first
   * @throws IllegalStateException if this is closed
   */
  public List<FoundFace> all(Photo photo, Mask mask) {
    return find(photo, mask, square -> true).atHole();
  }

  /**
   * What was seen.
   *
   * @param atHole the faces at the hole, the highest scores first
   * @param seen the squares of all faces of the photo, also of those away from the hole; at a first
   *     glance, so that they may be off by a fifth of their size, and a face may have several
   */
  public record Sight(List<FoundFace> atHole, List<Square> seen) {

    /**
     * Copies.
     *
     * @param atHole the faces at the hole
     * @param seen the squares of all faces
     */
    public Sight {
      atHole = List.copyOf(atHole);
      seen = List.copyOf(seen);
    }
  }

  /**
   * Finds the faces at a hole, and tells where else faces are.
   *
   * @param photo not modified; what it holds in the hole has no influence
   * @param mask as large as the photo
   * @return what was seen; nothing if there is no hole
   * @throws IllegalStateException if this is closed
   */
  public Sight look(Photo photo, Mask mask) {
    if (mask.holeCount() == 0) {
      return new Sight(List.of(), List.of());
    }
    return find(photo, mask, square -> meets(square, mask));
  }

  private synchronized Sight find(Photo photo, Mask mask, Predicate<Square> wanted) {
    checkState(!closed, "a face finder must not be used after close()");
    Glance glance = Glance.at(photo, mask);
    CloserLook closer = new CloserLook(detector, photo, mask, glance);
    List<Detection> seen = glance.look(detector);
    List<Square> squares = new ArrayList<>();
    List<FoundFace> upright = new ArrayList<>();
    for (Detection detection : seen) {
      Square square = Alignment.fit(detection.points());
      squares.add(square);
      if (wanted.test(grown(square))) {
        closer.at(square).map(face -> rightWayUp(face, closer)).ifPresent(upright::add);
      }
    }
    List<FoundFace> found = distinct(upright);
    found.removeIf(face -> !isSure(face, closer) || !wanted.test(face.square()));
    if (found.stream().noneMatch(face -> face.score() >= CLEAR)) {
      List<FoundFace> turned = glance.lookTurned(detector);
      found = withTurned(found, turned, closer, wanted);
      turned.forEach(face -> squares.add(face.square()));
    }
    if (completer.isPresent()) {
      found.replaceAll(face -> completer.get().completed(face, closer, mask));
    }
    return new Sight(found, squares);
  }

  /**
   * The same face with another side up, if that is clearer: a face that stands on its head looks
   * like a face too.
   */
  private static FoundFace rightWayUp(FoundFace face, CloserLook closer) {
    if (face.score() >= SURELY_UPRIGHT) {
      return face;
    }
    FoundFace clearest = face;
    for (FoundFace other : closer.otherSidesUp(face, face.score() - PERHAPS)) {
      if (isClearer(other, face, closer) && other.score() > clearest.score()) {
        clearest = other;
      }
    }
    return clearest;
  }

  private static boolean isSure(FoundFace face, CloserLook closer) {
    return face.score() >= LEAST + UNSEEN * closer.unseen(face.square());
  }

  private static boolean isClearer(FoundFace turned, FoundFace upright, CloserLook closer) {
    double margin =
        turned.score() >= CLEAR_TURNED
            ? A_LITTLE_CLEARER + HIDDEN * closer.hidden(upright.square())
            : CLEARER;
    return turned.score() > upright.score() + margin;
  }

  /** Adds faces that were seen in turned photos, where they are clearer than what was found. */
  private static List<FoundFace> withTurned(
      List<FoundFace> upright, List<FoundFace> first, CloserLook closer, Predicate<Square> wanted) {
    first.sort(Comparator.comparingDouble(face -> -face.score()));
    List<FoundFace> seen = new ArrayList<>();
    List<FoundFace> found = new ArrayList<>(upright);
    for (FoundFace face : distinct(first)) {
      if (wanted.test(grown(face.square()))) {
        closer
            .at(face.square())
            .filter(turned -> isSure(turned, closer) && wanted.test(turned.square()))
            .ifPresent(seen::add);
      }
    }
    for (FoundFace face : distinct(seen)) {
      List<FoundFace> same =
          upright.stream().filter(other -> same(other.square(), face.square())).toList();
      if (same.stream().allMatch(other -> isClearer(face, other, closer))) {
        found.removeAll(same);
        found.add(face);
      }
    }
    return distinct(found);
  }

  /** One square of each face: the one with the highest score. */
  private static List<FoundFace> distinct(List<FoundFace> faces) {
    List<FoundFace> sorted = new ArrayList<>(faces);
    sorted.sort(Comparator.comparingDouble(face -> -face.score()));
    List<FoundFace> kept = new ArrayList<>();
    for (FoundFace face : sorted) {
      if (kept.stream().noneMatch(better -> same(better.square(), face.square()))) {
        kept.add(face);
      }
    }
    return kept;
  }

  private static boolean same(Square one, Square other) {
    double distance = Math.hypot(one.centreX() - other.centreX(), one.centreY() - other.centreY());
    return distance < Math.max(one.size(), other.size()) / 2;
  }

  private static Square grown(Square square) {
    return Square.around(
        square.centreX(), square.centreY(), MARGIN * square.size(), square.angle());
  }

  /** Whether a square holds a pixel of the hole. */
  private static boolean meets(Square square, Mask mask) {
    Bounds box = square.bounds();
    SquareAxes sides = square.axes();
    int x0 = Math.max(0, box.x());
    int x1 = Math.min(mask.width(), box.x() + box.width());
    int y1 = Math.min(mask.height(), box.y() + box.height());
    for (int y = Math.max(0, box.y()); y < y1; y++) {
      for (int x = x0; x < x1; x++) {
        if (mask.isHole(x, y) && sides.contains(x, y)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Frees the native memory. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      detector.close();
      completer.ifPresent(FaceCompleter::close);
    }
  }
}
