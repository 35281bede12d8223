package org.inpaint4j.model.face;

import static com.google.common.base.Preconditions.checkState;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
import org.inpaint4j.image.Square;

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
 * {@link #close}.
 */
public final class FaceFinder implements AutoCloseable {

  /** Upright faces with such a score are not looked for in turned photos. */
  private static final double CLEAR = 0.8;

  /** A turned face must be so much clearer than an upright one at the same place. */
  private static final double CLEARER = 0.1;

  /** First squares may be wrong by this share when they are compared with the hole. */
  private static final double MARGIN = 1.4;

  private final Detector detector;
  private final HoleFill fill;
  private boolean closed;

  private FaceFinder(HoleFill fill) {
    this.detector = new Detector(YuNet.load());
    this.fill = fill;
  }

  /**
   * Loads the network.
   *
   * @return a new finder, which the caller closes
   */
  public static FaceFinder load() {
    return new FaceFinder(HoleFill.valueOf(System.getProperty("holefill", "PYRAMID")));
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
    return mask.holeBounds().isEmpty() ? List.of() : find(photo, mask, true);
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
    return find(photo, mask, false);
  }

  private synchronized List<FoundFace> find(Photo photo, Mask mask, boolean atHole) {
    checkState(!closed, "a face finder must not be used after close()");
    Glance glance = Glance.at(photo, mask, fill);
    CloserLook closer = new CloserLook(detector, photo, mask, glance);
    List<FoundFace> upright = new ArrayList<>();
    for (Detection face : glance.look(detector)) {
      Square square = Alignment.fit(face.points());
      if (!atHole || meets(grown(square), mask)) {
        closer.at(square).ifPresent(upright::add);
      }
    }
    List<FoundFace> found = distinct(upright);
    if (atHole) {
      found.removeIf(face -> !meets(face.square(), mask));
    }
    if (found.stream().noneMatch(face -> face.score() >= CLEAR)) {
      found = withTurned(found, glance, closer, mask, atHole);
    }
    return List.copyOf(found);
  }

  private List<FoundFace> withTurned(
      List<FoundFace> upright, Glance glance, CloserLook closer, Mask mask, boolean atHole) {
    List<FoundFace> first = glance.lookTurned(detector);
    first.sort(Comparator.comparingDouble(face -> -face.score()));
    List<FoundFace> all = new ArrayList<>();
    List<Square> seen = new ArrayList<>();
    for (FoundFace face : first) {
      if (seen.stream().anyMatch(square -> same(square, face.square()))
          || atHole && !meets(grown(face.square()), mask)) {
        continue;
      }
      seen.add(face.square());
      closer
          .at(face.square())
          .map(turned -> new FoundFace(turned.square(), turned.score() - CLEARER))
          .ifPresent(all::add);
    }
    all.addAll(upright);
    List<FoundFace> found = new ArrayList<>();
    for (FoundFace face : distinct(all)) {
      boolean before = upright.contains(face);
      FoundFace told = before ? face : new FoundFace(face.square(), face.score() + CLEARER);
      if (!atHole || meets(told.square(), mask)) {
        found.add(told);
      }
    }
    return found;
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
    double distance =
        Math.hypot(one.centreX() - other.centreX(), one.centreY() - other.centreY());
    return distance < Math.max(one.size(), other.size()) / 2;
  }

  private static Square grown(Square square) {
    return Square.around(
        square.centreX(), square.centreY(), MARGIN * square.size(), square.angle());
  }

  /** Whether a square holds a pixel of the hole. */
  private static boolean meets(Square square, Mask mask) {
    Bounds box = square.bounds();
    int x0 = Math.max(0, box.x());
    int x1 = Math.min(mask.width(), box.x() + box.width());
    int y1 = Math.min(mask.height(), box.y() + box.height());
    for (int y = Math.max(0, box.y()); y < y1; y++) {
      for (int x = x0; x < x1; x++) {
        if (mask.isHole(x, y) && square.contains(x, y)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Frees the native memory. */
  @Override
  public synchronized void close() {
    closed = true;
    detector.close();
  }
}
