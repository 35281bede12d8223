package org.inpaint4j.patch;

import java.util.ArrayList;
import java.util.List;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.Connected;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;

/** Which parts of a hole are filled together: those whose surroundings meet. */
final class HoleGroups {

  /** More parts than these are filled together, wherever they are. */
  private static final int MOST_PARTS = 200;

  private HoleGroups() {}

  /** The boxes of the groups, which hold the whole hole and do not overlap; at least one. */
  static List<Bounds> of(Mask mask, int reach) {
    List<Bounds> groups = new ArrayList<>(Connected.of(mask).bounds());
    if (groups.size() > MOST_PARTS) {
      return List.of(mask.holeBounds().orElseThrow());
    }
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int a = 0; a < groups.size(); a++) {
        for (int b = groups.size() - 1; b > a; b--) {
          if (meet(groups.get(a), groups.get(b), reach, mask.size())) {
            groups.set(a, union(groups.get(a), groups.get(b)));
            groups.remove(b);
            changed = true;
          }
        }
      }
    }
    return groups;
  }

  /** What is looked at to fill a box. */
  static Bounds around(Bounds box, int reach, Size picture) {
    return box.grown(Math.min(reach, 32 + 3 * Math.max(box.width(), box.height())), picture);
  }

  private static boolean meet(Bounds a, Bounds b, int reach, Size picture) {
    Bounds p = around(a, reach, picture);
    Bounds q = around(b, reach, picture);
    return p.x() < q.x() + q.width()
        && q.x() < p.x() + p.width()
        && p.y() < q.y() + q.height()
        && q.y() < p.y() + p.height();
  }

  private static Bounds union(Bounds a, Bounds b) {
    int left = Math.min(a.x(), b.x());
    int top = Math.min(a.y(), b.y());
    int right = Math.max(a.x() + a.width(), b.x() + b.width());
    int bottom = Math.max(a.y() + a.height(), b.y() + b.height());
    return new Bounds(left, top, right - left, bottom - top);
  }
}
