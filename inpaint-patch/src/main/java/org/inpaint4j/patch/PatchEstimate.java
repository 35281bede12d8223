package org.inpaint4j.patch;

import java.util.Arrays;

/**
 * Estimates the missing pixels of one patch, and the known ones beside them, from its {@link
 * Neighbours}.
 *
 * <p>The known pixels of the patch are fitted by a combination of the neighbours with weights that
 * sum to one: the mean of the neighbours plus a ridge regression on their differences from it. The
 * same combination of the neighbours' pixels then estimates the missing ones, in every channel.
 * With few neighbours that is the conditional mean of a Gaussian whose mean and covariance are
 * those of the neighbours (Lebrun, Buades and Morel, <em>A nonlocal Bayesian image denoising
 * algorithm</em>, 2013; for missing pixels Aguerrebere et al., <em>A Bayesian hyperprior approach
 * for joint image denoising and interpolation</em>, 2017), computed in the space of the neighbours,
 * which is smaller than that of the pixels.
 *
 * <p>Not for several threads at once.
 */
final class PatchEstimate {

  /** Variance of the guide that no neighbour explains, in squared grey levels: noise and detail. */
  private static final double NOISE = 1 / 20.;

  /** Added to the ridge for the neighbours' own spread: what they differ by is no signal alone. */
  private static final double SPREAD = .08;

  /** Error of a perfect fit, in squared grey levels: bounds the weight of a patch. */
  private static final double FIT_FLOOR = 30;

  private final ThinPlanes planes;
  private final int side;
  private final Neighbours neighbours;
  private final Ridge ridge;

  /** Differences from the mean: index {@code pixel * count + neighbour}. */
  private final float[] differences;

  /** Those of the pixels that are fitted, times the root of their weight. */
  private final float[] rows;

  private final float[] mean;
  private final double[] right;
  private final float[] weights;

  PatchEstimate(ThinPlanes planes, int side, int reach, int most) {
    this.planes = planes;
    this.side = side;
    neighbours = new Neighbours(planes, side, reach, most);
    ridge = new Ridge(most);
    differences = new float[side * side * most];
    rows = new float[side * side * most];
    mean = new float[side * side];
    right = new double[most];
    weights = new float[most];
  }

  /**
   * Estimates the patch at (x, y), unless nothing of it is known or nothing is around it.
   *
   * @param sums the estimates are added to these, for each channel, with their weight as a last
   *     plane. Modified in the patch's missing pixels and beside them.
   */
  void addTo(float[][] sums, int x, int y, Trust trust) {
    int known = side * side - planes.missing(x, y, x + side, y + side);
    int count = known > 0 ? neighbours.find(x, y, trust) : 0;
    if (count == 0) {
      return;
    }
    gather(count);
    int equations = equations(x, y, count, trust);
    ridge.solve(rows, equations, count, NOISE * known * count, SPREAD, right);
    float weight = (float) (1 / (fitError(x, y, count, trust) + FIT_FLOOR));
    double sum = 0;
    for (int c = 0; c < count; c++) {
      sum += right[c];
    }
    for (int c = 0; c < count; c++) {
      weights[c] = (float) (right[c] + (1 - sum) / count);
    }
    combine(sums, x, y, count, weight);
  }

  private void gather(int count) {
    for (int j = 0, p = 0; j < side; j++) {
      for (int i = 0; i < side; i++, p++) {
        int offset = j * planes.width + i;
        int at = p * count;
        float sum = 0;
        for (int c = 0; c < count; c++) {
          float value = planes.guide[neighbours.places[c] + offset];
          differences[at + c] = value;
          sum += value;
        }
        mean[p] = sum / count;
        for (int c = 0; c < count; c++) {
          differences[at + c] -= mean[p];
        }
      }
    }
  }

  /** Sets the rows and right hand side of the fit. */
  private int equations(int x, int y, int count, Trust trust) {
    Arrays.fill(right, 0, count, 0);
    int equations = 0;
    float rootOfTrust = (float) Math.sqrt(trust.inFit());
    for (int j = 0, p = 0; j < side; j++) {
      for (int i = 0, q = (y + j) * planes.width + x; i < side; i++, p++, q++) {
        float root = planes.hole[q] ? rootOfTrust : 1;
        float rest = root * (planes.guide[q] - mean[p]);
        int from = p * count;
        int to = equations * count;
        for (int c = 0; c < count; c++) {
          float value = root * differences[from + c];
          rows[to + c] = value;
          right[c] += value * rest;
        }
        equations++;
      }
    }
    return equations;
  }

  /** Weighted mean squared error of the fit. */
  private double fitError(int x, int y, int count, Trust trust) {
    double error = 0;
    double total = 0;
    for (int j = 0, p = 0; j < side; j++) {
      for (int i = 0, q = (y + j) * planes.width + x; i < side; i++, p++, q++) {
        float fit = mean[p];
        for (int c = 0, at = p * count; c < count; c++) {
          fit += (float) right[c] * differences[at + c];
        }
        double weight = planes.hole[q] ? trust.inFit() : 1;
        double rest = planes.guide[q] - fit;
        error += weight * rest * rest;
        total += weight;
      }
    }
    return error / total;
  }

  private void combine(float[][] sums, int x, int y, int count, float weight) {
    for (int j = 0; j < side; j++) {
      for (int i = 0, q = (y + j) * planes.width + x; i < side; i++, q++) {
        if (planes.hole[q] || planes.rim[q]) {
          int offset = j * planes.width + i;
          for (int channel = 0; channel < planes.channels.length; channel++) {
            float[] samples = planes.channels[channel];
            float estimate = 0;
            for (int c = 0; c < count; c++) {
              estimate += weights[c] * samples[neighbours.places[c] + offset];
            }
            sums[channel][q] += weight * estimate;
          }
          sums[planes.channels.length][q] += weight;
        }
      }
    }
  }
}
