package org.inpaint4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.inpaint4j.model.Completion;
import org.inpaint4j.model.CompletionDesign;
import org.inpaint4j.model.CompletionVariant;
import org.inpaint4j.model.ModelFormatException;
import org.inpaint4j.model.Weights;
import org.inpaint4j.network.CompletionNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Iterations against those of {@code tools/completion/train_completion.py} in double precision
 * ({@code make_completion_iteration_golden.py}).
 */
class CompletionIterationTest {

  /** Losses pass some twenty layers in float32; SqueezeNet's features are of the order of 100. */
  private static final double LOSS_ROUNDING = 1e-5;

  private static final float RATE = 3e-4f;
  private static final int ITERATIONS = 3;

  @ParameterizedTest
  @EnumSource(CompletionVariant.class)
  void run_threeIterations_areThoseOfPyTorch(CompletionVariant variant)
      throws ModelFormatException {
    Weights golden = Golden.tensors("completion-iteration-" + variant.label() + ".safetensors");
    CompletionOptions options =
        SmallCompletion.options(
            variant, new CompletionOptions.Schedule(RATE, 0.999, List.of(2), 1, 1));
    Adam.Rates rates = options.schedule().rates();
    Network generator = new Network(CompletionShape.generator(options.design()), rates);
    Network discriminator = new Network(CompletionShape.discriminator(options.judge()), rates);
    SpectralNorm spectral = new SpectralNorm(discriminator.shape, new Random(1));
    generator.load(golden.under("generator."));
    discriminator.load(golden.under("discriminator."));
    spectral.load(golden.under("discriminator."));
    try (CompletionIteration iteration =
        new CompletionIteration(options, generator, discriminator, spectral)) {
      for (int k = 0; k < ITERATIONS; k++) {
        CompletionIteration.Losses losses =
            iteration.run(
                new CompletionIteration.Pictures(
                    golden.values("truth"), golden.values("holes." + k), golden.values("z." + k)),
                k);
        assertLosses(losses, golden.values("losses." + k), options, k);
        if (k != 1) {
          NetworkAssert.assertSame(
              discriminator,
              golden.under("after." + k + ".discriminator."),
              RATE,
              more -> spectral.export("", more));
          NetworkAssert.assertSame(generator, golden.under("after." + k + ".generator."), RATE);
        }
      }
    }
    assertApplied(golden, options.design());
  }

  private static void assertLosses(
      CompletionIteration.Losses losses, float[] expected, CompletionOptions options, int k) {
    CompletionReview.Losses review = losses.review();
    CompletionLosses weights = options.losses();
    boolean paper = weights.hole() == 0;
    float[] actual = {
      review.hole(),
      review.known(),
      review.adversarial(),
      review.matching(),
      review.features(),
      review.difference(),
      losses.real() + losses.made()
    };
    boolean edges = options.design().variant() == CompletionVariant.EDGES;
    assertThat(review.edges() > 0).isEqualTo(edges);
    for (int i = 0; i < actual.length; i++) {
      if (paper && i != 2 && i != 6) {
        assertThat(actual[i]).as("loss %s of weight 0", i).isZero();
      } else {
        assertThat((double) actual[i])
            .as("loss %s of iteration %s", i, k)
            .isCloseTo(expected[i], within(LOSS_ROUNDING * Math.max(1, Math.abs(expected[i]))));
      }
    }
    assertThat(review.squared() > 0).isEqualTo(paper);
  }

  /** The network with folded batch norm, as a filler runs it, with PyTorch's weights. */
  private static void assertApplied(Weights golden, CompletionDesign design)
      throws ModelFormatException {
    CompletionNetwork network = Completion.network(golden.under("after.2.generator."));
    int side = design.imageSize();
    int area = side * side;
    float[] truth = golden.values("truth");
    float[] holes = golden.values("holes.2");
    float[] known = new float[3 * area];
    float[] mask = new float[area];
    for (int i = 0; i < known.length; i++) {
      mask[i % area] = 1 - holes[i % area];
      known[i] = truth[i] * mask[i % area];
    }
    float[] z = Arrays.copyOf(golden.values("z.2"), design.latentSize());
    SameDiff graph = SameDiff.create();
    SDVariable image =
        network.complete(
            graph,
            graph.constant("k", Nd4j.create(known, new long[] {1, 3, side, side}, 'c')),
            graph.constant("m", Nd4j.create(mask, new long[] {1, 1, side, side}, 'c')),
            graph.constant("z", Nd4j.create(z, new long[] {1, z.length}, 'c')));
    float[] actual =
        graph.output(Map.of(), image.name()).get(image.name()).dup('c').data().asFloat();
    float[] expected = golden.values("applied");
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(2e-5f));
    }
  }
}
