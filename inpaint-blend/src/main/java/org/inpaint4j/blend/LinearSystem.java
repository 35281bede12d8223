package org.inpaint4j.blend;

/**
 * A symmetric positive definite system A x = b, a preconditioner for it, and the loops over its
 * vectors, as {@link ConjugateGradients} needs them.
 *
 * <p>A system decides in which order it adds up, and how many threads do it.
 */
interface LinearSystem {

  /** The length of a vector. Its entries may be more than the unknowns; the others stay zero. */
  int length();

  /**
   * Computes q = A p.
   *
   * @param p Not modified.
   * @param q Modified.
   * @return the scalar product of p and q
   */
  double multiply(double[] p, double[] q);

  /**
   * Computes z, an approximation of A^-1 r.
   *
   * @param r a residual. Not modified.
   * @param z Modified.
   * @return the scalar product of r and z
   */
  double precondition(double[] r, double[] z);

  /** The largest magnitude in the last result of {@link #precondition}. */
  double largestCorrection();

  /**
   * Computes p = z + beta p.
   *
   * @param p Modified.
   * @param z Not modified.
   */
  void direct(double[] p, double[] z, double beta);

  /**
   * Computes x += alpha p and r -= alpha q.
   *
   * @param x Modified.
   * @param r Modified.
   * @param p Not modified.
   * @param q Not modified.
   * @return the scalar product of r with itself
   */
  double advance(double[] x, double[] r, double[] p, double[] q, double alpha);
}
