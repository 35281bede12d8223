package org.inpaint4j.search;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Photo;

/**
 * What a search generated on its way, every few steps.
 *
 * <p>Bounded: when {@value #MOST} pictures have been kept, every second of them is dropped and the
 * distance between them doubles, so that a search of any length is covered evenly.
 */
final class Frames {

  static final int MOST = 64;

  private final List<BufferedImage> kept = new ArrayList<>();
  private int every;

  /**
   * Nothing kept yet.
   *
   * @param every the distance between two pictures in steps; 0 to keep none
   */
  Frames(int every) {
    this.every = every;
  }

  /**
   * Keeps the picture of a step if it is its turn.
   *
   * @param objective which has just been evaluated
   * @param place of the start
   * @param step from 0, each once and in order
   */
  void keep(LatentObjective objective, int place, int step) {
    if (every == 0 || step % every != 0) {
      return;
    }
    if (kept.size() == MOST) {
      List<BufferedImage> half = new ArrayList<>();
      for (int i = 0; i < MOST; i += 2) {
        half.add(kept.get(i));
      }
      kept.clear();
      kept.addAll(half);
      every = Math.multiplyExact(every, 2);
      if (step % every != 0) {
        return;
      }
    }
    kept.add(Photo.toImage(Samples.toUnit(objective.generated(place))));
  }

  /** The pictures kept up to a step, and the one that was found there; empty if none were kept. */
  List<BufferedImage> until(int bestStep, ImagePlanes best) {
    if (kept.isEmpty()) {
      return List.of();
    }
    // The first is of step 0, and the distance between them is what it has become.
    List<BufferedImage> all =
        new ArrayList<>(kept.subList(0, Math.min(kept.size(), bestStep / every + 1)));
    all.add(Photo.toImage(Samples.toUnit(best)));
    return all;
  }
}
