package org.inpaint4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.LatentPath;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.inpaint4j.network.Generator;
import org.inpaint4j.network.LossInputs;
import org.inpaint4j.network.LossTerm;
import org.inpaint4j.search.FoundLatent;
import org.inpaint4j.search.LatentSearch;
import org.inpaint4j.search.Optimizer;
import org.inpaint4j.search.SearchOptions;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Compares a search in w, w+ and w++ with one in PyTorch, where w++ is a latent vector for each
 * number that a layer makes of a style; make_style_search_golden.py made the file.
 */
class StyleSearchGoldenTest {

  private static final int SIZE = 16;
  private static final int STYLE = 6;

  private final Weights golden = TestFiles.load("style-search-golden.safetensors");

  @Test
  void wPlusPlus_threeStages_goWherePyTorchGoes() throws IOException {
    StyleGan.Options options = new StyleGan.Options(SIZE, StyleGan.Space.W_PLUS_PLUS, 1, false);
    Generator generator = StyleGan.generator(golden, options);
    float[] losses = golden.values("losses");
    SearchOptions search =
        SearchOptions.paperStyleGan().toBuilder()
            .steps(losses.length)
            .optimizer(new Optimizer.PartwiseDescent(List.of(0.08, 0.02, 0.005)))
            .build();
    float[] samples = golden.values("target");
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (samples[i] + 1) / 2;
    }
    ImagePlanes target = new ImagePlanes(3, new Size(SIZE, SIZE), samples);
    Mask mask = Mask.rectangle(SIZE, SIZE, 4, 5, 8, 6);
    FillTask task =
        FillTask.of(target, mask)
            .latents(new LatentPath(List.of(start(generator)), Optional.empty()));

    try (LatentSearch filler =
        new LatentSearch(generator, Optional.empty(), List.of(new KnownSquares()), search, 0)) {
      FoundLatent found = filler.fill(task).get(0);

      assertThat(found.trace().steps()).isEqualTo(losses.length);
      for (int step = 0; step < losses.length; step++) {
        assertThat(found.trace().total(step)).isCloseTo(losses[step], within(2e-5 * losses[step]));
      }
    }
  }

  /** The mean style, no differences, and the noise of the script. */
  private List<Float> start(Generator generator) {
    List<Float> latent = new ArrayList<>();
    add(latent, "latent_avg");
    int noise = 4 * 4 + 8 * 8 + 16 * 16;
    latent.addAll(Collections.nCopies(generator.latentSpace().size() - STYLE - noise, 0f));
    for (int i = 0; i < 3; i++) {
      add(latent, "noise." + i);
    }
    return latent;
  }

  private void add(List<Float> latent, String name) {
    for (float value : golden.values(name)) {
      latent.add(value);
    }
  }

  /** The sum of squares over known pixels. */
  private static final class KnownSquares implements LossTerm {
    @Override
    public String name() {
      return "squares";
    }

    @Override
    public SDVariable add(LossInputs inputs) {
      SDVariable off = inputs.generated().sub(inputs.target());
      return inputs.graph().math().square(off).mul(inputs.mask()).sum(1, 2, 3);
    }
  }
}
