package org.inpaint4j.patch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.junit.jupiter.api.Test;

/** Against NumPy: {@code make_patch_estimate_golden.py} beside the golden file. */
class PatchEstimateTest {

  private static final int WIDTH = 26;
  private static final int HEIGHT = 22;
  private static final Mask MASK =
      Mask.of(WIDTH, HEIGHT, (x, y) -> (y >= 9 && y < 12) || Math.abs(x - y) < 2);

  private static ImagePlanes image() {
    ImagePlanes image = ImagePlanes.zeros(3, new Size(WIDTH, HEIGHT));
    for (int c = 0, i = 0; c < 3; c++) {
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++, i++) {
          double value =
              .5
                  + .2 * Math.sin(.9 * x + .4 * y + c)
                  + .1 * Math.sin(2.3 * x - 1.7 * y + .5 * c)
                  + .05 * ((x * 7 + y * 13 + c * 5) % 11) / 11;
          image.samples()[i] = MASK.isHole(x, y) ? .5f : (float) value;
        }
      }
    }
    return image;
  }

  private static List<String> golden() throws IOException {
    try (InputStream in =
        requireNonNull(PatchEstimateTest.class.getResourceAsStream("patch_estimate_golden.csv"))) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().skip(1).toList();
    }
  }

  @Test
  void addTo_threePatches_equalsTheConditionalMeanOfNumPy() throws IOException {
    ThinPlanes planes = new ThinPlanes(image(), MASK, MASK);
    PatchEstimate estimate = new PatchEstimate(planes, 9, 6, 16);
    int compared = 0;
    for (String line : golden()) {
      String[] cells = line.split(",", -1);
      float[][] sums = new float[4][WIDTH * HEIGHT];
      estimate.addTo(sums, Integer.parseInt(cells[0]), Integer.parseInt(cells[1]), Trust.SCATTERED);
      int pixel = Integer.parseInt(cells[3]) * WIDTH + Integer.parseInt(cells[2]);
      double weight = Double.parseDouble(cells[4]);
      assertThat((double) sums[3][pixel]).isCloseTo(weight, within(1e-4 * weight));
      for (int c = 0; c < 3; c++) {
        assertThat((double) sums[c][pixel] / sums[3][pixel])
            .isCloseTo(Double.parseDouble(cells[5 + c]), within(1e-4));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(200);
  }
}
