/**
 * What a search minimises: how well the generated image agrees with the known pixels, and how real
 * it looks.
 */
@NullMarked
package org.inpaint4j.loss;

import org.jspecify.annotations.NullMarked;
