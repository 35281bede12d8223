package org.inpaint4j;

import java.util.Map;

/** The versions that a {@link Provenance} names. */
final class Versions {

  private Versions() {}

  /** Those of this library and of Java; a filler names those of its engine. */
  static Map<String, String> all() {
    String own = Versions.class.getPackage().getImplementationVersion();
    return Map.of(
        "inpaint4j", own == null ? "development" : own, "java", Runtime.version().toString());
  }
}
