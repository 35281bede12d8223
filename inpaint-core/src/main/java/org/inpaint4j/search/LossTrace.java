package org.inpaint4j.search;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.List;

/** The losses of one start, term by term and step by step. Immutable. */
public final class LossTrace {

  private final List<String> terms;

  /** values[t][s] is term t at step s. */
  private final double[][] values;

  /**
   * Copies.
   *
   * @param terms the names of the terms
   * @param values {@code values[t][s]} is term t at step s; as many rows as terms, of one length.
   *     Not modified.
   */
  public LossTrace(List<String> terms, double[][] values) {
    checkArgument(
        terms.size() == values.length,
        "a loss trace must have a row for each term: expected %s, found %s",
        terms.size(),
        values.length);
    this.terms = List.copyOf(terms);
    this.values = new double[values.length][];
    for (int t = 0; t < values.length; t++) {
      this.values[t] = values[t].clone();
    }
  }

  /**
   * The terms.
   *
   * @return their names, in the order they were added
   */
  public List<String> terms() {
    return terms;
  }

  /**
   * The number of steps.
   *
   * @return at least 0
   */
  public int steps() {
    return values.length == 0 ? 0 : values[0].length;
  }

  /**
   * One term at one step.
   *
   * @param term the index of the term in {@link #terms}
   * @param step from 0
   * @return the term, weighted as in the total
   */
  public double value(int term, int step) {
    return values[term][step];
  }

  /**
   * The sum of the terms at one step.
   *
   * @param step from 0
   * @return the loss that was minimised
   */
  public double total(int step) {
    double sum = 0;
    for (double[] term : values) {
      sum += term[step];
    }
    return sum;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LossTrace that
        && terms.equals(that.terms)
        && Arrays.deepEquals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * terms.hashCode() + Arrays.deepHashCode(values);
  }

  @Override
  public String toString() {
    return "trace of " + terms + " over " + steps() + " steps";
  }
}
