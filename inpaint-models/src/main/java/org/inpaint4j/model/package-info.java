/**
 * Networks as models, and the files that their weights come in.
 *
 * <p>{@link org.inpaint4j.model.Models} loads what a file holds. {@link
 * org.inpaint4j.model.Weights} reads safetensors files and PyTorch checkpoints; {@link
 * org.inpaint4j.model.Dcgan} and {@link org.inpaint4j.model.StyleGan} turn weights into networks.
 */
@NullMarked
package org.inpaint4j.model;

import org.jspecify.annotations.NullMarked;
