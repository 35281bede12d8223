/**
 * Trains a DCGAN from a folder or a zip file of images.
 *
 * <p>{@link org.inpaint4j.train.DcganTrainer} is the way in; what it writes is read by {@code
 * org.inpaint4j.model.Dcgan}.
 */
@NullMarked
package org.inpaint4j.train;

import org.jspecify.annotations.NullMarked;
