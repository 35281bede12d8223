package org.inpaint4j;

/**
 * One image to complete, as the model sees it.
 *
 * @param target [C, H, W] in [-1, 1], 0 in the hole. Not modified.
 * @param mask as large as the target
 */
record Problem(ImagePlanes target, Mask mask) {}
