package org.inpaint4j.studio;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.inpaint4j.Progress;
import org.inpaint4j.files.PictureException;

/** Shows a job's draft, and keeps it new without taking much of the time of the fill. */
final class LiveDraft implements Consumer<Progress> {

  /** Between two drafts at least; a short fill shows none but the first. */
  private static final long PACE = TimeUnit.MILLISECONDS.toNanos(300);

  /** A draft that took long is the last one for so many times as long. */
  private static final int SPARING = 10;

  private final Draft draft;
  private final Job job;
  private long next;

  /** Shows the first draft. */
  LiveDraft(Draft draft, Job job) throws PictureException {
    this.draft = draft;
    this.job = job;
    show();
    next = System.nanoTime() + PACE;
  }

  @Override
  public void accept(Progress progress) {
    long start = System.nanoTime();
    if (start - next < 0 || job.isCancelled()) {
      return;
    }
    Optional<Progress.Preview> preview = progress.preview();
    if (preview.isPresent()) {
      draft.show(preview.get());
      try {
        show();
      } catch (PictureException e) {
        throw new IllegalStateException("a draft must be a picture that can be written", e);
      }
    }
    long end = System.nanoTime();
    next = end + Math.max(PACE, SPARING * (end - start));
  }

  private void show() throws PictureException {
    job.show(draft.region(), draft.png());
  }
}
