package org.inpaint4j.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.inpaint4j.image.FillListener;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Seeds;
import org.inpaint4j.image.Size;
import org.inpaint4j.network.CompletionNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

class CompletionFillTest {

  private static final Size SIZE = new Size(4, 2);

  /** Gives back what it is shown, and one coordinate of the latent plus the mask everywhere. */
  private static final class TinyNetwork implements CompletionNetwork {

    @Override
    public ImageShape imageShape() {
      return new ImageShape(1, SIZE);
    }

    @Override
    public int latentSize() {
      return 1;
    }

    @Override
    public String identity() {
      return "tiny";
    }

    @Override
    public SDVariable complete(
        SameDiff graph, SDVariable known, SDVariable mask, SDVariable latent) {
      return known.add(graph.reshape(latent, -1, 1, 1, 1)).add(mask);
    }
  }

  @Test
  void fill_tinyNetwork_isComputedFromKnownMaskAndLatent() {
    float z = 0.5f * latent(7, 0);

    try (CompletionFill filler = CompletionFill.of(new TinyNetwork())) {
      List<Filling> fillings = filler.fill(task(0.25f, 0, 7, 1, FillListener.NONE));

      assertThat(fillings).hasSize(1);
      assertThat(fillings.get(0).status()).isEqualTo(FillStatus.COMPLETED);
      // In the hole 0 + z + 0; on known pixels (2 * 0.25 - 1) + z + 1.
      assertThat(fillings.get(0).image().get(0, 0, 0)).isCloseTo(0.5f * z + 0.5f, within(1e-6f));
      assertThat(fillings.get(0).image().get(0, 3, 1))
          .isCloseTo(0.5f * (0.5f + z) + 0.5f, within(1e-6f));
    }
  }

  @Test
  void fill_otherValuesInTheHole_haveNoInfluence() {
    try (CompletionFill filler = CompletionFill.of(new TinyNetwork())) {
      float[] once = samples(filler.fill(task(0.25f, 0, 7, 1, FillListener.NONE)));
      float[] again = samples(filler.fill(task(0.25f, Float.NaN, 7, 1, FillListener.NONE)));

      assertThat(again).isEqualTo(once);
    }
  }

  @Test
  void fill_candidates_differAndTheBestAtTheRimIsFirst() {
    try (CompletionFill filler = CompletionFill.of(new TinyNetwork())) {
      List<Filling> fillings = filler.fill(task(0.25f, 0, 7, 5, FillListener.NONE));

      // The error on known pixels is |z + 1| / 2, the same on all.
      double[] errors =
          fillings.stream().mapToDouble(f -> Math.abs(f.image().get(0, 1, 0) - 0.25)).toArray();
      assertThat(errors).hasSize(5).doesNotHaveDuplicates().isSorted();
      assertThat(samples(filler.fill(task(0.25f, 0, 7, 5, FillListener.NONE))))
          .isEqualTo(samples(fillings));
    }
  }

  @Test
  void fill_listenerCancels_givesWhatThereIs() {
    try (CompletionFill filler = CompletionFill.of(new TinyNetwork())) {
      List<Filling> fillings = filler.fill(task(0.25f, 0, 7, 5, (step, steps, loss) -> step < 2));

      assertThat(fillings).hasSize(2).allMatch(f -> f.status() == FillStatus.CANCELLED);
    }
  }

  @Test
  void fill_otherShape_saysWhichIsExpected() {
    FillTask wrong =
        FillTask.of(ImagePlanes.zeros(3, SIZE), task(0, 0, 0, 1, FillListener.NONE).mask());

    try (CompletionFill filler = CompletionFill.of(new TinyNetwork())) {
      assertThatThrownBy(() -> filler.fill(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "a completion must be given images of the network's shape: expected 1x2x4, found"
                  + " 3x2x4 image");
    }
  }

  @Test
  void fill_afterClose_isRefused() {
    CompletionFill filler = CompletionFill.of(new TinyNetwork());
    filler.fill(task(0, 0, 0, 1, FillListener.NONE));
    filler.close();

    assertThatThrownBy(() -> filler.fill(task(0, 0, 0, 1, FillListener.NONE)))
        .isInstanceOf(IllegalStateException.class);
  }

  /** The first column is the hole. */
  private static FillTask task(
      float known, float hidden, long seed, int candidates, FillListener listener) {
    BitSet hole = new BitSet();
    ImagePlanes target = ImagePlanes.zeros(1, SIZE);
    for (int i = 0; i < SIZE.pixels(); i++) {
      boolean missing = i % SIZE.width() == 0;
      hole.set(i, missing);
      target.samples()[i] = missing ? hidden : known;
    }
    return new FillTask(target, Mask.of(SIZE, hole), seed, candidates, listener);
  }

  private static float latent(long seed, int candidate) {
    return (float) new Random(Seeds.split(seed, candidate)).nextGaussian();
  }

  private static float[] samples(List<Filling> fillings) {
    return fillings.get(0).image().samples();
  }
}
