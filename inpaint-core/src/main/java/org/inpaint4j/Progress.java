package org.inpaint4j;

import java.awt.image.BufferedImage;
import java.util.Optional;
import org.inpaint4j.image.Bounds;

/** How far a call is, told after every step on the thread that fills. */
public interface Progress {

  /**
   * The steps that are done for this request.
   *
   * @return from 1 to {@link #steps}
   */
  int step();

  /**
   * All steps of this request, if none ends early. If a photo has several squares it is an estimate
   * until the last of them is begun.
   *
   * @return at least 1
   */
  int steps();

  /**
   * The lowest loss so far of what is worked on, on average; while draws are scored, the lowest of
   * their losses.
   *
   * @return the loss in the filler's own unit; NaN if it has none
   */
  double loss();

  /**
   * A part of the photo as it would be if the work ended now.
   *
   * @param at where the part lies in the photo: the part of the hole that is worked on, and a
   *     little around it
   * @param picture as large as that; 8 bits a channel, gray or RGB
   */
  record Preview(Bounds at, BufferedImage picture) {}

  /**
   * What the hole looks like so far: coarse at first, where the filler works from coarse to fine.
   * To be asked within the listener; it is made when it is asked for.
   *
   * @return the preview; empty if the filler has none
   * @throws IllegalStateException if the listener has returned: then the filler works on, and what
   *     would be shown is no longer there
   */
  Optional<Preview> preview();

  /** Ends this request after this step. It gets the best that was found. */
  void cancel();
}
