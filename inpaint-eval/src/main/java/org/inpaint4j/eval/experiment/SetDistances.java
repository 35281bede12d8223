package org.inpaint4j.eval.experiment;

/**
 * How far a set of filled pictures is from the set of true ones.
 *
 * @param frechet the Fréchet distance; NaN without a feature network or with fewer than 2 pictures
 * @param kernel the kernel distance, the mean over subsets; NaN as above
 */
public record SetDistances(double frechet, double kernel) {

  static final SetDistances NONE = new SetDistances(Double.NaN, Double.NaN);
}
