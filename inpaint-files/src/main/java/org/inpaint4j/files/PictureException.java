package org.inpaint4j.files;

import java.io.IOException;

/**
 * A picture file that cannot be read or written as it is; the message is one sentence for the
 * person whose file it is.
 */
public final class PictureException extends IOException {

  private static final long serialVersionUID = 1;

  /**
   * Says what is wrong.
   *
   * @param message one sentence
   */
  public PictureException(String message) {
    super(message);
  }

  PictureException(String message, Throwable cause) {
    super(message, cause);
  }
}
