/**
 * Measures how well holes are filled: masks, image metrics, Fréchet and kernel distances, and the
 * experiment that makes the paper's table.
 *
 * <p>{@link org.inpaint4j.eval.TableExperiment} is the way in. {@link
 * org.inpaint4j.eval.MaskGenerator}, {@link org.inpaint4j.eval.ImageMetric} and {@link
 * org.inpaint4j.eval.FeatureStatistics} are useful alone.
 */
@NullMarked
package org.inpaint4j.eval;

import org.jspecify.annotations.NullMarked;
