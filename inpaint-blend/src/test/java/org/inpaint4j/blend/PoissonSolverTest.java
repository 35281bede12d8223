package org.inpaint4j.blend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Masks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The solver in double, in grey levels of 255, where float images cannot hide an error. */
class PoissonSolverTest {

  static final List<String> FAMILIES = Masks.FAMILIES;

  /** EJML's factorisation takes seconds at 256: set to 256 to check that once. */
  private static final int SIZE = Integer.getInteger("inpaint4j.test.size", 96);

  static Stream<Arguments> familiesAndSizes() {
    return Masks.FAMILIES.stream()
        .flatMap(family -> Stream.of(16, 33, SIZE).map(n -> Arguments.of(family, n)));
  }

  @ParameterizedTest
  @MethodSource("familiesAndSizes")
  void solve_tightTolerance_equalsADirectSolve(String family, int n) {
    assertEqualsDirectSolve(Masks.of(family, n));
  }

  @Test
  void solve_quickDrawStrokes_equalsADirectSolve() throws IOException {
    Path file = Path.of("../../../shared/data/quickdraw-sample.ndjson.gz");
    if (!Files.exists(file)) {
      file = Path.of("../../shared/data/quickdraw-sample.ndjson.gz");
    }
    assumeTrue(Files.exists(file), "shared/data/quickdraw-sample.ndjson.gz is not there");
    List<String> drawings = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (int line = 0; line < 600; line++) {
        String drawing = reader.readLine();
        if (line % 60 == 0) {
          drawings.add(drawing);
        }
      }
    }

    for (String drawing : drawings) {
      assertEqualsDirectSolve(strokes(drawing, 128, 2.5));
    }
  }

  /** Strokes as a mask: their lines, {@code radius} pixels to either side. */
  private static Mask strokes(String json, int n, double radius) {
    boolean[] on = new boolean[n * n];
    Matcher stroke = Pattern.compile("\\[\\[([0-9,. ]+)\\], ?\\[([0-9,. ]+)\\]").matcher(json);
    while (stroke.find()) {
      String[] xs = stroke.group(1).split(",", -1);
      String[] ys = stroke.group(2).split(",", -1);
      for (int i = 1; i < xs.length; i++) {
        for (int step = 0; step <= 2 * n; step++) {
          double t = step / (2.0 * n);
          double x = between(xs, i, t) * (n - 1) / 255;
          double y = between(ys, i, t) * (n - 1) / 255;
          for (int py = (int) (y - radius); py <= y + radius; py++) {
            for (int px = (int) (x - radius); px <= x + radius; px++) {
              if (px >= 0 && py >= 0 && px < n && py < n && Math.hypot(px - x, py - y) <= radius) {
                on[py * n + px] = true;
              }
            }
          }
        }
      }
    }
    Mask mask = Mask.of(n, n, (x, y) -> on[y * n + x]);
    assertThat(mask.holeCount()).isGreaterThan(n);
    return mask;
  }

  private static double between(String[] values, int i, double t) {
    return (1 - t) * Double.parseDouble(values[i - 1].strip())
        + t * Double.parseDouble(values[i].strip());
  }

  @ParameterizedTest
  @FieldSource("FAMILIES")
  void solve_anySize_takesNoMoreCyclesThanBounded(String family) {
    for (int n : new int[] {9, 32, 100, 257, 512}) {
      Mask mask = Masks.of(family, n);
      HoleGrid grid = HoleGrid.of(mask);
      try (Team team = Team.of(2, mask.holeCount())) {
        PoissonSolver solver = new PoissonSolver(grid, team);
        setRight(solver, mask, picture(n));

        ConjugateGradients run = solver.solve(1e-8, 100, () -> true);

        assertThat(run.converged()).isTrue();
        assertThat(run.cycles()).as("%s of %s", family, n).isLessThanOrEqualTo(25);
      }
    }
  }

  private static void assertEqualsDirectSolve(Mask mask) {
    int n = mask.width();
    double[] image = picture(n);
    double[] expected = DirectSolve.poisson(image, new double[n * n], mask, false);
    HoleGrid grid = HoleGrid.of(mask);
    try (Team team = Team.of(2, mask.holeCount())) {
      PoissonSolver solver = new PoissonSolver(grid, team);
      setRight(solver, mask, image);

      solver.solve(1e-11, 50, () -> true);

      double[] actual = image.clone();
      HoleRuns stretches = solver.holeRuns;
      for (int s = 0; s < stretches.count(); s++) {
        int y = stretches.row[s];
        for (int x = stretches.from[s]; x < stretches.to[s]; x++) {
          actual[grid.imageIndex(x, y)] = solver.solutionOf(x, y)[stretches.origin[s] + (x >> 1)];
        }
      }
      assertThat(actual).containsExactly(expected, within(1e-8));
    }
  }

  /** Grey levels with shades and noise. */
  private static double[] picture(int n) {
    Random random = new Random(n);
    double[] image = new double[n * n];
    for (int i = 0; i < image.length; i++) {
      image[i] = 128 + 90 * Math.sin(7.0 * (i % n) / n) + 20 * random.nextGaussian();
    }
    return image;
  }

  private static void setRight(PoissonSolver solver, Mask mask, double[] image) {
    solver.clear();
    Rim rim = new Rim(solver.grid, solver.holeRuns);
    for (int i = 0; i < rim.place.length; i++) {
      assertThat(mask.isHole(rim.known[i] % mask.width(), rim.known[i] / mask.width())).isFalse();
      double[] right = (rim.place[i] & 1) == 0 ? solver.rightBlack : solver.red;
      right[rim.place[i] >> 1] += image[rim.known[i]];
    }
  }
}
