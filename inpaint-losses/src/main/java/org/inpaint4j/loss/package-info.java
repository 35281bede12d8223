/**
 * The terms that a search minimises: how far the generated image is from the known pixels, and how
 * unlikely it is as an image.
 */
@NullMarked
package org.inpaint4j.loss;

import org.jspecify.annotations.NullMarked;
