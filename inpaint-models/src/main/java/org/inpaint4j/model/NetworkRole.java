package org.inpaint4j.model;

import java.util.Locale;

/** Which network of a GAN. */
enum NetworkRole {
  GENERATOR,
  DISCRIMINATOR;

  /** As messages name it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
