package org.inpaint4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.inpaint4j.eval.picture.PictureFiles;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Size;
import org.inpaint4j.network.Generator;
import org.inpaint4j.network.LatentSpace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

class GatheringTest {

  @TempDir private Path folder;

  /** The first and the last sample of an image; keeps all it sees. */
  private static final class Ends implements ImageFeatures {
    final List<ImagePlanes> seen = new ArrayList<>();

    @Override
    public String distanceName() {
      return "ends";
    }

    @Override
    public String identity() {
      return "ends";
    }

    @Override
    public float[][] of(List<ImagePlanes> images) {
      seen.addAll(images);
      return images.stream()
          .map(ImagePlanes::samples)
          .map(samples -> new float[] {samples[0], samples[samples.length - 1]})
          .toArray(float[][]::new);
    }
  }

  /** Images of 1x1x2 in [-1, 1]: half of each of two latent numbers. */
  private static final class Halves implements Generator {
    @Override
    public LatentSpace latentSpace() {
      return LatentSpace.standardNormal(2);
    }

    @Override
    public ImageShape imageShape() {
      return new ImageShape(1, new Size(2, 1));
    }

    @Override
    public String identity() {
      return "halves";
    }

    @Override
    public SDVariable generate(SameDiff graph, SDVariable latent) {
      return graph.reshape(latent.mul(0.5), -1, 1, 1, 2);
    }
  }

  @Test
  void ofImages_folderOfGrayPictures_givesMeanAndCovariance() throws IOException {
    // Levels 0, 51 and 102 of 255: 0, 0.2 and 0.4; variance 0.04.
    for (int i = 0; i < 3; i++) {
      ImagePlanes gray = ImagePlanes.zeros(3, new Size(4, 4));
      Arrays.fill(gray.samples(), 0.2f * i);
      Files.write(folder.resolve(i + ".png"), PictureFiles.png(PictureFiles.toImage(gray)));
    }
    List<Integer> progress = new ArrayList<>();
    FeatureStatistics statistics = FeatureStatistics.ofImages(folder, new Ends(), progress::add);
    assertThat(statistics.count()).isEqualTo(3);
    assertThat(progress).containsExactly(3);
    assertThat(statistics.mean()).containsExactly(new double[] {0.2, 0.2}, within(1e-7));
    assertThat(statistics.covariance())
        .containsExactly(new double[] {0.04, 0.04, 0.04, 0.04}, within(1e-7));
  }

  @Test
  void ofImages_noPictures_saysSo() {
    assertThatThrownBy(() -> FeatureStatistics.ofImages(folder, new Ends(), done -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a source of images must hold pictures");
  }

  /**
   * Samples are 0.5 + z/4, cut at |z| = 2. Of the standard normal cut there the variance is 0.9205
   * (SciPy: {@code quad(lambda z: min(abs(z), 2)**2 * norm.pdf(z), -9, 9)}), so theirs is 0.05753.
   * With 4,000 of them, the mean is off by 0.0038 and the variance by 2 % at one standard error.
   */
  @Test
  void ofSamples_halvesOfLatents_haveTheirMeanAndVariance() {
    Ends ends = new Ends();
    FeatureStatistics statistics =
        FeatureStatistics.ofSamples(new Halves(), 4000, 1, ends, done -> {});
    assertThat(statistics.count()).isEqualTo(4000);
    assertThat(statistics.mean()).containsExactly(new double[] {0.5, 0.5}, within(0.016));
    assertThat(statistics.covariance())
        .containsExactly(new double[] {0.05753, 0, 0, 0.05753}, within(0.005));
    for (ImagePlanes image : ends.seen) {
      float level = 255 * image.samples()[0];
      assertThat(level).isBetween(0f, 255f).isCloseTo(Math.round(level), within(1e-4f));
    }
  }

  @Test
  void ofSamples_otherCount_startsWithTheSameImages() {
    Ends few = new Ends();
    Ends many = new Ends();
    Ends other = new Ends();
    FeatureStatistics.ofSamples(new Halves(), 5, 7, few, done -> {});
    FeatureStatistics.ofSamples(new Halves(), 37, 7, many, done -> {});
    FeatureStatistics.ofSamples(new Halves(), 5, 8, other, done -> {});
    assertThat(many.seen).hasSize(37);
    for (int i = 0; i < 5; i++) {
      assertThat(few.seen.get(i).samples()).isEqualTo(many.seen.get(i).samples());
      assertThat(few.seen.get(i).samples()).isNotEqualTo(other.seen.get(i).samples());
    }
    assertThat(many.seen.get(36).samples()).isNotEqualTo(many.seen.get(4).samples());
  }
}
