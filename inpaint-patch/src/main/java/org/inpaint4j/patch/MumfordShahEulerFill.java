package org.inpaint4j.patch;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.Mask;

/**
 * Fills with the Mumford-Shah-Euler image model (Esedoglu and Shen, <em>Digital inpainting based on
 * the Mumford-Shah-Euler image model</em>, 2002): smooth pieces between edges that are short and
 * bend little.
 *
 * <p>Edges are where the field {@code z} is near 0. It lowers, in turn over the picture {@code u}
 * and over {@code z},
 *
 * <pre>
 * gamma/2 int z^2 |grad u|^2 + alpha int (eps |grad z|^2 + W(z) / (4 eps))
 *     + beta/eps int (2 eps lap z - W'(z) / (4 eps))^2,      W(z) = (1 - z^2)^2
 * </pre>
 *
 * <p>by relaxation for {@code u} in the hole, with the known pixels fixed (lambda of the paper is
 * infinite), and by explicit steps for {@code z} in the hole and beside it, from a harmonic start.
 * Channels are done one by one.
 *
 * <p>When not to use it: for a result. It is here as the published method to compare with ({@code
 * docs/thin.md}): edges become smooth curves, but it knows no texture, and its pieces are smooth
 * where photographs are not.
 *
 * <p>May be used by several threads at once.
 */
public final class MumfordShahEulerFill implements Filler {

  private static final int ROUNDS = 20;
  private static final int EDGE_STEPS = 20;
  private static final int RELAXATIONS = 10;

  /** Samples run from 0 to 1: an edge of .1 a pixel costs as much as its length. */
  private static final float GAMMA = 400;

  private static final float ALPHA = 1;
  private static final float BETA = .1f;

  /** Width of an edge, in pixels. */
  private static final float EPSILON = 1;

  private static final float TIME = .02f;

  /** Keeps what lies between two edges connected. */
  private static final float LEAST_FLOW = 1e-3f;

  private MumfordShahEulerFill() {}

  /**
   * A fill with alpha 1, beta 0.1, gamma 400 for samples from 0 to 1, and edges one pixel wide.
   *
   * @return the fill
   */
  public static MumfordShahEulerFill create() {
    return new MumfordShahEulerFill();
  }

  @Override
  public List<Filling> fill(FillTask task) {
    return DiffusionJob.run(task, ROUNDS, Rounds::new);
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
    return Map.of("filler", "Mumford-Shah-Euler", "rounds", String.valueOf(ROUNDS));
  }

  /** The rounds of one channel. */
  private static final class Rounds implements DiffusionJob.Channel {

    private final HolePixels hole;

    /** The hole and two pixels around it. */
    private final HolePixels near;

    private final float[] z;
    private final float[] v;
    private final float[] change;

    Rounds(Mask mask) {
      hole = new HolePixels(mask);
      near = new HolePixels(Mask.of(mask.width(), mask.height(), (x, y) -> isNear(mask, x, y)));
      z = new float[mask.width() * mask.height()];
      v = new float[z.length];
      Arrays.fill(z, 1);
      change = new float[near.pixel.length];
    }

    private static boolean isNear(Mask mask, int x, int y) {
      for (int q = Math.max(0, y - 2); q <= Math.min(mask.height() - 1, y + 2); q++) {
        for (int p = Math.max(0, x - 2); p <= Math.min(mask.width() - 1, x + 2); p++) {
          if (mask.isHole(p, q)) {
            return true;
          }
        }
      }
      return false;
    }

    @Override
    public void round(float[] samples) {
      for (int step = 0; step < EDGE_STEPS; step++) {
        moveEdges(samples);
      }
      for (int step = 0; step < RELAXATIONS; step++) {
        relax(samples);
      }
    }

    private void moveEdges(float[] u) {
      for (int i = 0; i < near.pixel.length; i++) {
        int p = near.pixel[i];
        float well = -4 * z[p] * (1 - z[p] * z[p]);
        v[p] = 2 * EPSILON * laplacian(z, i) - well / (4 * EPSILON);
      }
      for (int i = 0; i < near.pixel.length; i++) {
        int p = near.pixel[i];
        float slopeX = (u[near.right[i]] - u[near.left[i]]) / 2;
        float slopeY = (u[near.down[i]] - u[near.up[i]]) / 2;
        float bend = 12 * z[p] * z[p] - 4;
        float gradient =
            GAMMA * z[p] * (slopeX * slopeX + slopeY * slopeY)
                - ALPHA * v[p]
                + 4 * BETA * laplacian(v, i)
                - BETA * bend * v[p] / (2 * EPSILON * EPSILON);
        change[i] = -TIME * gradient;
      }
      for (int i = 0; i < near.pixel.length; i++) {
        int p = near.pixel[i];
        z[p] = Math.max(0, Math.min(1, z[p] + change[i]));
      }
    }

    private float laplacian(float[] field, int i) {
      return field[near.left[i]]
          + field[near.right[i]]
          + field[near.up[i]]
          + field[near.down[i]]
          - 4 * field[near.pixel[i]];
    }

    /** Gauss and Seidel's steps for div(z^2 grad u) = 0. */
    private void relax(float[] u) {
      for (int i = 0; i < hole.pixel.length; i++) {
        int p = hole.pixel[i];
        float left = flow(p, hole.left[i]);
        float right = flow(p, hole.right[i]);
        float up = flow(p, hole.up[i]);
        float down = flow(p, hole.down[i]);
        u[p] =
            (left * u[hole.left[i]]
                    + right * u[hole.right[i]]
                    + up * u[hole.up[i]]
                    + down * u[hole.down[i]])
                / (left + right + up + down);
      }
    }

    private float flow(int p, int q) {
      float between = (z[p] + z[q]) / 2;
      return between * between + LEAST_FLOW;
    }
  }
}
