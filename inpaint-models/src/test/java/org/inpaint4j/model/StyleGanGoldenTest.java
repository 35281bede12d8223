package org.inpaint4j.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.inpaint4j.network.Discriminator;
import org.inpaint4j.network.Generator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Compares with the PyTorch port's own code; make_stylegan_golden.py made the file. */
class StyleGanGoldenTest {

  private static final double FORWARD = 1e-3;

  /** Of the largest component of a gradient. */
  private static final double GRADIENT = 1e-3;

  private static final int KEPT = 1500;

  private final Weights golden = TestFiles.load("stylegan-golden.safetensors");

  @ParameterizedTest
  @CsvSource({"8, 2, 1", "64, 2, 0.7", "256, 1, 0.7"})
  void z_hashedWeights_equalsPort(int size, int count, double truncation) throws IOException {
    StyleGanGenerator generator = generator(size, StyleGan.Space.Z, truncation);
    int style = style(size);
    float[] z = HashedWeights.hashed("z" + salt("z", size), count * style);

    Result result = run(generator, latents(size, count, z, 1), count);

    assertClose(result.images, "z" + size + ".images", FORWARD);
    assertGradient(columns(result.gradient, 0, style), "z" + size + ".dz");
    int end = generator.latentSpace().size();
    assertGradient(columns(result.gradient, end - size * size, end), "z" + size + ".dnoise");
  }

  @ParameterizedTest
  @CsvSource({"8, 2", "64, 2", "256, 1"})
  void w_hashedWeights_equalsPort(int size, int count) throws IOException {
    StyleGanGenerator generator = generator(size, StyleGan.Space.W, 1);
    float[] w = w(generator, size, count, salt("w", size));

    Result result = run(generator, latents(size, count, w, 1), count);

    assertClose(result.images, "w" + size + ".images", FORWARD);
    assertGradient(columns(result.gradient, 0, style(size)), "w" + size + ".dw");
  }

  @Test
  void wPlus_aStyleForEachLayer_equalsPortsModules() throws IOException {
    int size = 64;
    int count = 2;
    int layers = 10;
    int style = style(size);
    StyleGanGenerator generator = generator(size, StyleGan.Space.W_PLUS, 1);
    float[] w = w(generator, size, count, salt("plus", size));
    float[] latents = latents(size, count, w, 1 + layers);
    float[] added =
        HashedWeights.scaled(HashedWeights.hashed("added", count * layers * style), 0.3);
    int row = generator.latentSpace().size();
    for (int n = 0; n < count; n++) {
      System.arraycopy(added, n * layers * style, latents, n * row + style, layers * style);
    }

    Result result = run(generator, latents, count);

    assertClose(result.images, "plus64.images", FORWARD);
    assertGradient(columns(result.gradient, style, (1 + layers) * style), "plus64.dplus");
  }

