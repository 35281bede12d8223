package org.inpaint4j;

import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * What became of one of several requests: a result, an error of its own, or neither because the
 * call was cancelled before its turn.
 */
public final class InpaintOutcome {

  private final Optional<InpaintResult> result;
  private final Optional<RuntimeException> error;

  private InpaintOutcome(Optional<InpaintResult> result, Optional<RuntimeException> error) {
    this.result = result;
    this.error = error;
  }

  static InpaintOutcome of(InpaintResult result) {
    return new InpaintOutcome(Optional.of(result), Optional.empty());
  }

  static InpaintOutcome failed(RuntimeException error) {
    return new InpaintOutcome(Optional.empty(), Optional.of(error));
  }

  static InpaintOutcome notBegun() {
    return new InpaintOutcome(Optional.empty(), Optional.empty());
  }

  /**
   * The result, if there is one.
   *
   * @return the filled picture, or nothing
   */
  public Optional<InpaintResult> result() {
    return result;
  }

  /**
   * Why there is no result.
   *
   * @return the error of this request alone; nothing if there is a result, or the request was not
   *     begun
   */
  public Optional<RuntimeException> error() {
    return error;
  }

  /**
   * The result, or an exception.
   *
   * @return the filled picture
   * @throws CancellationException if the call was cancelled before this request was begun
   * @throws RuntimeException the error of the request
   */
  public InpaintResult orElseThrow() {
    if (error.isPresent()) {
      throw error.get();
    }
    return result.orElseThrow(
        () -> new CancellationException("the call was cancelled before this image was begun"));
  }

  @Override
  public String toString() {
    return result
        .map(Object::toString)
        .or(() -> error.map(Object::toString))
        .orElse("cancelled before it was begun");
  }
}
