package org.inpaint4j.blend;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Internal;
import org.inpaint4j.image.Mask;

/**
 * Fills that continue the known pixels smoothly into the hole. They need nothing else.
 *
 * <p>Use them for scattered holes, where every missing pixel is close to known ones. Do not use
 * them for wide holes: the result is a blur without detail, and {@link #BIHARMONIC} overshoots to
 * black and white.
 *
 * <p>May be used by several threads at once.
 */
public enum SmoothFill implements Filler {
  /**
   * The harmonic surface (Laplace's equation). It is smooth inside the hole, never exceeds the
   * range of the known values, and has a kink along the hole's edge.
   */
  HARMONIC {
    @Override
    public BlendResult solve(
        ImagePlanes image, Mask mask, PoissonOptions options, BooleanSupplier goesOn) {
      Samples.checkSizes(image, mask);
      FillJob.checkSomethingIsKnown(image, mask);
      PoissonOptions plain = options.toBuilder().guidance(Guidance.NONE).build();
      return BlendJob.run(image, image, mask, plain, goesOn);
    }
  },

  /**
   * The surface that bends least (Damelin and Hoang, <em>On surface completion and image inpainting
   * by biharmonic functions</em>, 2018). It continues slopes into the hole and can overshoot the
   * known values. The system is that of scikit-image's {@code inpaint_biharmonic}, without its
   * clipping.
   *
   * <p>One cycle in the result's figures is one step of conjugate gradients, with two Poisson
   * cycles. Their number grows with the width of the hole: some 20 to 30 for scattered pixels, 34
   * at a width of 100 pixels, 60 at 300.
   */
  BIHARMONIC {
    @Override
    public BlendResult solve(
        ImagePlanes image, Mask mask, PoissonOptions options, BooleanSupplier goesOn) {
      return FillJob.biharmonic(image, mask, options, goesOn);
    }
  };

  static final int MOST_CYCLES = 1000;

  /**
   * Fills the hole of an image.
   *
   * @param image samples of any range; what it holds in the hole has no influence. Not modified.
   * @param mask the hole, of the same size. Not modified.
   * @return a new image that equals {@code image} in every known pixel, bit for bit; not clamped
   * @throws IllegalArgumentException if the sizes differ, no pixel is known, or a known sample that
   *     is used is not finite
   */
  public ImagePlanes fill(ImagePlanes image, Mask mask) {
    return solve(image, mask, exact()).image();
  }

  private static PoissonOptions exact() {
    return PoissonOptions.seamless().toBuilder().maximumCycles(MOST_CYCLES).build();
  }

  /**
   * Fills the hole of an image, and tells how the solve went.
   *
   * @param image as in {@link #fill}. Not modified.
   * @param mask the hole. Not modified.
   * @param options tolerance, cycles and threads; the guidance is not looked at
   * @return the filled image and the figures of its solve
   * @throws IllegalArgumentException as in {@link #fill}
   */
  public BlendResult solve(ImagePlanes image, Mask mask, PoissonOptions options) {
    return solve(image, mask, options, () -> true);
  }

  /**
   * Fills the hole of an image unless it is told to end.
   *
   * @param image as in {@link #fill}. Not modified.
   * @param mask the hole. Not modified.
   * @param options as in the other method
   * @param goesOn asked after each cycle, on this thread; once it says no, the result is what was
   *     found so far
   * @return the filled image and the figures of its solve
   * @throws IllegalArgumentException as in {@link #fill}
   */
  @Internal
  public abstract BlendResult solve(
      ImagePlanes image, Mask mask, PoissonOptions options, BooleanSupplier goesOn);

  /**
   * Fills the hole.
   *
   * <p>The listener is asked after each cycle of the solver, which takes less than a second for
   * millions of pixels, each time with step 1 of 2. If it cancels, the hole gets what one cycle of
   * the harmonic solve makes of it.
   */
  @Override
  public List<Filling> fill(FillTask task) {
    Going going =
        new Going(
            () ->
                task.listener().onStep(1, 2, Double.NaN)
                    && !Thread.currentThread().isInterrupted());
    ImagePlanes filled = solve(task.target(), task.mask(), exact(), going).image();
    if (going.hasEnded()) {
      // A few steps of the biharmonic solve are worse than one of the harmonic one.
      ImagePlanes quick = HARMONIC.solve(task.target(), task.mask(), exact(), () -> false).image();
      return List.of(Filling.of(quick, FillStatus.CANCELLED));
    }
    boolean unused = task.listener().onStep(2, 2, Double.NaN);
    return List.of(Filling.of(filled));
  }

  @Override
  public int context() {
    return Blender.REACH;
  }

  @Override
  public boolean isThreadSafe() {
    return true;
  }

  @Override
  public Map<String, String> provenance() {
    return Map.of("filler", name().toLowerCase(Locale.ROOT) + " fill");
  }
}
