package org.inpaint4j.network;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * The sample values with which a network writes black and white.
 *
 * @param black the value of a sample of intensity 0
 * @param white the value of a sample of full intensity
 */
public record ValueRange(double black, double white) {

  /** Black is -1 and white is 1, as after a tanh. */
  public static final ValueRange SIGNED = new ValueRange(-1, 1);

  /** Black is 0 and white is 1, as after a sigmoid. */
  public static final ValueRange UNIT = new ValueRange(0, 1);

  /**
   * Checks that the two ends are finite and differ.
   *
   * @param black the value of a sample of intensity 0
   * @param white the value of a sample of full intensity
   */
  public ValueRange {
    checkArgument(
        Double.isFinite(black) && Double.isFinite(white) && black != white,
        "a value range must have two finite, different ends: found %s and %s",
        black,
        white);
  }
}
