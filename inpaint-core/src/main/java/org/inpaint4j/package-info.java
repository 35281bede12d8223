/**
 * Fills holes in pictures.
 *
 * <p>{@link org.inpaint4j.Inpainter} is the way in. An {@link org.inpaint4j.InpaintModel} or a
 * {@link org.inpaint4j.image.Filler} makes the fillings, a {@link org.inpaint4j.Framing} chooses
 * what it is shown, a {@link org.inpaint4j.image.Blender} brings the filling into the picture.
 */
@NullMarked
package org.inpaint4j;

import org.jspecify.annotations.NullMarked;
