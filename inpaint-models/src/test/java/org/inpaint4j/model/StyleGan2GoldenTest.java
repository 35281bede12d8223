package org.inpaint4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.inpaint4j.LatentModel;
import org.inpaint4j.network.Generator;
import org.junit.jupiter.api.Test;

/** Compares with the PyTorch port's own code; make_stylegan2_golden.py made the files. */
class StyleGan2GoldenTest {

  private static final int COUNT = 2;
  private static final int SIZE = 32;
  private static final int STYLE = 16;
  private static final int LAYERS = 8;

  private static final Path FILE = TestFiles.resource("stylegan2.pt");

  private final StyleGan2Golden golden =
      new StyleGan2Golden("stylegan2-golden.safetensors", COUNT, SIZE);

  @Test
  void z_truncated_equalsPort() throws IOException {
    Generator generator = generator(StyleGan.Space.Z, 0.7);

    StyleGan2Golden.Result result = golden.run(generator, rows(golden.values("z"), 0));

    golden.assertSame(result.images(), "z.images");
    int noise = golden.values("noise").length / COUNT;
    golden.assertSame(result.gradient(0, STYLE), "z.dz");
    golden.assertSame(result.gradient(STYLE + noise - SIZE * SIZE, STYLE + noise), "z.dnoise");
  }

  @Test
  void wPlus_aStyleForEachLayer_equalsPort() throws IOException {
    Generator generator = generator(StyleGan.Space.W_PLUS, 1);

    StyleGan2Golden.Result result =
        golden.run(generator, rows(golden.values("plus.w"), LAYERS * STYLE));

    golden.assertSame(result.images(), "plus.images");
    golden.assertSame(result.gradient(STYLE, STYLE * (1 + LAYERS)), "plus.dadded");
  }

  @Test
  void discriminator_equalsPortOnEachImageAlone() throws IOException {
    golden.assertJudges(StyleGan.discriminator(Weights.load(FILE), SIZE));
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
}
