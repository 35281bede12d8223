package org.inpaint4j.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.inpaint4j.image.Square;
import org.junit.jupiter.api.Test;

class DetailPlanesTest {

  private static final int WIDTH = 31;
  private static final int HEIGHT = 23;

  private static DetailPicture picture(int width, int height, float... plane) {
    boolean[] known = new boolean[width * height];
    Arrays.fill(known, true);
    return new DetailPicture(
        width, height, new float[][] {plane}, known, new boolean[width * height]);
  }

  @Test
  void planes_ofWaves_areThoseOfSciPy() throws IOException {
    float[][] samples = new float[3][WIDTH * HEIGHT];
    boolean[] known = new boolean[WIDTH * HEIGHT];
    for (int i = 0; i < known.length; i++) {
      int x = i % WIDTH;
      int y = i / WIDTH;
      known[i] = x < 20 || x >= 27 || y < 4 || y >= 9;
      for (int c = 0; c < 3; c++) {
        samples[c][i] =
            (float)
                (0.5
                    + 0.2 * Math.sin(0.7 * x + c) * Math.cos(0.4 * y + 0.1 * x)
                    + 0.1 * Math.sin(1.9 * x + 1.3 * y + c));
      }
    }
    DetailPlanes planes =
        new DetailPlanes(
            new DetailPicture(WIDTH, HEIGHT, samples, known, new boolean[known.length]), 1.5);
    List<String> lines;
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    DetailPlanesTest.class.getResourceAsStream("detail_golden.csv")),
                StandardCharsets.UTF_8))) {
      lines = reader.lines().toList();
    }
    assertThat(lines).hasSize(238);
    for (String line : lines) {
      String[] golden = line.split(",", -1);
      int i = Integer.parseInt(golden[0]);
      float[] ours = {
        planes.low[i],
        planes.red[i],
        planes.blue[i],
        planes.shape[i],
        planes.strength[i],
        planes.detail(0, i),
        planes.detail(1, i),
        planes.detail(2, i),
        planes.structure(0, i),
        planes.structure(1, i),
        planes.structure(2, i)
      };
      for (int k = 0; k < ours.length; k++) {
        assertThat(ours[k])
            .as("column %s of pixel %s", k + 1, i)
            .isCloseTo(Float.parseFloat(golden[k + 1]), offset(2e-5f));
      }
    }
  }

  @Test
  void blur_besideUnknownPixels_leavesThemOut() {
    Blur blur = new Blur(new float[] {1, 0, 1}, 3, 1, 0.5);
    double next = Math.exp(-2);
    double after = Math.exp(-8); // the kernel ends at three standard deviations, 2 pixels

    float[] blurred = blur.of(new float[] {2, 100, 4});

    assertThat(blurred[0]).isCloseTo((float) ((2 + 4 * after) / (1 + after)), offset(1e-5f));
    assertThat(blurred[1]).isCloseTo((float) ((2 * next + 4 * next) / (2 * next)), offset(1e-5f));
  }

  @Test
  void doubling_ofARamp_continuesIt() {
    float[] doubled = Doubling.of(new float[] {0, 1, 2, 3, 4, 5}, 6, 1, 11, 2);

    for (int x = 4; x < 8; x++) {
      assertThat(doubled[x]).isCloseTo((x + 0.5f) / 2 - 0.5f, offset(1e-6f));
      assertThat(doubled[11 + x]).isEqualTo(doubled[x]);
    }
  }

  @Test
  void half_ofPartlyMissingPixels_isTheMeanOfTheOthers() {
    boolean[] known = {true, true, true, false};
    boolean[] hole = {false, false, false, false};
    DetailPicture whole =
        new DetailPicture(2, 2, new float[][] {{1, 2, 6, 100}}, known.clone(), hole.clone());

    DetailPicture half = whole.half();

    assertThat(half.planes[0]).containsExactly(3);
    assertThat(half.known).containsExactly(false);
    assertThat(half.hole).containsExactly(false);
  }

  @Test
  void mirror_ofAWholeSquare_isExact() {
    DetailPicture mirrored = DetailMirror.of(picture(4, 1, 1, 2, 3, 4), new Square(1, -1, 3));

    assertThat(mirrored.planes[0]).containsExactly(0, 4, 3, 2);
    assertThat(mirrored.known).containsExactly(false, true, true, true);
  }

  @Test
  void mirror_ofASquareBetweenPixels_interpolates() {
    float[] ramp = {0, 1, 2, 3, 4, 5, 6, 7};
    DetailPicture mirrored = DetailMirror.of(picture(8, 1, ramp), Square.around(4.25, 0.5, 8, 0));

    // The middle of pixel x is x + 0.5, its mirror 8 - x, which is pixel 7.5 - x.
    assertThat(mirrored.planes[0][4]).isCloseTo(3.5f, offset(1e-5f));
    assertThat(mirrored.known[4]).isTrue();
    assertThat(mirrored.known[0]).isFalse();
  }

  @Test
  void mirror_ofATurnedSquare_isAboutItsOwnLine() {
    DetailPicture mirrored =
        DetailMirror.of(picture(1, 4, 1, 2, 3, 4), Square.around(0.5, 2, 4, 90));

    assertThat(mirrored.planes[0]).containsExactly(4, 3, 2, 1);
  }
}
