/**
 * Pictures and holes: masks, planes of samples, squares, photos, resampling, and the interfaces of
 * fillers and blenders. Plain Java, without ND4J.
 */
@NullMarked
package org.inpaint4j.image;

import org.jspecify.annotations.NullMarked;
