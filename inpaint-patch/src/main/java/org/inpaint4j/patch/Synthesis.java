package org.inpaint4j.patch;

import java.util.ArrayList;
import java.util.List;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Seeds;
import org.jspecify.annotations.Nullable;

/**
 * Fills the hole of one part of a picture, from the coarsest level of its pyramid to the finest.
 */
final class Synthesis {

  /** Levels are added until the hole is no deeper than this. */
  private static final int COARSEST_DEPTH = 6;

  /** Half the side of patches on the coarsest level, where a larger one sees everything at once. */
  private static final int COARSEST_RADIUS = 2;

  /** A level needs so many pixels along its shorter side and so many sources to be of use. */
  private static final int LEAST_SIDES = 2;

  private static final int LEAST_SOURCES = 50;

  /** Of the coarsest level, and from there on ever fewer; more do not fill better. */
  private static final int COARSEST_ROUNDS = 60;

  /** As {@link #COARSEST_ROUNDS}, if the coarsest level is not a small one. */
  private static final int LARGE_ROUNDS = 12;

  private static final int FINEST_ROUNDS = 1;
  private static final int SWEEPS = 3;
  private static final int DRAWS = 12;

  /** Sweeps from scattered matches, before the first vote of a start. */
  private static final int FIRST_SWEEPS = 8;

  private static final int FIRST_DRAWS = 20;

  /** The seams of so many places are hidden in a tenth of a second. */
  private static final int QUICK_TO_HIDE = 100_000;

  private final PatchOptions options;
  private final List<Level> levels = new ArrayList<>();
  private final Novelty novelty;
  private final Progress progress;
  private final Crew crew;
  private final long seed;
  private final int radius;
  private double energy = Double.POSITIVE_INFINITY;

  /** The level that is worked on; before the work begins, null. */
  private @Nullable Level current;

  Synthesis(
      Level finest, int radius, PatchOptions options, Progress progress, Crew crew, long seed) {
    this.radius = radius;
    this.options = options;
    this.progress = progress;
    this.crew = crew;
    this.seed = seed;
    levels.add(finest);
    while (coarsest().depth() > COARSEST_DEPTH) {
      Level next = coarsest().half();
      if (Math.min(next.width, next.height) < LEAST_SIDES * (2 * radius + 1)
          || sources(next, radius) < LEAST_SOURCES) {
        break;
      }
      levels.add(next);
    }
    int k = 0;
    while (k + 1 < levels.size() && pixels(levels.get(k)) > Novelty.MOST_PIXELS) {
      k++;
    }
    Level small = levels.get(k);
    while (pixels(small) > Novelty.MOST_PIXELS) {
      small = small.half();
    }
    novelty = Novelty.of(small);
    if (options.turns() != SourceTurns.NONE) {
      int halvings = levels.size() - 1;
      levels.replaceAll(level -> TurnedCopies.beside(level, options.turns(), finest, halvings));
    }
  }

  private static int pixels(Level level) {
    return level.pictureWidth * level.pictureHeight;
  }

  private static int sources(Level level, int radius) {
    int count = 0;
    for (boolean centre : Field.whole(level.source, true, level.width, level.height, radius)) {
      count += centre ? 1 : 0;
    }
    return count;
  }

  private Level coarsest() {
    return levels.get(levels.size() - 1);
  }

  /** How many rounds there are for the listener. */
  int rounds() {
    int sum = starts() * startRounds();
    for (int l = 0; l < levels.size() - 1; l++) {
      sum += rounds(l);
    }
    return sum;
  }

  /* A hole that is long and thin has a coarsest level as large as the picture. There is little to
   * decide about then, and what there is is decided at the rim. */
  private boolean isSmall() {
    return pixels(coarsest()) <= Novelty.MOST_PIXELS;
  }

  private int starts() {
    return isSmall() ? options.starts() : 1;
  }

  private int startRounds() {
    return isSmall() ? COARSEST_ROUNDS : LARGE_ROUNDS;
  }

  private int rounds(int l) {
    float part = (float) l / (levels.size() - 1);
    return Math.round(FINEST_ROUNDS + (startRounds() - FINEST_ROUNDS) * part);
  }

