/**
 * Models to search: DCGAN, the shipped {@link org.inpaint4j.model.Faces64}, and the files weights
 * come in.
 *
 * <p>{@link org.inpaint4j.model.Weights} reads safetensors files and PyTorch checkpoints; the
 * networks turn weights into a {@link org.inpaint4j.Generator} or a {@link
 * org.inpaint4j.Discriminator}.
 */
@NullMarked
package org.inpaint4j.model;

import org.jspecify.annotations.NullMarked;
