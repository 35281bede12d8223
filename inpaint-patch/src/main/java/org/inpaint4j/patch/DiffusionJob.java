package org.inpaint4j.patch;

import java.util.List;
import org.inpaint4j.blend.SmoothFill;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;

/** What the fills by diffusion share: a smooth start, rounds on each channel, the listener. */
final class DiffusionJob {

  /** How far around the hole they look. */
  static final int REACH = 4;

  /** Rounds on one channel. */
  @FunctionalInterface
  interface Channel {

    /**
     * Does one round.
     *
     * @param samples one plane of the part. Modified in the hole.
     */
    void round(float[] samples);
  }

  /** Makes the work on one channel of a part. */
  @FunctionalInterface
  interface Method {

    /**
     * Prepares a channel.
     *
     * @param mask the hole of the part
     * @return its rounds
     */
    Channel channel(Mask mask);
  }

  private DiffusionJob() {}

  static List<Filling> run(FillTask task, int rounds, Method method) {
    Bounds part = task.mask().holeBounds().orElseThrow().grown(REACH, task.mask().size());
    Mask mask = task.mask().crop(part);
    ImagePlanes image = SmoothFill.HARMONIC.fill(task.target().crop(part), mask);
    int pixels = image.width() * image.height();
    boolean goesOn = true;
    for (int c = 0; c < image.channels() && goesOn; c++) {
      float[] samples = new float[pixels];
      System.arraycopy(image.samples(), c * pixels, samples, 0, pixels);
      Channel channel = method.channel(mask);
      for (int round = 1; round <= rounds && goesOn; round++) {
        channel.round(samples);
        goesOn =
            task.listener().onStep(c * rounds + round, image.channels() * rounds, Double.NaN)
                && !Thread.currentThread().isInterrupted();
      }
      System.arraycopy(samples, 0, image.samples(), c * pixels, pixels);
    }
    ImagePlanes result = task.target().copy();
    paste(image, mask, part, result);
    return List.of(Filling.of(result, goesOn ? FillStatus.COMPLETED : FillStatus.CANCELLED));
  }

  private static void paste(ImagePlanes from, Mask mask, Bounds part, ImagePlanes to) {
    int pixels = from.width() * from.height();
    int all = to.width() * to.height();
    for (int i : new HolePixels(mask).pixel) {
      int place = (part.y() + i / part.width()) * to.width() + part.x() + i % part.width();
      for (int c = 0; c < from.channels(); c++) {
        to.samples()[c * all + place] = from.samples()[c * pixels + i];
      }
    }
  }
}
