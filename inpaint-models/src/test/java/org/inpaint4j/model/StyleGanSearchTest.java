package org.inpaint4j.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.inpaint4j.InpaintResult;
import org.inpaint4j.Inpainter;
import org.inpaint4j.LatentModel;
import org.inpaint4j.image.Mask;
import org.inpaint4j.network.Generator;
import org.inpaint4j.network.LatentSpace.Stage;
import org.inpaint4j.search.LossTrace;
import org.inpaint4j.search.Optimizer;
import org.inpaint4j.search.SearchOptions;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;

/** Searches with the presets of a StyleGAN whose weights are random. */
class StyleGanSearchTest {

  private static final int SIZE = 64;

  /** A tenth of the channels of the paper, so that 450 steps take seconds. */
  private static final int[] CHANNELS = {48, 48, 48, 48, 32};

  /**
   * Random weights whose images fit -1 to 1, and with noise of the strength that trained networks
   * have: a twentieth of the activations.
   */
  private static Weights weights() {
    Weights random = HashedWeights.generator(CHANNELS, 64, 0);
    Weights.Builder builder = Weights.builder();
    for (String name : random.names()) {
      double factor = name.contains("noise") ? 0.0125 : name.contains("to_rgb") ? 0.07 : 1;
      builder.put(name, random.shape(name), HashedWeights.scaled(random.values(name), factor));
    }
    return builder.build("random");
  }

  private static BufferedImage made(Generator generator, long seed) {
    Random random = new Random(seed);
    float[] latent = new float[generator.latentSpace().size()];
    for (int i = 0; i < latent.length; i++) {
      latent[i] = (float) random.nextGaussian();
    }
    SameDiff graph = SameDiff.create();
    SDVariable z = graph.constant(Nd4j.create(latent, new long[] {1, latent.length}, 'c'));
    float[] samples =
        graph.outputSingle(Map.of(), generator.generate(graph, z).name()).dup('c').data().asFloat();
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < SIZE * SIZE; i++) {
      int rgb = 0;
      for (int c = 0; c < 3; c++) {
        float sample = samples[c * SIZE * SIZE + i];
        assertThat(sample).isBetween(-1f, 1f);
        rgb = rgb << 8 | Math.round((sample + 1) * 127.5f);
      }
      image.setRGB(i % SIZE, i / SIZE, rgb);
    }
    return image;
  }

  @Test
  void wPlus_imageOfAnotherSeed_isInverted() throws IOException {
    Weights weights = weights();
    var options = new StyleGan.Options(SIZE, StyleGan.Space.Z, 1, false);
    BufferedImage image = made(StyleGan.generator(weights, options), 41);
    LatentModel model = StyleGan.wPlus(weights, SIZE);
    assertThat(model.search().steps()).isLessThanOrEqualTo(450);

    try (Inpainter inpainter = Inpainter.builder().model(model).build()) {
      InpaintResult result = inpainter.inpaint(image, Mask.rectangle(SIZE, SIZE, 20, 24, 24, 20));

      LossTrace trace = result.search().trace();
      assertThat(trace.terms()).containsExactly("context", "noise");
      int best = result.search().bestStep();
      assertThat(trace.value(0, best)).isLessThan(0.1 * trace.value(0, 0));
      // Noise was used, and stayed what noise is.
      assertThat(best).isGreaterThan(model.search().steps() / 2);
      assertThat(trace.value(1, best)).isLessThan(trace.value(1, 0));
    }
  }

  @Test
  void robust_imageOfAnotherSeed_isFollowedInEachStage() throws IOException {
    Weights weights = weights();
    var options = new StyleGan.Options(SIZE, StyleGan.Space.Z, 1, false);
    BufferedImage image = made(StyleGan.generator(weights, options), 41);
    LatentModel model = StyleGan.robust(weights, SIZE);
    assertThat(model.search().steps()).isEqualTo(450);
    assertThat(model.losses().stream().map(Object::toString).toList().get(1))
        .contains("2 scales")
        .contains("directions");
    SearchOptions shorter = model.search().toBuilder().steps(30).build();

    try (Inpainter inpainter = Inpainter.builder().model(model).search(shorter).build()) {
      InpaintResult result = inpainter.inpaint(image, Mask.rectangle(SIZE, SIZE, 20, 24, 24, 20));

      LossTrace trace = result.search().trace();
      assertThat(trace.terms()).containsExactly("context", "perceptual");
      double[] lowest = new double[3];
      for (int stage = 0; stage < 3; stage++) {
        lowest[stage] =
            IntStream.range(10 * stage, 10 * stage + 10)
                .mapToDouble(trace::total)
                .min()
                .orElseThrow();
      }
      assertThat(lowest[0]).isLessThan(trace.total(0));
      assertThat(lowest[1]).isLessThan(lowest[0]);
      assertThat(lowest[2]).isLessThan(lowest[1]);
    }
  }

  @Test
  void paperStyleGan_256Pixels_hasThePapersSettings() throws IOException {
    Weights weights = HashedWeights.generator(new int[] {8, 8, 8, 8, 8, 4, 4}, 8, 0);

    LatentModel model = StyleGan.paperStyleGan(weights, 256);

    assertThat(model.losses().stream().map(Object::toString)).containsExactly("weightedL1(28)");
    assertThat(model.search()).isEqualTo(SearchOptions.paperStyleGan());
    assertThat(model.search().steps()).isEqualTo(3000);
    assertThat(model.search().optimizer()).isEqualTo(Optimizer.adam(1e-3));
    assertThat(model.generator().latentSpace().stages()).containsExactly(Stage.leading(8));
    assertThat(model.generator().identity()).startsWith("stylegan Z").contains("truncation 0.7");
  }
}
