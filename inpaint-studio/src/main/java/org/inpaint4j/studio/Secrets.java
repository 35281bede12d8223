package org.inpaint4j.studio;

import java.security.SecureRandom;
import java.util.Base64;

/** Names that nobody can guess. */
final class Secrets {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 18;

  private Secrets() {}

  /** 24 letters, digits, hyphens and underscores. */
  static String id() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
