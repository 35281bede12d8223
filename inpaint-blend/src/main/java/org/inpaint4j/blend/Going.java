package org.inpaint4j.blend;

import java.util.function.BooleanSupplier;

/** Asks whether to go on until the answer is no, and remembers it. */
final class Going implements BooleanSupplier {

  private final BooleanSupplier goesOn;
  private boolean ended;

  Going(BooleanSupplier goesOn) {
    this.goesOn = goesOn;
  }

  @Override
  public boolean getAsBoolean() {
    ended = ended || !goesOn.getAsBoolean();
    return !ended;
  }

  /** Whether the answer has been no. */
  boolean hasEnded() {
    return ended;
  }
}
