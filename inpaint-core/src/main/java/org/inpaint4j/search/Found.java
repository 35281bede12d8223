package org.inpaint4j.search;

import java.awt.image.BufferedImage;
import java.util.List;
import org.inpaint4j.image.ImagePlanes;

/**
 * What a search found for one image.
 *
 * @param latent the best latent of all starts
 * @param generated G of it, [C, H, W] in [-1, 1]
 * @param bestStep the step at which it was found, from 0
 * @param trace the losses of its start
 * @param frames G(z) of its start on the way; empty unless asked for
 * @param status how the search ended
 */
@SuppressWarnings("ArrayRecordComponent") // carried from the search to the result, never compared
record Found(
    float[] latent,
    ImagePlanes generated,
    int bestStep,
    LossTrace trace,
    List<BufferedImage> frames,
    SearchStatus status) {}