  /** The mean squared misfit a sample of the field that was taken; a candidate's rank. */
  double energy() {
    return energy;
  }

  /**
   * Fills the hole of the finest level.
   *
   * <p>When the progress is cancelled, the rest of the rounds are left out: the matches so far are
   * carried to the finest level, and seams are hidden only where that is done at once.
   */
  void run() {
    Field field = start();
    for (int l = levels.size() - 2; l >= 0; l--) {
      Field finer = field(levels.get(l), radius);
      finer.from(field, Seeds.split(seed, l));
      field = finer;
      if (progress.goesOn()) {
        new Vote(field, crew).mean(progress);
        current = field.level;
        improve(field, rounds(l), Seeds.split(seed, 100 + l));
      }
    }
    search(field).refresh();
    energy = field.energy();
    int[] origin = new Vote(field, crew).best();
    boolean soon = field.match.length < QUICK_TO_HIDE;
    if (options.colourAdaptation() > 0 && (soon || progress.goesOn())) {
      Seams.hide(field.level, origin, (float) options.colourAdaptation(), crew);
    }
  }

  private Field field(Level level, int patchRadius) {
    return new Field(level, patchRadius, options.avoidsRepeats() ? Repeats.AVOIDED : Repeats.USUAL);
  }

  /**
   * Writes what is thought of the hole so far.
   *
   * @param into its hole is written, at any resolution of the work
   * @param left the column of the part there
   * @param top its row
   */
  void write(ImagePlanes into, int left, int top) {
    Level finest = levels.get(0);
    if (current == null) {
      SmoothStart.fill(coarsest());
      current = coarsest();
    }
    Enlarged shown = new Enlarged(current);
    Bounds box = finest.box;
    for (int y = box.y(); y < box.y() + box.height(); y++) {
      for (int x = box.x(); x < box.x() + box.width(); x++) {
        for (int c = 0; c < finest.channels && finest.hole[y * finest.width + x]; c++) {
          into.samples()[(c * into.height() + top + y) * into.width() + left + x] =
              shown.sample(c, x, y);
        }
      }
    }
  }

  private Search search(Field field) {
    return new Search(field, new PatchDistance(field, novelty), crew, progress);
  }

  /** The best of several starts on the coarsest level, by energy. */
  private Field start() {
    Level level = coarsest();
    current = level;
    int small = levels.size() == 1 ? radius : Math.min(radius, COARSEST_RADIUS);
    Field best = field(level, small);
    float[] pixels = level.pixels.clone();
    float[] texture = level.texture.clone();
    double least = Double.POSITIVE_INFINITY;
    for (int k = 0; k < starts() && (k == 0 || !progress.isCancelled()); k++) {
      Field field = field(level, small);
      // Peeling compares with every source, and so belongs on small levels alone.
      if (k % 2 == 0 && isSmall()) {
        OnionPeel.fill(field, crew);
      } else {
        SmoothStart.fill(level);
      }
      long mine = Seeds.split(seed, 1000 + k);
      field.scatter(mine);
      Search search = search(field);
      search.refresh();
      for (int s = 0; s < FIRST_SWEEPS; s++) {
        search.sweep(s % 2 == 0, Seeds.split(mine, s), FIRST_DRAWS);
      }
      new Vote(field, crew).mean(progress);
      improve(field, startRounds(), Seeds.split(mine, 100));
      if (field.energy() < least) {
        least = field.energy();
        best.copy(field);
        System.arraycopy(level.pixels, 0, pixels, 0, pixels.length);
        System.arraycopy(level.texture, 0, texture, 0, texture.length);
      }
    }
    System.arraycopy(pixels, 0, level.pixels, 0, pixels.length);
    System.arraycopy(texture, 0, level.texture, 0, texture.length);
    return best;
  }

  private void improve(Field field, int rounds, long roundSeed) {
    Search search = search(field);
    Vote vote = new Vote(field, crew);
    for (int k = 0; k < rounds && !progress.isCancelled(); k++) {
      search.refresh();
      for (int s = 0; s < SWEEPS; s++) {
        int n = k * SWEEPS + s;
        search.sweep(n % 2 == 0, Seeds.split(roundSeed, n), DRAWS);
      }
      vote.mean(progress);
      progress.step(field.energy());
    }
  }
}
