package org.inpaint4j.studio;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.inpaint4j.FillMap;
import org.inpaint4j.InpaintRequest;
import org.inpaint4j.InpaintResult;
import org.inpaint4j.Inpainter;
import org.inpaint4j.Progress;
import org.inpaint4j.image.Mask;

/** Has the library fill, and tells the job of it. */
final class FillWork {

  /** What shows while the first step is not done. */
  private static final double BEGUN = 0.02;

  private static final double WORTH_NAMING = 0.01;

  private final Methods methods;

  FillWork(Methods methods) {
    this.methods = methods;
  }

  /**
   * Fills once.
   *
   * @param image modified: the hole is filled in place
   * @param candidate which one of the order's, from 0
   * @param looks is shown the progress of the library, too
   * @throws Refusal if the job was cancelled
   */
  InpaintResult fill(
      BufferedImage image,
      Mask hole,
      FillOrder order,
      int candidate,
      Job job,
      Consumer<Progress> looks)
      throws IOException {
    double all = order.candidates();
    job.progress((candidate + BEGUN) / all);
    Inpainter inpainter = methods.inpainter(order.method());
    InpaintRequest request =
        order
            .apply(InpaintRequest.of(image, hole), candidate)
            .inPlace()
            .cancelWhen(
                () -> {
                  // Thrown, and not said: nobody wants the best so far, which would take a while.
                  checkGoesOn(job);
                  return false;
                })
            .onProgress(
                progress -> {
                  job.progress((candidate + (double) progress.step() / progress.steps()) / all);
                  looks.accept(progress);
                });
    checkGoesOn(job);
    InpaintResult result = inpainter.inpaint(request);
    checkGoesOn(job);
    return result;
  }

  /**
   * Ends work that nobody wants any more.
   *
   * @throws Refusal if the job was cancelled
   */
  static void checkGoesOn(Job job) {
    if (job.isCancelled()) {
      throw new Refusal(Refusal.GONE, "the job was cancelled");
    }
  }

  /** Who filled how much, for people: {@code patches}, or {@code facecompletion 62 %, …}. */
  static String by(InpaintResult result) {
    List<FillMap.Share> shares =
        result.map().shares().stream()
            .filter(share -> result.map().fraction(share.filler()) >= WORTH_NAMING)
            .toList();
    if (shares.size() == 1) {
      return shares.get(0).filler();
    }
    return String.join(
        ", ",
        shares.stream()
            .map(
                share ->
                    String.format(
                        Locale.ROOT,
                        "%s %.0f %%",
                        share.filler(),
                        100 * result.map().fraction(share.filler())))
            .toList());
  }
}
