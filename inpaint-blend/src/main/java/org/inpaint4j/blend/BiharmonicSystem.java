package org.inpaint4j.blend;

/**
 * The matrix L^2 on the missing pixels of a hole, with L the five-point Laplacian that lets nothing
 * flow across the image's border, preconditioned by two Poisson cycles one after the other.
 *
 * <p>With A the Poisson system of the hole, L^2 is A^2 plus a term on the pixels beside known ones.
 * So A^-2 has the right smoothness everywhere else.
 */
final class BiharmonicSystem implements LinearSystem {

  private final HoleNeighbours hole;
  private final PoissonSolver poisson;

  /** L p on the missing pixels and those beside them; the last entry stays zero. */
  private final double[] laplacian;

  private double largestCorrection;

  BiharmonicSystem(HoleNeighbours hole, PoissonSolver poisson) {
    this.hole = hole;
    this.poisson = poisson;
    laplacian = new double[length()];
  }

  /** The missing pixels, the known ones beside them, and a zero for neighbours without a number. */
  @Override
  public int length() {
    return hole.count() + 1;
  }

  @Override
  public double multiply(double[] p, double[] q) {
    laplacian(p, laplacian, hole.count());
    laplacian(laplacian, q, hole.unknowns);
    return dot(p, q);
  }

  /**
   * The right-hand side: r = -(L^2 u) on the missing pixels, with u the known image and zero where
   * it is missing.
   *
   * @param r Modified.
   */
  void rightHandSide(Biharmonic.Known known, double[] r) {
    int count = hole.count();
    double[] u = new double[count];
    for (int i = hole.unknowns; i < count; i++) {
      u[i] = known.at(hole.pixel[i]);
    }
    for (int i = 0; i < count; i++) {
      double sum = hole.degree[i] * u[i];
      for (int side = 0; side < 4; side++) {
        int n = hole.neighbours[4 * i + side];
        if (n < count) {
          sum -= u[n];
        } else {
          // A neighbour that is itself not beside the hole, but counts in L u of one that is.
          int there = hole.neighbour(hole.pixel[i], side);
          sum -= there >= 0 ? known.at(there) : 0;
        }
      }
      laplacian[i] = sum;
    }
    laplacian(laplacian, r, hole.unknowns);
    for (int i = 0; i < hole.unknowns; i++) {
      r[i] = -r[i];
    }
  }

  /** to = L from, on the first pixels. */
  private void laplacian(double[] from, double[] to, int count) {
    double[] degree = hole.degree;
    int[] neighbours = hole.neighbours;
    for (int i = 0, n = 0; i < count; i++, n += 4) {
      to[i] =
          degree[i] * from[i]
              - from[neighbours[n]]
              - from[neighbours[n + 1]]
              - from[neighbours[n + 2]]
              - from[neighbours[n + 3]];
    }
  }

  @Override
  public double precondition(double[] r, double[] z) {
    int[] code = hole.code;
    for (int i = 0; i < hole.unknowns; i++) {
      (isRed(code[i]) ? poisson.red : poisson.rightBlack)[code[i] >> 1] = r[i];
    }
    poisson.cycle();
    for (int i = 0; i < hole.unknowns; i++) {
      if (!isRed(code[i])) {
        poisson.rightBlack[code[i] >> 1] = poisson.black[code[i] >> 1];
      }
    }
    poisson.cycle();
    double maximum = 0;
    for (int i = 0; i < hole.unknowns; i++) {
      z[i] = (isRed(code[i]) ? poisson.red : poisson.black)[code[i] >> 1];
      maximum = Math.max(maximum, Math.abs(z[i]));
    }
    largestCorrection = maximum;
    return dot(r, z);
  }

  private static boolean isRed(int code) {
    return (code & 1) != 0;
  }

  @Override
  public double largestCorrection() {
    return largestCorrection;
  }

  @Override
  public void direct(double[] p, double[] z, double beta) {
    for (int i = 0; i < hole.unknowns; i++) {
      p[i] = z[i] + beta * p[i];
    }
  }

  @Override
  public double advance(double[] x, double[] r, double[] p, double[] q, double alpha) {
    for (int i = 0; i < hole.unknowns; i++) {
      x[i] += alpha * p[i];
      r[i] -= alpha * q[i];
    }
    return dot(r, r);
  }

  /** The scalar product over the missing pixels. */
  double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < hole.unknowns; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
