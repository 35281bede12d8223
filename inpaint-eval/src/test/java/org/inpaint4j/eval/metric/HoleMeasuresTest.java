package org.inpaint4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.inpaint4j.eval.picture.PictureFiles;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HoleMeasuresTest {

  /** Figures of the script are given with 7 digits; float32 sums come in another order. */
  private static final double TOLERANCE = 1e-4;

  private static HoleMeasures measures;

  @BeforeAll
  static void open() {
    measures = HoleMeasures.create();
  }

  @AfterAll
  static void close() {
    measures.close();
  }

  @Test
  void of_photographs_equalsTheScript() throws IOException {
    List<String> golden;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(open("golden.csv"), StandardCharsets.UTF_8))) {
      golden = lines.lines().toList();
    }
    assertThat(golden).hasSize(8);
    for (String line : golden) {
      String[] fields = line.split(",", -1);
      ImagePlanes truth = picture(fields[0] + ".png");
      Mask mask =
          Mask.whiteIsHole(
              PictureFiles.read(
                  open(fields[0] + "." + fields[1] + ".png").readAllBytes(), fields[1]));
      int erosion = Integer.parseInt(fields[3]);
      assertThat(HoleMeasures.erosion(mask)).as(line).isEqualTo(erosion);
      HoleFigures figures = measures.of(truth, filled(fields[2], truth, mask), mask, erosion);
      double[] found = {
        figures.psnr(),
        figures.ssim(),
        figures.featureDistance(),
        figures.sharpness(),
        figures.seam()
      };
      for (int i = 0; i < found.length; i++) {
        assertThat(found[i])
            .as("figure %s of %s", i, line)
            .isCloseTo(Double.parseDouble(fields[4 + i]), within(TOLERANCE));
      }
    }
  }

  @Test
  void of_equalPictures_isPerfect() throws IOException {
    ImagePlanes truth = picture("portrait.png");
    Mask mask = Mask.rectangle(truth.width(), truth.height(), 40, 50, 30, 20);
    HoleFigures figures = measures.of(truth, truth, mask);
    assertThat(figures.psnr()).isCloseTo(138.13, within(0.01));
    assertThat(figures.ssim()).isCloseTo(1, within(1e-12));
    assertThat(figures.featureDistance()).isCloseTo(0, within(1e-12));
    assertThat(figures.sharpness()).isEqualTo(1);
    assertThat(figures.seam()).isEqualTo(1);
  }

  @Test
  void of_rampByHand_countsStepsAndEdges() {
    // Columns of gray 0, 10 ... 190; the fill is flat 100 in columns 6 to 12 of rows 6 to 12.
    Mask mask = Mask.rectangle(20, 20, 6, 6, 7, 7);
    ImagePlanes truth = ImagePlanes.zeros(1, new Size(20, 20));
    for (int i = 0; i < 400; i++) {
      truth.samples()[i] = i % 20 * 10 / 255f;
    }
    ImagePlanes flat = truth.copy();
    for (int i = 0; i < 400; i++) {
      if (mask.isHole(i % 20, i / 20)) {
        flat.samples()[i] = 100 / 255f;
      }
    }
    HoleFigures figures = measures.of(truth, flat, mask, 2);
    // Errors of the columns: 40, 30, 20, 10, 0, 10, 20: a mean square of 3500 / 7.
    assertThat(figures.psnr()).isCloseTo(10 * Math.log10(255.0 * 255 * 7 / 3500), within(1e-12));
    // Two erosions leave rows and columns 8 to 10, where all is flat.
    assertThat(figures.sharpness()).isZero();
    assertThat(measures.of(truth, flat, mask, 4).sharpness()).isNaN();
  }

  @Test
  void of_flatTruth_hasNoSharpness() {
    Mask mask = Mask.rectangle(12, 12, 4, 4, 4, 4);
    ImagePlanes black = ImagePlanes.zeros(3, new Size(12, 12));
    HoleFigures figures = measures.of(black, black, mask);
    assertThat(figures.sharpness()).isNaN();
    assertThat(figures.seam()).isNaN();
    // Too small for the network.
    assertThat(figures.featureDistance()).isNaN();
  }

  @Test
  void of_smallestCrop_hasAFeatureDistance() {
    Mask mask = Mask.rectangle(15, 17, 4, 4, 4, 4);
    ImagePlanes black = ImagePlanes.zeros(3, new Size(15, 17));
    ImagePlanes white = black.copy();
    java.util.Arrays.fill(white.samples(), 1);
    assertThat(measures.of(black, white, mask).featureDistance()).isBetween(0.01, 2.0);
  }

  @Test
  void of_moreThanIsKept_isRepeatable() {
    double[] first = new double[3];
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < first.length; i++) {
        Size size = new Size(500 + i, 220);
        ImagePlanes truth = ImagePlanes.zeros(3, size);
        for (int k = 0; k < truth.samples().length; k++) {
          truth.samples()[k] = k * 7919L % 256 / 255f;
        }
        ImagePlanes black = ImagePlanes.zeros(3, size);
        Mask mask = Mask.rectangle(size.width(), size.height(), 10, 10, 480, 200);
        double distance = measures.of(truth, black, mask).featureDistance();
        if (round == 0) {
          first[i] = distance;
        }
        assertThat(distance).isPositive().isEqualTo(first[i]);
      }
    }
  }

  @Test
  void of_manySizes_isRepeatable() throws IOException {
    ImagePlanes truth = picture("portrait.png");
    double[] first = new double[7];
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < first.length; i++) {
        Mask mask = Mask.rectangle(truth.width(), truth.height(), 40, 50, 20 + 2 * i, 20);
        double distance = measures.of(truth, filled("moved", truth, mask), mask).featureDistance();
        assertThat(distance).isPositive();
        if (round == 0) {
          first[i] = distance;
        } else {
          assertThat(distance).isEqualTo(first[i]);
        }
      }
    }
  }

  @Test
  void shares_ofCellsThatOverlap_areByHand() {
    // Five rows on two cells: rows 0 to 2 and 2 to 4. The hole is row 2.
    HolePixels hole = HolePixels.of(Mask.rectangle(1, 5, 0, 2, 1, 1));
    assertThat(FeatureDistance.shares(hole, new Size(1, 2))).containsExactly(1 / 3f, 1 / 3f);
  }

  @Test
  void of_noHoleOrOtherShape_isRefused() {
    ImagePlanes image = ImagePlanes.zeros(3, new Size(20, 20));
    assertThatThrownBy(() -> measures.of(image, image, Mask.of(20, 20, (x, y) -> false)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must have a hole");
    ImagePlanes other = ImagePlanes.zeros(3, new Size(20, 21));
    assertThatThrownBy(() -> measures.of(image, other, Mask.rectangle(20, 20, 1, 1, 2, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shape of the truth");
  }

  private static InputStream open(String name) {
    return HoleMeasuresTest.class.getResourceAsStream("hole/" + name);
  }

  private static ImagePlanes picture(String name) throws IOException {
    return PictureFiles.toPlanes(PictureFiles.read(open(name).readAllBytes(), name));
  }

  /** The fills of hole_golden.py. */
  private static ImagePlanes filled(String kind, ImagePlanes truth, Mask mask) {
    int[] across = {7, 5, 2};
    int[] down = {13, 3, 11};
    int width = truth.width();
    int pixels = width * truth.height();
    ImagePlanes filled = truth.copy();
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < pixels; i++) {
        int x = i % width;
        int y = i / width;
        if (mask.isHole(x, y)) {
          filled.samples()[c * pixels + i] =
              kind.equals("hashed")
                  ? (64 + (across[c] * x + down[c] * y) % 128) / 255f
                  : truth.samples()[c * pixels + i - Math.min(x, 9)];
        }
      }
    }
    return filled;
  }
}
