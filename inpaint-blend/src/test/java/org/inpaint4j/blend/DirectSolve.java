package org.inpaint4j.blend;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.DMatrixSparseCSC;
import org.ejml.data.DMatrixSparseTriplet;
import org.ejml.interfaces.linsol.LinearSolverSparse;
import org.ejml.ops.DConvertMatrixStruct;
import org.ejml.sparse.FillReducing;
import org.ejml.sparse.csc.factory.LinearSolverFactory_DSCC;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;

/**
 * The systems as their papers state them, assembled from the image alone, and solved by EJML's
 * sparse Cholesky factorisation. It shares no code with what it checks.
 */
final class DirectSolve {

  private final int width;
  private final int height;
  private final int[] number;
  private final int unknowns;

  private DirectSolve(Mask mask) {
    width = mask.width();
    height = mask.height();
    number = new int[width * height];
    Arrays.fill(number, -1);
    int next = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (mask.isHole(x, y)) {
          number[y * width + x] = next++;
        }
      }
    }
    unknowns = next;
  }

  /**
   * The Poisson solution of one channel: equation 7 of Pérez et al., with guidance 13 if mixed.
   *
   * @return a value for each pixel; the image's own where it is known
   */
  static double[] poisson(double[] image, double[] filling, Mask mask, boolean mixed) {
    DirectSolve direct = new DirectSolve(mask);
    DMatrixSparseTriplet a =
        new DMatrixSparseTriplet(direct.unknowns, direct.unknowns, 5 * direct.unknowns);
    DMatrixRMaj b = new DMatrixRMaj(direct.unknowns, 1);
    int[][] steps = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};
    for (int y = 0; y < direct.height; y++) {
      for (int x = 0; x < direct.width; x++) {
        int p = y * direct.width + x;
        int row = direct.number[p];
        if (row < 0) {
          continue;
        }
        int degree = 0;
        double right = 0;
        for (int[] step : steps) {
          int qx = x + step[0];
          int qy = y + step[1];
          if (qx < 0 || qy < 0 || qx >= direct.width || qy >= direct.height) {
            continue;
          }
          degree++;
          int q = qy * direct.width + qx;
          double imported = filling[p] - filling[q];
          double own = image[p] - image[q];
          right += mixed && Math.abs(own) > Math.abs(imported) ? own : imported;
          if (direct.number[q] < 0) {
            right += image[q];
          } else {
            a.addItem(row, direct.number[q], -1);
          }
        }
        a.addItem(row, row, degree);
        b.set(row, 0, right);
      }
    }
    return direct.solve(a, b, image);
  }

  /** The biharmonic solution of one channel: the squared Laplacian of the whole image is 0. */
  static double[] biharmonic(double[] image, Mask mask) {
    DirectSolve direct = new DirectSolve(mask);
    DMatrixSparseTriplet a =
        new DMatrixSparseTriplet(direct.unknowns, direct.unknowns, 13 * direct.unknowns);
    DMatrixRMaj b = new DMatrixRMaj(direct.unknowns, 1);
    for (int pixel = 0; pixel < direct.number.length; pixel++) {
      int p = pixel;
      int row = direct.number[p];
      if (row < 0) {
        continue;
      }
      double[] coefficients = new double[25];
      direct.laplacian(
          p,
          1,
          (q, value) ->
              direct.laplacian(
                  q,
                  value,
                  (r, v) -> {
                    int dx = r % direct.width - p % direct.width + 2;
                    int dy = r / direct.width - p / direct.width + 2;
                    coefficients[5 * dy + dx] += v;
                  }));
      for (int i = 0; i < 25; i++) {
        if (coefficients[i] != 0) {
          int q = p + (i / 5 - 2) * direct.width + i % 5 - 2;
          if (direct.number[q] < 0) {
            b.add(row, 0, -coefficients[i] * image[q]);
          } else {
            a.addItem(row, direct.number[q], coefficients[i]);
          }
        }
      }
    }
    return direct.solve(a, b, image);
  }

  /** Takes one coefficient of a row of a matrix. */
  private interface Sink {
    void take(int pixel, double value);
  }

  private void laplacian(int p, double times, Sink sink) {
    int x = p % width;
    int y = p / width;
    if (x > 0) {
      sink.take(p, times);
      sink.take(p - 1, -times);
    }
    if (x < width - 1) {
      sink.take(p, times);
      sink.take(p + 1, -times);
    }
    if (y > 0) {
      sink.take(p, times);
      sink.take(p - width, -times);
    }
    if (y < height - 1) {
      sink.take(p, times);
      sink.take(p + width, -times);
    }
  }

  private double[] solve(DMatrixSparseTriplet a, DMatrixRMaj b, double[] image) {
    LinearSolverSparse<DMatrixSparseCSC, DMatrixRMaj> solver =
        LinearSolverFactory_DSCC.cholesky(FillReducing.NONE);
    if (!solver.setA(DConvertMatrixStruct.convert(a, (DMatrixSparseCSC) null))) {
      throw new IllegalStateException("the matrix of the oracle is not positive definite");
    }
    DMatrixRMaj x = new DMatrixRMaj(unknowns, 1);
    solver.solve(b, x);
    double[] result = image.clone();
    for (int p = 0; p < number.length; p++) {
      if (number[p] >= 0) {
        result[p] = x.get(number[p], 0);
      }
    }
    return result;
  }

  static double[] channel(ImagePlanes image, int channel) {
    double[] result = new double[image.width() * image.height()];
    for (int i = 0; i < result.length; i++) {
      result[i] = image.samples()[channel * result.length + i];
    }
    return result;
  }
}
