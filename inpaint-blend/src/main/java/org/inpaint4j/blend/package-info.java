/**
 * Poisson blending and smooth fills on the pixels of a hole.
 *
 * <p>{@link org.inpaint4j.blend.PoissonBlender} is the way in.
 */
@NullMarked
package org.inpaint4j.blend;

import org.jspecify.annotations.NullMarked;
