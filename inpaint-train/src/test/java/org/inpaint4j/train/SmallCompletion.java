package org.inpaint4j.train;

import java.util.List;
import org.inpaint4j.model.CompletionDesign;
import org.inpaint4j.model.CompletionVariant;

/** Completion networks of a few channels, for tests. */
final class SmallCompletion {

  private SmallCompletion() {}

  static CompletionDesign design(CompletionVariant variant) {
    return new CompletionDesign(
        variant,
        32,
        3,
        variant != CompletionVariant.CONTEXT_ENCODER,
        List.of(4, 5, 6),
        7,
        List.of(6, 5, 5, 4));
  }

  /** Batches of 4 pictures, one of which is there twice. */
  static CompletionOptions options(CompletionVariant variant, CompletionOptions.Schedule schedule) {
    return new CompletionOptions(
        design(variant),
        variant == CompletionVariant.CONTEXT_ENCODER
            ? CompletionLosses.contextEncoder()
            : CompletionLosses.believable(),
        List.of(4, 5, 6),
        new CompletionOptions.Batch(4, 1, true, true),
        schedule,
        1);
  }
}
