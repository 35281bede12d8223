package org.inpaint4j.patch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.Connected;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;

/** Which parts of a hole are filled together: those whose surroundings meet. */
final class HoleGroups {

  /** More parts than these are filled together, wherever they are. */
  private static final int MOST_PARTS = 200;

  private HoleGroups() {}

  /**
   * A group.
   *
   * @param box the rectangle around its parts
   * @param seen what is looked at to fill it
   */
  record Group(Bounds box, Bounds seen) {}

  /**
   * The groups, which hold the whole hole. What is looked at for them does not overlap.
   *
   * @param mask the hole
   * @param seen what is looked at to fill a box, which it holds
   * @return at least one
   */
  static List<Group> of(Mask mask, UnaryOperator<Bounds> seen) {
    List<Group> groups = new ArrayList<>();
    List<Bounds> parts = Connected.of(mask).bounds();
    if (parts.size() > MOST_PARTS) {
      parts = List.of(mask.holeBounds().orElseThrow());
    }
    parts.forEach(box -> groups.add(new Group(box, seen.apply(box))));
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int a = 0; a < groups.size(); a++) {
        for (int b = groups.size() - 1; b > a; b--) {
          if (meet(groups.get(a).seen(), groups.get(b).seen())) {
            Bounds both = groups.get(a).box().union(groups.get(b).box());
            groups.set(a, new Group(both, seen.apply(both)));
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

  private static boolean meet(Bounds p, Bounds q) {
    return p.x() < q.x() + q.width()
        && q.x() < p.x() + p.width()
        && p.y() < q.y() + q.height()
        && q.y() < p.y() + p.height();
  }
}