  @ParameterizedTest
  @CsvSource({"8, 2", "64, 2", "256, 1"})
  void discriminator_hashedWeights_equalsPortOnEachImageAlone(int size, int count)
      throws IOException {
    Discriminator discriminator =
        StyleGan.discriminator(HashedWeights.discriminator(channels(size)), size);
    SameDiff graph = SameDiff.create();
    String name = "images" + salt("d", size);
    float[] pixels = HashedWeights.scaled(HashedWeights.hashed(name, count * 3 * size * size), 0.5);
    SDVariable images =
        graph.var("images", Nd4j.create(pixels, new long[] {count, 3, size, size}, 'c'));
    SDVariable logits = discriminator.logits(graph, images);
    SDVariable loss = logits.sum();
    graph.setLossVariables(loss.name());

    INDArray found = graph.outputSingle(Map.of(), logits.name());
    assertThat(found.shape()).containsExactly(count);
    assertClose(found.dup('c').data().asFloat(), "d" + size + ".logits", FORWARD);
    INDArray gradient = graph.calculateGradients(Map.of(), "images").get("images");
    assertGradient(gradient.dup('c').data().asFloat(), "d" + size + ".dimages");
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 64})
  void meanStyle_ofHashedLatents_equalsPort(int size) throws IOException {
    StyleGanGenerator generator = generator(size, StyleGan.Space.Z, 1);
    int style = style(size);

    assertClose(
        generator.meanStyle(HashedWeights.hashed("mean", 64 * style)), "mean" + style, 1e-4);
  }

  private static final class Result {
    final float[] images;

    /** [count, row] */
    final INDArray gradient;

    Result(float[] images, INDArray gradient) {
      this.images = images;
      this.gradient = gradient;
    }
  }

  /** Full width at 8 pixels, narrow above, as in the script. */
  private static int[] channels(int size) {
    return switch (size) {
      case 8 -> new int[] {512, 512};
      case 64 -> new int[] {48, 48, 48, 48, 32};
      default -> new int[] {16, 16, 16, 16, 12, 8, 8};
    };
  }

  private static int style(int size) {
    return size == 8 ? 512 : 64;
  }

  private int salt(String name, int size) {
    return (int) golden.values(name + size + ".salt")[0];
  }

  private StyleGanGenerator generator(int size, StyleGan.Space space, double truncation)
      throws IOException {
    return StyleGanGenerator.of(
        StyleGanWeights.generator(
            HashedWeights.generator(channels(size), style(size), size == 256 ? 20 : 0)),
        new StyleGan.Options(size, space, truncation, false),
        golden.values("mean" + style(size)));
  }

  /** Half of the mapped hashed z, as in the script. */
  private static float[] w(StyleGanGenerator generator, int size, int count, int salt) {
    int style = style(size);
    float[] z = HashedWeights.hashed("z" + salt, count * style);
    float[] w = new float[z.length];
    for (int n = 0; n < count; n++) {
      float[] one = Arrays.copyOfRange(z, n * style, (n + 1) * style);
      System.arraycopy(HashedWeights.scaled(generator.meanStyle(one), 0.5), 0, w, n * style, style);
    }
    return w;
  }

  /** Rows of: a style vector, zeros for other styles, and the hashed noise of each block. */
  private static float[] latents(int size, int count, float[] styles, int stylesInRow) {
    int style = style(size);
    int noise = 0;
    for (int side = 4; side <= size; side *= 2) {
      noise += side * side;
    }
    int row = stylesInRow * style + noise;
    float[] latents = new float[count * row];
    for (int n = 0; n < count; n++) {
      System.arraycopy(styles, n * style, latents, n * row, style);
      int to = n * row + stylesInRow * style;
      for (int block = 0, side = 4; side <= size; side *= 2, block++) {
        float[] maps = HashedWeights.hashed("noise" + block, count * side * side);
        System.arraycopy(maps, n * side * side, latents, to, side * side);
        to += side * side;
      }
    }
    return latents;
  }

  private static Result run(Generator generator, float[] latents, int count) {
    SameDiff graph = SameDiff.create();
    int row = generator.latentSpace().size();
    SDVariable latent = graph.var("latent", Nd4j.create(latents, new long[] {count, row}, 'c'));
    SDVariable images = generator.generate(graph, latent);
    int size = generator.imageShape().height();
    float[] t =
        HashedWeights.scaled(
            HashedWeights.hashed("t", count * 3 * size * size), 1 / Math.sqrt(3.0 * size * size));
    SDVariable weights =
        graph.constant("t", Nd4j.create(t, new long[] {count, 3, size, size}, 'c'));
    SDVariable loss = images.mul(weights).sum();
    graph.setLossVariables(loss.name());
    INDArray output = graph.outputSingle(Map.of(), images.name());
    assertThat(output.shape()).containsExactly(count, 3, size, size);
    INDArray gradient = graph.calculateGradients(Map.of(), "latent").get("latent");
    return new Result(output.dup('c').data().asFloat(), gradient);
  }

  private static float[] columns(INDArray matrix, int from, int to) {
    return matrix
        .get(NDArrayIndex.all(), NDArrayIndex.interval(from, to))
        .dup('c')
        .data()
        .asFloat();
  }

  private void assertClose(float[] found, String name, double tolerance) {
    assertThat(difference(found, name)).as(name).isLessThanOrEqualTo(tolerance);
  }

  private void assertGradient(float[] found, String name) {
    double largest = 0;
    for (float value : golden.values(name)) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(difference(found, name) / largest).as(name).isLessThanOrEqualTo(GRADIENT);
  }

  /** The largest difference, over the values that the script kept. */
  private double difference(float[] found, String name) {
    float[] expected = golden.values(name);
    int step = Math.max(1, (found.length + KEPT - 1) / KEPT);
    assertThat(expected).as(name).hasSize((found.length + step - 1) / step);
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      double difference = Math.abs(found[i * step] - expected[i]);
      largest = difference > largest || Double.isNaN(difference) ? difference : largest;
    }
    return largest;
  }
}
