package org.inpaint4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inpaint4j.model.ModelFormatException;
import org.inpaint4j.model.StyleGan;
import org.inpaint4j.model.Weights;
import org.inpaint4j.network.Generator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Iterations against those of {@code tools/stylegan/train_stylegan.py} in double precision ({@code
 * make_style_iteration_golden.py}).
 */
class StyleIterationTest {

  private static final int BATCH = 4;
  private static final int ITERATIONS = 4;

  /** Losses pass some twenty layers in float32. */
  private static final double LOSS_ROUNDING = 1e-5;

  /** A penalty is the square of a difference of logits, over the deviation of 0.1. */
  private static final double PENALTY_ROUNDING = 1e-4;

  @ParameterizedTest
  @ValueSource(strings = {"r1", "wasserstein"})
  void run_fourIterationsThatGrow_areThoseOfPyTorch(String loss) throws ModelFormatException {
    Weights golden = Golden.tensors("style-iteration-" + loss + ".safetensors");
    StyleGanOptions options = SmallStyleGan.options(loss.equals("wasserstein"), BATCH, 2 * BATCH);
    StyleIteration.Learned learned = StyleIteration.Learned.of(options);
    learned.generator().load(golden.under("generator."));
    learned.discriminator().load(golden.under("discriminator."));
    for (int k = 0; k < ITERATIONS; k++) {
      StylePlace place = StylePlace.of(options.schedule(), k);
      try (StyleIteration iteration = new StyleIteration(options, place, learned)) {
        StyleIteration.Losses losses = iteration.run(draw(golden, place, k), place.alpha());
        float[] expected = golden.values("losses." + k);
        assertClose(losses.real(), expected[0], LOSS_ROUNDING);
        assertClose(losses.generated(), expected[1], LOSS_ROUNDING);
        assertClose(losses.generator(), expected[2], LOSS_ROUNDING);
        assertClose(losses.penalty(), expected[3], PENALTY_ROUNDING);
      }
      if (k == 1 || k == ITERATIONS - 1) {
        String after = "after." + k + ".";
        NetworkAssert.assertSame(
            learned.discriminator(),
            golden.under(after + "discriminator."),
            (float) options.schedule().discriminatorRate());
        NetworkAssert.assertSame(
            learned.generator(),
            golden.under(after + "generator."),
            (float) options.schedule().learningRate());
      }
    }
    assertApplied(golden, options);
  }

  private static void assertClose(float actual, float expected, double rounding) {
    assertThat((double) actual)
        .isCloseTo(expected, within(rounding * Math.max(1, Math.abs(expected))));
  }

  private static StyleDraw draw(Weights golden, StylePlace place, int k) {
    float[] crossover = golden.values("crossover." + k);
    int[] crossovers = new int[crossover.length];
    for (int n = 0; n < crossovers.length; n++) {
      crossovers[n] = (int) crossover[n];
    }
    List<float[]> noise = new ArrayList<>();
    for (int i = 0; i <= place.level(); i++) {
      noise.add(golden.values("noise." + k + "." + i));
    }
    boolean penalty = golden.names().contains("shift." + k);
    return new StyleDraw(
        golden.values("real." + k),
        golden.values("z." + k),
        crossovers,
        noise,
        penalty ? golden.values("shift." + k) : new float[0],
        penalty && golden.source().contains("wasserstein")
            ? golden.values("mixture." + k)
            : new float[0]);
  }

  /** The network that is searched, with PyTorch's weights. */
  private static void assertApplied(Weights golden, StyleGanOptions options)
      throws ModelFormatException {
    int last = ITERATIONS - 1;
    Generator generator =
        StyleGan.generator(
            golden.under("after." + last + ".generator."),
            new StyleGan.Options(16, StyleGan.Space.Z, 1, false));
    int style = options.networks().styleSize();
    int size = generator.latentSpace().size();
    float[] latents = new float[BATCH * size];
    for (int n = 0; n < BATCH; n++) {
      System.arraycopy(golden.values("z." + last), n * style, latents, n * size, style);
      int to = n * size + style;
      for (int i = 0; i <= 2; i++) {
        int area = (4 << i) * (4 << i);
        System.arraycopy(golden.values("noise." + last + "." + i), n * area, latents, to, area);
        to += area;
      }
    }
    SameDiff graph = SameDiff.create();
    SDVariable z = graph.constant("z", Nd4j.create(latents, new long[] {BATCH, size}, 'c'));
    SDVariable images = generator.generate(graph, z);
    float[] actual =
        graph.output(Map.of(), images.name()).get(images.name()).dup('c').data().asFloat();
    float[] expected = golden.values("images");
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(5e-5f));
    }
  }

  /** By hand: 10 images of 8 pixels in batches of 4 are 3 iterations; then 5 that fade in. */
  @Test
  void place_ofEachIteration_followsFromTheSchedule() {
    StyleGanOptions.Schedule schedule =
        new StyleGanOptions.Schedule(
            List.of(4, 2), List.of(0, 10), List.of(10, 0), 1e-3, 1e-3, 0.01, 0.9, 0, 0.99);
    assertThat(StylePlace.of(schedule, 2)).isEqualTo(new StylePlace(1, false, 1, 4, 8));
    assertThat(StylePlace.of(schedule, 3)).isEqualTo(new StylePlace(2, true, 0.1f, 2, 12));
    assertThat(StylePlace.of(schedule, 7)).isEqualTo(new StylePlace(2, true, 0.9f, 2, 20));
    assertThat(StylePlace.of(schedule, 8)).isEqualTo(new StylePlace(2, false, 1, 2, 22));
    assertThat(StylePlace.of(schedule, 108)).isEqualTo(new StylePlace(2, false, 1, 2, 222));
    assertThat(StylePlace.iterationsFor(schedule, 12)).isEqualTo(3);
    assertThat(StylePlace.iterationsFor(schedule, 13)).isEqualTo(4);
    assertThat(StylePlace.iterationsFor(schedule, 222)).isEqualTo(108);
  }

  @Test
  void place_ofAScheduleThatStaysAtTheSmallestSize_isThere() {
    StyleGanOptions.Schedule schedule =
        new StyleGanOptions.Schedule(
            List.of(4, 2),
            List.of(0, 10),
            List.of(Integer.MAX_VALUE, 0),
            1e-3,
            1e-3,
            0.01,
            0.9,
            0,
            0.99);
    assertThat(StylePlace.of(schedule, 1000)).isEqualTo(new StylePlace(1, false, 1, 4, 4000));
  }

  @Test
  void points_andWhereTheyMove_byHand() {
    StyleDraw draw =
        new StyleDraw(
            new float[] {1, 2},
            new float[] {3, 4},
            new int[] {1},
            List.of(),
            new float[] {10, -10},
            new float[] {0.5f});
    float[] points = draw.points(new float[] {3, 2});
    assertThat(points).containsExactly(2, 2);
    assertThat(draw.moved(points, 0.1)).containsExactly(3, 1);
    assertThat(draw.choice(0)).containsExactly(1, 0);
    assertThat(draw.choice(1)).containsExactly(0, 1);
    assertThat(draw.latents()).containsExactly(1, 1);
    float[] mean = new float[1];
    ImageSequence.reduce(new float[] {1, 2, 3, 6}, 2, mean, 0, 1);
    assertThat(mean).containsExactly(3);
  }
}
