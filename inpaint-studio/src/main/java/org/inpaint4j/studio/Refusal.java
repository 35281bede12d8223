package org.inpaint4j.studio;

/** A request that is answered with a status and one sentence. */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1;

  static final int BAD_REQUEST = 400;
  static final int UNAUTHORIZED = 401;
  static final int FORBIDDEN = 403;
  static final int NOT_FOUND = 404;
  static final int CONFLICT = 409;
  static final int GONE = 410;
  static final int LENGTH_REQUIRED = 411;
  static final int TOO_LARGE = 413;
  static final int UNPROCESSABLE = 422;
  static final int TOO_MANY = 429;
  static final int FAILED = 500;

  private final int status;

  Refusal(int status, String message) {
    super(message);
    this.status = status;
  }

  Refusal(int status, String message, Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  /** With the sentence of what the library refuses. */
  static Refusal of(int status, Exception cause) {
    return new Refusal(status, String.valueOf(cause.getMessage()), cause);
  }

  static Refusal badRequest(String message) {
    return new Refusal(BAD_REQUEST, message);
  }

  static Refusal notFound(String message) {
    return new Refusal(NOT_FOUND, message);
  }

  /** The status of HTTP. */
  int status() {
    return status;
  }

  /** The sentence. */
  String sentence() {
    return String.valueOf(getMessage());
  }
}
