package org.inpaint4j.eval.experiment;

import java.time.Duration;

/**
 * How far a {@link TableExperiment} is.
 *
 * @param done images filled so far, over all masks and methods, those of earlier runs included
 * @param total images to fill over all masks and methods
 * @param elapsed time since this run began
 * @param left the time that is left when it goes on as in this run; zero when nothing has been done
 *     yet, because then it is not known
 * @param doing the mask and the method at work
 */
public record TableProgress(long done, long total, Duration elapsed, Duration left, String doing) {}
