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
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class FeatureStatisticsTest {

  @Test
  void add_threeVectorsByHand_givesMeanAndCovariance() {
    FeatureStatistics statistics = of(new float[][] {{1, 2}, {3, 2}, {5, 8}});
    assertThat(statistics.count()).isEqualTo(3);
    assertThat(statistics.mean()).containsExactly(new double[] {3, 4}, within(1e-15));
    assertThat(statistics.covariance()).containsExactly(new double[] {4, 6, 6, 12}, within(1e-15));
  }

  @Test
  void frechetDistance_ofDiagonalCovariances_isTheFormula() {
    // Means (0, 0) and (3, 4); variances (4, 1) and (9, 16): 25 + (2 - 3)² + (1 - 4)².
    double distance =
        Frechet.ofMoments(
            new double[] {0, 0},
            new double[] {4, 0, 0, 1},
            new double[] {3, 4},
            new double[] {9, 0, 0, 16});
    assertThat(distance).isCloseTo(35, within(1e-12));
  }

  @ParameterizedTest
  @CsvFileSource(resources = "frechet.csv")
  void frechetDistance_ofHashedFeatures_equalsSciPy(
      int n1, int n2, int dimension, double shift, double frechet, double kid) {
    float[][] first = features(1, n1, dimension, 0);
    float[][] second = features(2, n2, dimension, shift);
    Percentage tolerance = Percentage.withPercentage(1e-4);
    assertThat(of(first).frechetDistance(of(second))).isCloseTo(frechet, tolerance);
    assertThat(of(second).frechetDistance(of(first))).isCloseTo(frechet, tolerance);
    assertThat(Frechet.ofSamples(first, second)).isCloseTo(frechet, tolerance);
    assertThat(Frechet.ofSamples(second, first)).isCloseTo(frechet, tolerance);
    int n = Math.min(n1, n2);
    KernelDistance kernel =
        KernelDistance.between(Arrays.copyOf(first, n), Arrays.copyOf(second, n), 1, n, 5);
    assertThat(kernel.mean()).isCloseTo(kid, Percentage.withPercentage(1e-4));
    assertThat(kernel.standardDeviation()).isZero();
  }

  @Test
  void frechetDistance_ofTheSame_isZero() {
    FeatureStatistics statistics = of(features(3, 50, 80, 0));
    // Rounding of a difference of traces of about 200.
    assertThat(statistics.frechetDistance(statistics)).isCloseTo(0, within(1e-6));
  }

  @Test
  void frechetDistance_ofConstantFeatures_isTheSquaredDistanceOfMeans() {
    float[][] ones = new float[5][];
    Arrays.fill(ones, new float[] {1, 1, 1});
    float[][] twos = new float[5][];
    Arrays.fill(twos, new float[] {2, 2, 3});
    assertThat(of(ones).frechetDistance(of(twos))).isCloseTo(6, within(1e-12));
    assertThat(Frechet.ofSamples(ones, twos)).isCloseTo(6, within(1e-12));
  }

  @Test
  void add_withALargeCommonOffset_losesNothing() {
    float[][] small = features(4, 100, 3, 0);
    FeatureStatistics offset = FeatureStatistics.create(3);
    FeatureStatistics plain = FeatureStatistics.create(3);
    for (float[] row : small) {
      // Multiples of 2^-6 up to 8, so that adding 2^16 is exact in float.
      float[] coarse = {Math.round(row[0] * 64) / 64f, Math.round(row[1] * 64) / 64f, 1};
      plain.add(coarse);
      offset.add(new float[] {coarse[0] + 65536, coarse[1] + 65536, 65537});
    }
    assertThat(offset.covariance()).containsExactly(plain.covariance(), within(1e-9));
  }

  @Test
  void merge_ofParts_equalsTheWhole() {
    float[][] all = features(5, 101, 10, 0);
    FeatureStatistics whole = of(all);
    FeatureStatistics first = of(Arrays.copyOfRange(all, 0, 37));
    first.merge(FeatureStatistics.create(10));
    first.merge(of(Arrays.copyOfRange(all, 37, 101)));
    FeatureStatistics empty = FeatureStatistics.create(10);
    empty.merge(first);
    for (FeatureStatistics merged : new FeatureStatistics[] {first, empty}) {
      assertThat(merged.count()).isEqualTo(101);
      assertThat(merged.mean()).containsExactly(whole.mean(), within(1e-12));
      assertThat(merged.covariance()).containsExactly(whole.covariance(), within(1e-12));
    }
  }

  /** As machines do it: parts in any order, and sums of parts merged in any grouping. */
  @Test
  void merge_inAnyOrderAndGrouping_equalsTheWhole() {
    float[][] all = features(9, 200, 8, 3);
    FeatureStatistics whole = of(all);
    int[] ends = {0, 1, 2, 50, 51, 130, 200};
    for (int seed = 0; seed < 20; seed++) {
      List<FeatureStatistics> parts = new ArrayList<>();
      for (int i = 0; i + 1 < ends.length; i++) {
        parts.add(of(Arrays.copyOfRange(all, ends[i], ends[i + 1])));
      }
      Random random = new Random(seed);
      while (parts.size() > 1) {
        FeatureStatistics first = parts.remove(random.nextInt(parts.size()));
        parts.get(random.nextInt(parts.size())).merge(first);
      }
      assertThat(parts.get(0).count()).isEqualTo(200);
      assertThat(parts.get(0).mean()).containsExactly(whole.mean(), within(1e-12));
      assertThat(parts.get(0).covariance()).containsExactly(whole.covariance(), within(1e-11));
    }
  }

  @Test
  void load_ofSaved_isTheSameBitForBit(@TempDir Path folder) throws IOException {
    FeatureStatistics saved = of(features(6, 20, 7, 0));
    Path file = folder.resolve("real.stats");
    saved.save(file);
    saved.save(file);
    FeatureStatistics loaded = FeatureStatistics.load(file);
    assertThat(loaded.count()).isEqualTo(20);
    assertThat(loaded.mean()).containsExactly(saved.mean());
    assertThat(loaded.covariance()).containsExactly(saved.covariance());
    loaded.add(new float[7]);
    assertThat(loaded.count()).isEqualTo(21);
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void load_ofBrokenFiles_isRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("real.stats");
    of(features(6, 20, 7, 0)).save(file);
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 3, 10, 25, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> FeatureStatistics.load(file))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("whole");
    }
    Files.writeString(file, "something else entirely");
    assertThatThrownBy(() -> FeatureStatistics.load(file)).isInstanceOf(IOException.class);
  }

  @Test
  void statistics_ofTooFewOrWrongVectors_areRefused() {
    FeatureStatistics statistics = FeatureStatistics.create(2);
    assertThatThrownBy(statistics::mean).isInstanceOf(IllegalStateException.class);
    statistics.add(new float[] {1, 2});
    assertThatThrownBy(statistics::covariance).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> statistics.add(new float[] {1, Float.NaN}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("finite");
    assertThatThrownBy(() -> statistics.add(new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be 2 long: found 3");
    assertThatThrownBy(() -> statistics.merge(FeatureStatistics.create(3)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(statistics.count()).isEqualTo(1);
  }

  @Test
  void kernelDistance_ofSubsets_isSeededAndNearTheWhole() {
    float[][] first = features(7, 300, 20, 0);
    float[][] second = features(8, 300, 20, 1);
    KernelDistance whole = KernelDistance.between(first, second, 1, 300, 1);
    KernelDistance subsets = KernelDistance.between(first, second, 40, 100, 1);
    assertThat(KernelDistance.between(first, second, 40, 100, 1)).isEqualTo(subsets);
    assertThat(KernelDistance.between(first, second, 40, 100, 2)).isNotEqualTo(subsets);
    assertThat(subsets.standardDeviation()).isPositive();
    assertThat(subsets.mean()).isCloseTo(whole.mean(), within(3 * subsets.standardDeviation()));
    assertThatThrownBy(() -> KernelDistance.between(first, second, 1, 301, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static FeatureStatistics of(float[][] features) {
    FeatureStatistics statistics = FeatureStatistics.create(features[0].length);
    for (float[] row : features) {
      statistics.add(row);
    }
    return statistics;
  }

  /** The features of frechet_golden.py. */
  static float[][] features(long seed, int n, int d, double shift) {
    float[][] features = new float[n][d];
    for (int i = 0; i < n; i++) {
      double shared = uniform(seed + 1000, i);
      for (int j = 0; j < d; j++) {
        double own = uniform(seed, (long) i * d + j);
        features[i][j] = (float) (own * (1 + j % 7) + shared * (j % 5) + shift * (j % 3));
      }
    }
    return features;
  }

  private static double uniform(long seed, long i) {
    long z = ((seed << 32) + i + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return ((z ^ z >>> 31) >>> 40) / (double) (1 << 24);
  }
}
