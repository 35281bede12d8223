package org.inpaint4j.search;

import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;

/**
 * One image to complete, as the networks see it.
 *
 * @param target [C, H, W] in [-1, 1], 0 in the hole. Not modified.
 * @param mask as large as the target
 */
record Problem(ImagePlanes target, Mask mask) {}
