package org.inpaint4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.inpaint4j.LatentModel;
import org.inpaint4j.network.Discriminator;
import org.inpaint4j.network.Generator;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Compares with the PyTorch port's own code; make_stylegan2_golden.py made the files. */
class StyleGan2GoldenTest {

  private static final int COUNT = 2;
  private static final int SIZE = 32;
  private static final int STYLE = 16;
  private static final int LAYERS = 8;

  /** Of the largest value: single precision against the port's double. */
  private static final double TOLERANCE = 1e-4;

  private static final Path FILE = TestFiles.resource("stylegan2.pt");

  private final Weights golden = TestFiles.load("stylegan2-golden.safetensors");

  @Test
  void z_truncated_equalsPort() throws IOException {
    Generator generator = generator(StyleGan.Space.Z, 0.7);

    Result result = run(generator, rows(golden.values("z"), 0));

    assertSame(floats(result.images), "z.images");
    int noise = golden.values("noise").length / COUNT;
    assertSame(columns(result.gradient, 0, STYLE), "z.dz");
    assertSame(columns(result.gradient, STYLE + noise - SIZE * SIZE, STYLE + noise), "z.dnoise");
  }

  @Test
  void wPlus_aStyleForEachLayer_equalsPort() throws IOException {
    Generator generator = generator(StyleGan.Space.W_PLUS, 1);

    Result result = run(generator, rows(golden.values("plus.w"), LAYERS * STYLE));

    assertSame(floats(result.images), "plus.images");
    assertSame(columns(result.gradient, STYLE, STYLE * (1 + LAYERS)), "plus.dadded");
  }

  @Test
  void discriminator_equalsPortOnEachImageAlone() throws IOException {
    Discriminator discriminator = StyleGan.discriminator(Weights.load(FILE), SIZE);
    SameDiff graph = SameDiff.create();
    SDVariable images =
        graph.var(
            "images", Nd4j.create(golden.values("images"), new long[] {COUNT, 3, SIZE, SIZE}, 'c'));
    SDVariable logits = discriminator.logits(graph, images);
    graph.setLossVariables(logits.sum().name());

    assertSame(floats(graph.outputSingle(Map.of(), logits.name())), "d.logits");
    assertSame(floats(graph.calculateGradients(Map.of(), "images").get("images")), "d.dimages");
  }

  @Test
  void latents_inW_startAtTheMeanStyleOfTheFile() throws IOException {
    Generator generator = generator(StyleGan.Space.W, 1);
    float[] latent = new float[generator.latentSpace().size()];
    generator.latentSpace().prior().draw(new Random(1), latent);

    float[] mean = golden.values("mean");
    for (int i = 0; i < STYLE; i++) {
      assertThat(latent[i]).isEqualTo(mean[i]);
    }
  }

  @Test
  void load_ofACheckpoint_isAModelThatFillsFaces() throws IOException {
    LatentModel model = (LatentModel) Models.load(FILE);

    assertThat(model.generator().imageShape().height()).isEqualTo(SIZE);
    assertThat(model.discriminator()).isPresent();
    assertThat(Models.inspect(FILE).kind()).isEqualTo("StyleGAN2, PyTorch checkpoint");
    assertThat(Models.inspect(FILE).latentSpaces())
        .containsExactly("z (16)", "w (16)", "w+ (8 x 16)");
  }

  @Test
  void generator_ofAnotherSize_isRefused() {
    assertThatThrownBy(() -> generatorOf(64))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("a StyleGAN2 makes images of one size: expected 64, found 32");
  }

  private static Generator generatorOf(int size) throws IOException {
    return StyleGan.generator(
        Weights.load(FILE), new StyleGan.Options(size, StyleGan.Space.Z, 1, false));
  }

  private static Generator generator(StyleGan.Space space, double truncation) throws IOException {
    return StyleGan.generator(
        Weights.load(FILE), new StyleGan.Options(SIZE, space, truncation, false));
  }

  /** Latent vectors: what comes first, then what is added in w+, then the noise. */
  private float[] rows(float[] first, int added) {
    float[] noise = golden.values("noise");
    int row = STYLE + added + noise.length / COUNT;
    float[] rows = new float[COUNT * row];
    for (int n = 0; n < COUNT; n++) {
      System.arraycopy(first, n * STYLE, rows, n * row, STYLE);
      if (added > 0) {
        System.arraycopy(golden.values("added"), n * added, rows, n * row + STYLE, added);
      }
      int maps = noise.length / COUNT;
      System.arraycopy(noise, n * maps, rows, n * row + STYLE + added, maps);
    }
    return rows;
  }

  /** Images and the gradient, both as ND4J has them. */
  private record Result(INDArray images, INDArray gradient) {}

  private Result run(Generator generator, float[] latents) {
    SameDiff graph = SameDiff.create();
    int row = generator.latentSpace().size();
    SDVariable latent = graph.var("latent", Nd4j.create(latents, new long[] {COUNT, row}, 'c'));
    SDVariable images = generator.generate(graph, latent);
    SDVariable t =
        graph.constant(
            "t", Nd4j.create(golden.values("t"), new long[] {COUNT, 3, SIZE, SIZE}, 'c'));
    graph.setLossVariables(images.mul(t).sum().name());
    INDArray made = graph.outputSingle(Map.of(), images.name());
    return new Result(made, graph.calculateGradients(Map.of(), "latent").get("latent"));
  }

  private static float[] columns(INDArray matrix, int from, int to) {
    return floats(matrix.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to)));
  }

  private static float[] floats(INDArray array) {
    return array.dup('c').data().asFloat();
  }

  private void assertSame(float[] found, String name) {
    float[] expected = golden.values(name);
    assertThat(found).as(name).hasSameSizeAs(expected);
    double largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i])
          .as(name + " " + i)
          .isCloseTo(expected[i], within((float) (TOLERANCE * largest)));
    }
  }
}
