package org.inpaint4j.blend;

import java.time.Duration;
import org.inpaint4j.image.ImagePlanes;

/**
 * A blended or filled image, and how its solve went.
 *
 * @param image a new image, not clamped
 * @param converged whether every channel was solved to the tolerance, or to what rounding allows,
 *     within the maximum number of cycles
 * @param correction the largest change that the last cycle made to any sample
 * @param relativeResidual the norm of the residual before that last change, relative to the
 *     right-hand side's; the largest of all channels
 * @param cycles the number of cycles of the channel that took most; 0 if there was nothing to solve
 * @param time the whole call, from checking the arguments to the finished image
 */
public record BlendResult(
    ImagePlanes image,
    boolean converged,
    double correction,
    double relativeResidual,
    int cycles,
    Duration time) {}
