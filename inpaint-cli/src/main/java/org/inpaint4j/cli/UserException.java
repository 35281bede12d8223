package org.inpaint4j.cli;

/** Something that the user of the command can put right; its message is all that is shown. */
final class UserException extends Exception {

  private static final long serialVersionUID = 1;

  /**
   * Says what is wrong.
   *
   * @param message one line: what, and why
   */
  UserException(String message) {
    super(message.lines().reduce((a, b) -> a.strip() + " " + b.strip()).orElse(message));
  }
}
