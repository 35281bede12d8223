/** Measures how well holes are filled: masks, image metrics, Fréchet and kernel distances. */
@NullMarked
package org.inpaint4j.eval;

import org.jspecify.annotations.NullMarked;
