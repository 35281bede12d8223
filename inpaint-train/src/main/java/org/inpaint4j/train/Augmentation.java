package org.inpaint4j.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.inpaint4j.graph.GraphPlan;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Differentiable augmentation: Zhao, Liu, Lin, Zhu, Han, <i>Differentiable Augmentation for
 * Data-Efficient GAN Training</i>, NeurIPS 2020, with its policy of colour, translation and cutout.
 *
 * <p>All images that the discriminator sees, real and generated, are changed at random, so that it
 * cannot memorise a small set. Every change is linear in the image, so gradients reach the
 * generator through it. The random numbers are inputs of the graph.
 */
final class Augmentation {

  /** Images move by at most this share of their size. */
  private static final double SHIFT = 1.0 / 8;

  private final String name;
  private final int batch;
  private final int channels;
  private final int size;

  /**
   * An augmentation of one batch.
   *
   * @param name what the names of its inputs start with
   */
  Augmentation(String name, TrainingOptions options) {
    this.name = name;
    this.batch = options.batchSize();
    this.channels = options.channels();
    this.size = options.imageSize();
  }

  /** The names of the inputs that {@link #apply} adds. */
  List<String> inputs() {
    List<String> inputs = new ArrayList<>();
    for (String what : List.of("brightness", "contrast", "columns", "rows", "cutout")) {
      inputs.add(name + what);
    }
    if (channels > 1) {
      inputs.add(name + "saturation");
    }
    return inputs;
  }

  /**
   * Adds the augmentation to a graph.
   *
   * @param images [N, C, H, W] in -1 to 1
   * @return the changed images; what comes in from outside the picture, or is cut out, is 0
   */
  SDVariable apply(SDVariable images) {
    SameDiff graph = images.getSameDiff();
    SDVariable x = images.add(scalars(graph, "brightness"));
    if (channels > 1) {
      SDVariable gray = x.mean(true, 1);
      x = x.sub(gray).mul(scalars(graph, "saturation")).add(gray);
    }
    SDVariable mean = x.mean(true, 1, 2, 3);
    x = x.sub(mean).mul(scalars(graph, "contrast")).add(mean);
    x = product(x, graph.placeHolder(name + "columns", DataType.FLOAT, batch, size, size));
    x = graph.permute(x, 0, 1, 3, 2);
    x = product(x, graph.placeHolder(name + "rows", DataType.FLOAT, batch, size, size));
    x = graph.permute(x, 0, 1, 3, 2);
    return x.mul(graph.placeHolder(name + "cutout", DataType.FLOAT, batch, 1, size, size));
  }

  private SDVariable scalars(SameDiff graph, String what) {
    return graph.placeHolder(name + what, DataType.FLOAT, batch, 1, 1, 1);
  }

  /** The rows of each image times the matrix of that image. */
  private SDVariable product(SDVariable x, SDVariable matrices) {
    return CustomGradient.tie(
        multiply(x, matrices, false), List.of(x), g -> List.of(multiply(g, matrices, true)));
  }

  private SDVariable multiply(SDVariable x, SDVariable matrices, boolean transposed) {
    SameDiff graph = x.getSameDiff();
    SDVariable rows = graph.reshape(x, batch, (long) channels * size, size);
    SDVariable moved = graph.mmul(rows, matrices, false, transposed, false);
    return graph.reshape(moved, batch, channels, size, size);
  }

  /** What is drawn for one batch; [N] each. */
  static final class Drawn {
    final float[] brightness;
    final float[] saturation;
    final float[] contrast;

    /** By how many pixels the image moves right and down. */
    final int[] shiftX;

    final int[] shiftY;

    /** The centre of the square of half the image's size that is cut out. */
    final int[] cutX;

    final int[] cutY;

    Drawn(int batch) {
      brightness = new float[batch];
      saturation = new float[batch];
      contrast = new float[batch];
      shiftX = new int[batch];
      shiftY = new int[batch];
      cutX = new int[batch];
      cutY = new int[batch];
    }
  }

  /** Draws for one batch. */
  Drawn draw(Random random) {
    Drawn drawn = new Drawn(batch);
    int most = (int) (size * SHIFT + 0.5);
    for (int n = 0; n < batch; n++) {
      drawn.brightness[n] = random.nextFloat() - 0.5f;
      drawn.saturation[n] = 2 * random.nextFloat();
      drawn.contrast[n] = random.nextFloat() + 0.5f;
      drawn.shiftX[n] = random.nextInt(2 * most + 1) - most;
      drawn.shiftY[n] = random.nextInt(2 * most + 1) - most;
      drawn.cutX[n] = random.nextInt(size);
      drawn.cutY[n] = random.nextInt(size);
    }
    return drawn;
  }

  /** Hands what was drawn to a plan whose graph this was added to. */
  void set(GraphPlan plan, Drawn drawn) {
    plan.set(name + "brightness", drawn.brightness, 0);
    if (channels > 1) {
      plan.set(name + "saturation", drawn.saturation, 0);
    }
    plan.set(name + "contrast", drawn.contrast, 0);
    plan.set(name + "columns", shifts(drawn.shiftX), 0);
    plan.set(name + "rows", shifts(drawn.shiftY), 0);
    plan.set(name + "cutout", masks(drawn), 0);
  }

  /** [N, from, to]: one where from + shift = to. */
  private float[] shifts(int[] shift) {
    float[] matrices = new float[batch * size * size];
    for (int n = 0; n < batch; n++) {
      for (int from = 0; from < size; from++) {
        int to = from + shift[n];
        if (to >= 0 && to < size) {
          matrices[(n * size + from) * size + to] = 1;
        }
      }
    }
    return matrices;
  }

  /** [N, 1, H, W]: zero in the square, one around it. */
  private float[] masks(Drawn drawn) {
    float[] masks = new float[batch * size * size];
    int half = size / 4;
    for (int n = 0, i = 0; n < batch; n++) {
      for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++, i++) {
          boolean inside =
              x >= drawn.cutX[n] - half
                  && x < drawn.cutX[n] + half
                  && y >= drawn.cutY[n] - half
                  && y < drawn.cutY[n] + half;
          masks[i] = inside ? 0 : 1;
        }
      }
    }
    return masks;
  }
}
