/**
 * Fills holes in images by searching the latent space of a generative model.
 *
 * <p>{@link org.inpaint4j.Inpainter} is the way in. {@link org.inpaint4j.Generator}, {@link
 * org.inpaint4j.Discriminator}, {@link org.inpaint4j.LossTerm} and {@link org.inpaint4j.Blender}
 * are what can be replaced; everything between them is the search engine, and is not public.
 */
@NullMarked
package org.inpaint4j;

import org.jspecify.annotations.NullMarked;
