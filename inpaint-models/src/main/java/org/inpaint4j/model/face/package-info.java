/**
 * Finds faces in photos, and frames them for models of faces.
 *
 * <p>{@link org.inpaint4j.model.face.FaceFinder} finds faces; {@link
 * org.inpaint4j.model.face.Faces} has the framing made of it.
 */
@NullMarked
package org.inpaint4j.model.face;

import org.jspecify.annotations.NullMarked;
