package org.inpaint4j.eval.metric;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.inpaint4j.image.WholeFile;

/** Running mean and scatter (sum of outer products of deviations). */
final class Moments implements FeatureStatistics {

  /** "I4JM" and the version of the format. */
  private static final int MAGIC = 0x49344A4D;

  private static final int VERSION = 1;
  private static final int LARGEST = 1 << 14;

  private final int dimension;
  private final double[] mean;

  /** Upper triangle by rows, the diagonal first: row i has dimension - i values. */
  private final double[] scatter;

  private final double[] deviation;
  private long count;

  Moments(int dimension) {
    checkArgument(
        dimension > 0 && dimension <= LARGEST,
        "a feature dimension must be from 1 to %s: found %s",
        LARGEST,
        dimension);
    this.dimension = dimension;
    this.mean = new double[dimension];
    this.scatter = new double[dimension * (dimension + 1) / 2];
    this.deviation = new double[dimension];
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public void add(float[] features) {
    checkArgument(
        features.length == dimension,
        "a feature vector must be %s long: found %s",
        dimension,
        features.length);
    for (float value : features) {
      checkArgument(Float.isFinite(value), "a feature must be finite: found %s", value);
    }
    for (int i = 0; i < dimension; i++) {
      deviation[i] = features[i] - mean[i];
    }
    // Welford: the new scatter gains d d^T (n - 1) / n, where d is taken from the old mean.
    addScatter(deviation, count / (count + 1.0));
    count++;
    for (int i = 0; i < dimension; i++) {
      mean[i] += deviation[i] / count;
    }
  }

  @Override
  public void merge(FeatureStatistics other) {
    checkArgument(
        other.dimension() == dimension,
        "merged statistics must have one dimension: expected %s, found %s",
        dimension,
        other.dimension());
    Moments that = (Moments) other;
    if (that.count == 0) {
      return;
    }
    long total = count + that.count;
    for (int i = 0; i < scatter.length; i++) {
      scatter[i] += that.scatter[i];
    }
    for (int i = 0; i < dimension; i++) {
      deviation[i] = that.mean[i] - mean[i];
    }
    addScatter(deviation, (double) count * that.count / total);
    for (int i = 0; i < dimension; i++) {
      mean[i] += deviation[i] * ((double) that.count / total);
    }
    count = total;
  }

  private void addScatter(double[] d, double weight) {
    for (int i = 0, row = 0; i < dimension; row += dimension - i, i++) {
      double scaled = weight * d[i];
      for (int j = i; j < dimension; j++) {
        scatter[row + j - i] += scaled * d[j];
      }
    }
  }

  @Override
  public double[] mean() {
    checkState(count > 0, "a mean must have at least 1 vector: found none");
    return mean.clone();
  }

  @Override
  public double[] covariance() {
    checkState(count > 1, "a covariance must have at least 2 vectors: found %s", count);
    double[] covariance = new double[dimension * dimension];
    for (int i = 0, k = 0; i < dimension; i++) {
      for (int j = i; j < dimension; j++, k++) {
        double value = scatter[k] / (count - 1);
        covariance[i * dimension + j] = value;
        covariance[j * dimension + i] = value;
      }
    }
    return covariance;
  }

  @Override
  public double frechetDistance(FeatureStatistics other) {
    checkArgument(
        other.dimension() == dimension,
        "compared statistics must have one dimension: expected %s, found %s",
        dimension,
        other.dimension());
    Frechet.warnIfFew(Math.min(count, other.count()));
    return Frechet.ofMoments(mean(), covariance(), other.mean(), other.covariance());
  }

  @Override
  public void save(Path file) throws IOException {
    WholeFile.write(
        file,
        bytes -> {
          DataOutputStream out = new DataOutputStream(bytes);
          out.writeInt(MAGIC);
          out.writeInt(VERSION);
          out.writeInt(dimension);
          out.writeLong(count);
          for (double value : mean) {
            out.writeDouble(value);
          }
          for (double value : scatter) {
            out.writeDouble(value);
          }
        });
  }

  static FeatureStatistics read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      int magic = in.readInt();
      int version = in.readInt();
      if (magic != MAGIC || version != VERSION) {
        throw new IOException(
            "a statistics file must begin with I4JM and version 1: found another in " + file);
      }
      int dimension = in.readInt();
      long count = in.readLong();
      if (dimension < 1 || dimension > LARGEST || count < 0) {
        throw new IOException(
            "a statistics file must have a sane dimension and count: found "
                + dimension
                + " and "
                + count
                + " in "
                + file);
      }
      // The size is known before anything is allocated: a broken length cannot exhaust the heap.
      long expected = 20 + 8L * (dimension + dimension * (dimension + 1L) / 2);
      if (Files.size(file) != expected) {
        throw new IOException(
            "a statistics file must be whole: expected "
                + expected
                + " bytes, found "
                + Files.size(file)
                + " in "
                + file);
      }
      Moments moments = new Moments(dimension);
      moments.count = count;
      readAll(in, moments.mean, file);
      readAll(in, moments.scatter, file);
      return moments;
    } catch (EOFException e) {
      throw new IOException("a statistics file must be whole: found an early end of " + file, e);
    }
  }

  private static void readAll(DataInputStream in, double[] values, Path file) throws IOException {
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readDouble();
      if (!Double.isFinite(values[i])) {
        throw new IOException("statistics must be finite: found " + values[i] + " in " + file);
      }
    }
  }

  @Override
  public String toString() {
    return "statistics of " + count + " vectors of " + dimension;
  }
}
