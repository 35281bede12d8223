package org.inpaint4j.blend;

import static java.util.Objects.requireNonNull;

import java.util.function.BooleanSupplier;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;

/**
 * Seamless blending: solves the Poisson equation on the missing pixels (Pérez, Gangnet and Blake,
 * <em>Poisson Image Editing</em>, 2003).
 *
 * <p>For each missing pixel p with neighbours N in the image: |N| u_p - sum of the missing
 * neighbours' u = sum of the known neighbours' image values + sum over N of v_pq, where v is the
 * guidance. Nothing flows across the image's border, and a hole may touch it. Any hole will do:
 * several parts, islands in them, single pixels, everything but one pixel. If everything is missing
 * the level of the answer is open; it is set so that the mean is that of the filling.
 *
 * <p>The answer is that of the system, to the tolerance asked for; time and memory are proportional
 * to the number of missing pixels. The same input gives the same bytes whatever the number of
 * threads.
 *
 * <p>When not to use it: if the filling differs from the image along the hole's edge in more than
 * level and tint, for example where an object is cut, blending smears that difference into the
 * hole.
 *
 * <p>Immutable; may be used by several threads.
 */
/* How a hole is solved
 *
 * The matrix is never stored: it is 4 on the diagonal (fewer at the image's border) and -1 between
 * missing neighbours. What is solved for is the difference e between the answer and the filling;
 * with imported gradients its right-hand side is zero but for pixels beside known ones.
 *
 *  1. HoleGrid cuts the hole's bounding box out of the image; Runs numbers its pixels row by row.
 *  2. Checkerboard gives the pixels two colours; RedElimination eliminates one of them exactly [1].
 *  3. ConjugateGradients iterates on the other colour. Its preconditioner is one V-cycle [2, 3].
 *  4. The V-cycle: relax the blacks (RedBlackSmoother); restrict the residual of the reds to the
 *     pixels with even coordinates (FineTransfer); solve there in the same way (CoarseLevel,
 *     CoarseTransfer); interpolate to the reds; relax the blacks again. Since the reds were
 *     eliminated, relaxing "black, red, black" is one pass over half the pixels before the coarse
 *     grid, and one after it.
 *  5. Coarse equations are Galerkin products P^T A P with bilinear P (Stencils), in which known
 *     nodes count as zero. So known pixels nearby make a coarse equation stiff, whatever the hole's
 *     shape. Where a hole is so thin that no coarse node lies in it, known pixels are near, and
 *     relaxing alone is enough. This is why the number of cycles does not grow for strokes, spirals
 *     and scattered pixels. Coarse equations that are discretised anew, as in textbooks, fail there.
 *  6. Fewer than 60 coarse nodes are solved by a Cholesky factorisation (DenseCholesky).
 *
 * Threads share rows (Team). No phase reads what the same phase writes elsewhere. Sums are taken row
 * by row and then over the rows in order. So the number of threads does not influence the result.
 *
 * [1] Y. Saad, Iterative Methods for Sparse Linear Systems, 2nd edition, SIAM, 2003, section 12.4.
 * [2] O. Tatebe, The multigrid preconditioned conjugate gradient method, 6th Copper Mountain
 *     Conference on Multigrid Methods, 1993.
 * [3] U. Trottenberg, C. Oosterlee, A. Schueller, Multigrid, Academic Press, 2001.
 */
public final class PoissonBlender implements Blender {

  private final PoissonOptions options;

  private PoissonBlender(PoissonOptions options) {
    this.options = options;
  }

  /**
   * A blender with {@link PoissonOptions#seamless}.
   *
   * @return the blender
   */
  public static PoissonBlender create() {
    return of(PoissonOptions.seamless());
  }

  /**
   * A blender with options of its own.
   *
   * @param options the options
   * @return the blender
   */
  public static PoissonBlender of(PoissonOptions options) {
    return new PoissonBlender(requireNonNull(options, "options"));
  }

  /**
   * The options this blender works with.
   *
   * @return the options
   */
  public PoissonOptions options() {
    return options;
  }

  @Override
  public ImagePlanes blend(ImagePlanes image, ImagePlanes filling, Mask mask) {
    return solve(image, filling, mask).image();
  }

  /** Asks after each cycle of the solver. */
  @Override
  public ImagePlanes blend(
      ImagePlanes image, ImagePlanes filling, Mask mask, BooleanSupplier goesOn) {
    return BlendJob.run(image, filling, mask, options, goesOn).image();
  }

  /**
   * Blends, and tells how the solve went.
   *
   * @param image as in {@link Blender#blend}. Not modified.
   * @param filling as in {@link Blender#blend}. Not modified.
   * @param mask the hole. Not modified.
   * @return the blended image and the figures of its solve
   * @throws IllegalArgumentException if the sizes differ or a sample that is used is not finite
   */
  public BlendResult solve(ImagePlanes image, ImagePlanes filling, Mask mask) {
    return BlendJob.run(image, filling, mask, options);
  }

  @Override
  public String toString() {
    return "PoissonBlender[" + options + "]";
  }
}
