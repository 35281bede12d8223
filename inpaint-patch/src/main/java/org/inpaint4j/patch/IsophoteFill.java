package org.inpaint4j.patch;

import java.util.List;
import java.util.Map;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.Mask;

/**
 * Carries lines of equal brightness into the hole (Bertalmio, Sapiro, Caselles and Ballester,
 * <em>Image inpainting</em>, 2000).
 *
 * <p>The Laplacian {@code L}, a measure of smoothness, is transported along the isophotes:
 *
 * <pre>
 * I_t = (grad L . N / |N|) |grad I|,   N = (-I_y, I_x),   |grad I| slope-limited as in the paper
 * </pre>
 *
 * <p>with 15 such steps of 0.1, of which the fourth root of the rate is taken to keep them stable,
 * in turn with 2 steps of curvature flow {@code I_t = kappa |grad I|} of 0.1, from a harmonic
 * start. Channels are done one by one.
 *
 * <p>When not to use it: for a result. It is here as the published method to compare with: on the
 * photographs measured it is as good as its harmonic start, a little worse on letters and a little
 * better on strokes, and far from {@link ThinFill} ({@code docs/thin.md}). It knows no texture.
 *
 * <p>May be used by several threads at once.
 */
public final class IsophoteFill implements Filler {

  private static final int TRANSPORT_STEPS = 15;
  private static final int FLOW_STEPS = 2;
  private static final float TIME = .1f;

  /** In grey levels, as the paper's step sizes are. */
  private static final float LEVELS = 255;

  /** Squared slope, in grey levels a pixel, below which no direction is to be seen. */
  private static final float FLAT = 1e-3f;

  private final int rounds;

  private IsophoteFill(int rounds) {
    this.rounds = rounds;
  }

  /**
   * A fill with 20 rounds of 15 steps of transport and 2 of curvature flow.
   *
   * @return the fill
   */
  public static IsophoteFill create() {
    return new IsophoteFill(20);
  }

  @Override
  public List<Filling> fill(FillTask task) {
    return DiffusionJob.run(task, rounds, Rounds::new);
  }

  @Override
  public int context() {
    return DiffusionJob.REACH;
  }

  @Override
  public boolean isThreadSafe() {
    return true;
  }

  @Override
  public Map<String, String> provenance() {
    return Map.of("filler", "isophotes", "rounds", String.valueOf(rounds));
  }

  /** The rounds of one channel. */
  private static final class Rounds implements DiffusionJob.Channel {

    private final HolePixels hole;
    private final int width;
    private final int height;
    private final float[] laplacian;
    private final float[] change;

    Rounds(Mask mask) {
      hole = new HolePixels(mask);
      width = mask.width();
      height = mask.height();
      laplacian = new float[width * height];
      change = new float[hole.pixel.length];
    }

    @Override
    public void round(float[] samples) {
      for (int step = 0; step < TRANSPORT_STEPS; step++) {
        transport(samples);
      }
      for (int step = 0; step < FLOW_STEPS; step++) {
        flow(samples);
      }
    }

    private void transport(float[] u) {
      for (int i = 0; i < hole.pixel.length; i++) {
        laplace(u, hole.pixel[i]);
        laplace(u, hole.left[i]);
        laplace(u, hole.right[i]);
        laplace(u, hole.up[i]);
        laplace(u, hole.down[i]);
      }
      for (int i = 0; i < hole.pixel.length; i++) {
        float here = u[hole.pixel[i]];
        float back = LEVELS * (here - u[hole.left[i]]);
        float ahead = LEVELS * (u[hole.right[i]] - here);
        float above = LEVELS * (here - u[hole.up[i]]);
        float below = LEVELS * (u[hole.down[i]] - here);
        float slopeX = (back + ahead) / 2;
        float slopeY = (above + below) / 2;
        float length = (float) Math.sqrt(slopeX * slopeX + slopeY * slopeY + FLAT);
        float beta =
            ((laplacian[hole.down[i]] - laplacian[hole.up[i]]) * slopeX
                    - (laplacian[hole.right[i]] - laplacian[hole.left[i]]) * slopeY)
                / length;
        float slope =
            beta > 0
                ? limited(
                    Math.min(back, 0), Math.max(ahead, 0), Math.min(above, 0), Math.max(below, 0))
                : limited(
                    Math.max(back, 0), Math.min(ahead, 0), Math.max(above, 0), Math.min(below, 0));
        // The fourth root, not in the formula, keeps the explicit steps stable.
        float rate = beta * slope;
        change[i] = TIME * Math.signum(rate) * (float) Math.sqrt(Math.sqrt(Math.abs(rate)));
      }
      apply(u);
    }

    private void laplace(float[] u, int p) {
      int x = p % width;
      int y = p / width;
      laplacian[p] =
          LEVELS
              * (u[x > 0 ? p - 1 : p]
                  + u[x < width - 1 ? p + 1 : p]
                  + u[y > 0 ? p - width : p]
                  + u[y < height - 1 ? p + width : p]
                  - 4 * u[p]);
    }

    private static float limited(float a, float b, float c, float d) {
      return (float) Math.sqrt(a * a + b * b + c * c + d * d);
    }

    /** Mean curvature flow: (Ixx Iy^2 - 2 Ix Iy Ixy + Iyy Ix^2) / |grad I|^2. */
    private void flow(float[] u) {
      for (int i = 0; i < hole.pixel.length; i++) {
        float here = u[hole.pixel[i]];
        float left = u[hole.left[i]];
        float right = u[hole.right[i]];
        float up = u[hole.up[i]];
        float down = u[hole.down[i]];
        float slopeX = LEVELS * (right - left) / 2;
        float slopeY = LEVELS * (down - up) / 2;
        int toUp = hole.up[i] - hole.pixel[i];
        int toDown = hole.down[i] - hole.pixel[i];
        float mixed =
            LEVELS
                * (u[hole.right[i] + toDown]
                    - u[hole.left[i] + toDown]
                    - u[hole.right[i] + toUp]
                    + u[hole.left[i] + toUp])
                / 4;
        float alongX = LEVELS * (left + right - 2 * here);
        float alongY = LEVELS * (up + down - 2 * here);
        change[i] =
            TIME
                * (alongX * slopeY * slopeY
                    - 2 * slopeX * slopeY * mixed
                    + alongY * slopeX * slopeX)
                / (slopeX * slopeX + slopeY * slopeY + FLAT);
      }
      apply(u);
    }

    private void apply(float[] u) {
      for (int i = 0; i < hole.pixel.length; i++) {
        u[hole.pixel[i]] = Math.max(0, Math.min(1, u[hole.pixel[i]] + change[i] / LEVELS));
      }
    }
  }
}
