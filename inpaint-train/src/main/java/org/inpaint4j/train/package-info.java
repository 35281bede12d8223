/**
 * Trains models from a folder or a zip file of images.
 *
 * <p>{@link org.inpaint4j.train.DcganTrainer}, {@link org.inpaint4j.train.StyleGanTrainer} and
 * {@link org.inpaint4j.train.CompletionTrainer} are the ways in; what they write is read by {@code
 * org.inpaint4j.model.Dcgan}, {@code StyleGan} and {@code Completion}.
 */
@NullMarked
package org.inpaint4j.train;

import org.jspecify.annotations.NullMarked;
