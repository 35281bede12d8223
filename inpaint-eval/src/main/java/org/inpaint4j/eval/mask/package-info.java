/** Masks to test with: the families of the literature, from a seed. */
@NullMarked
package org.inpaint4j.eval.mask;

import org.jspecify.annotations.NullMarked;
