package org.inpaint4j.patch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.Mask;
import org.junit.jupiter.api.Test;

class HoleGroupsTest {

  /** Spots of two pixels in columns 100, 120, 140 and so on, the last one in column 900. */
  private static final Mask SPOTS =
      Mask.of(1000, 60, (x, y) -> x >= 100 && x < 902 && x % 20 < 2 && y / 2 == 10);

  @Test
  void of_partsWhoseSurroundingsDoNotMeet_areGroupsOfTheirOwn() {
    List<HoleGroups.Group> groups = HoleGroups.of(SPOTS, box -> box.grown(9, SPOTS.size()));
    assertThat(groups).hasSize(41);
    assertThat(groups.get(0))
        .isEqualTo(new HoleGroups.Group(new Bounds(100, 20, 2, 2), new Bounds(91, 11, 20, 20)));
  }

  @Test
  void of_partsWhoseSurroundingsMeet_areOneGroup() {
    assertThat(HoleGroups.of(SPOTS, box -> box.grown(10, SPOTS.size())))
        .extracting(HoleGroups.Group::box)
        .containsExactly(SPOTS.holeBounds().orElseThrow());
  }

  @Test
  void of_partsThatLookAtOneThingFarAway_areOneGroup_andTheOthersAreNot() {
    Bounds far = new Bounds(950, 0, 50, 60);
    List<HoleGroups.Group> groups =
        HoleGroups.of(SPOTS, box -> box.x() < 800 ? box : box.union(far));
    assertThat(groups).hasSize(36);
    assertThat(groups.get(35))
        .isEqualTo(new HoleGroups.Group(new Bounds(800, 20, 102, 2), new Bounds(800, 0, 200, 60)));
  }
}
