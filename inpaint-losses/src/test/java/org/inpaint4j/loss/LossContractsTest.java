package org.inpaint4j.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.inpaint4j.network.FeatureNetwork;
import org.inpaint4j.network.LossInputs;
import org.inpaint4j.network.LossTerm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.factory.Nd4j;

/** What the terms say of themselves, and what they compute before a search. */
class LossContractsTest {

  private static final Mask MASK = Mask.rectangle(5, 4, 1, 0, 1, 1);

  /** Sums over 3x3 pixels: layers of 2 rows and 3 columns from 4 rows and 5 columns. */
  private static final FeatureNetwork SUMS =
      new FeatureNetwork() {
        @Override
        public String identity() {
          return "sums";
        }

        @Override
        public List<SDVariable> features(SameDiff graph, SDVariable images) {
          Conv2DConfig config =
              Conv2DConfig.builder().kH(3).kW(3).paddingMode(PaddingMode.VALID).build();
          SDVariable ones = graph.constant(Nd4j.ones(DataType.FLOAT, 3, 3, 3, 1));
          return List.of(graph.cnn().conv2d(images, ones, config));
        }
      };

  /** Takes what the terms compute from the mask. */
  private record Inputs(SameDiff graph, int channels, Map<String, float[]> computed)
      implements LossInputs {

    static Inputs of(int channels) {
      SameDiff graph = SameDiff.create();
      graph.placeHolder("image", DataType.FLOAT, 1, channels, 4, 5);
      graph.placeHolder("target", DataType.FLOAT, 1, channels, 4, 5);
      return new Inputs(graph, channels, new HashMap<>());
    }

    @Override
    public ImageShape imageShape() {
      return new ImageShape(channels, new Size(5, 4));
    }

    @Override
    public SDVariable latent() {
      throw new UnsupportedOperationException("not for these terms");
    }

    @Override
    public SDVariable generated() {
      return graph.getVariable("image");
    }

    @Override
    public SDVariable target() {
      return graph.getVariable("target");
    }

    @Override
    public SDVariable mask() {
      throw new UnsupportedOperationException("not for these terms");
    }

    @Override
    public SDVariable logits() {
      throw new UnsupportedOperationException("not for these terms");
    }

    @Override
    public SDVariable perImage(String name, Computation computation, long... shape) {
      float[] values = computation.compute(ImagePlanes.zeros(channels, new Size(5, 4)), MASK);
      computed.put(name, values);
      return graph.constant(Nd4j.create(values, new long[] {1, shape[0], shape[1], shape[2]}, 'c'));
    }

    double evaluate(SDVariable loss, double image, double target) {
      return graph
          .output(
              Map.of(
                  "image", Nd4j.zeros(DataType.FLOAT, 1, channels, 4, 5).addi(image),
                  "target", Nd4j.zeros(DataType.FLOAT, 1, channels, 4, 5).addi(target)),
              loss.name())
          .get(loss.name())
          .getDouble(0);
    }
  }

  @Test
  void names_tellTheTermsApart() {
    List<LossTerm> terms =
        List.of(
            ContextLoss.weightedL1(7),
            PriorLoss.logOneMinusD(0.003),
            PerceptualLoss.of(SUMS, 0.01));
    assertThat(terms.stream().map(LossTerm::name))
        .containsExactly("context", "prior", "perceptual");
    assertThat(terms.stream().map(LossTerm::needsDiscriminator))
        .containsExactly(false, true, false);
    assertThat(terms.stream().map(Object::toString))
        .containsExactly("weightedL1(7)", "logOneMinusD(0.003)", "perceptual(sums, 0.01)");
    assertThat(terms.stream().map(term -> term.pixelWeights(MASK).isPresent()))
        .containsExactly(true, false, false);
  }

  @Test
  void weightedL1_ofAShape_hasThePapersWindowForItsWidth() {
    assertThat(
            Stream.of(64, 256, 128)
                .map(side -> ContextLoss.weightedL1(ImageShape.square(3, side)).identity()))
        .containsExactly("weightedL1(7)", "weightedL1(28)", "weightedL1(14)");
    assertThat(ContextLoss.weightedL1(new ImageShape(3, new Size(64, 256))).identity())
        .isEqualTo("weightedL1(7)");
    assertThat(ContextLoss.weightedL1(2).everywhere(0).identity()).isEqualTo("weightedL1(2)");
  }

  @Test
  void pixelWeights_ofTheContextLoss_areThoseItMinimisesWith() {
    ContextLoss loss = ContextLoss.weightedL1(3).everywhere(0.25);
    float[] weights = loss.pixelWeights(MASK).orElseThrow();
    float[] near = MASK.importanceWeights(3);
    for (int i = 0; i < 20; i++) {
      boolean hole = MASK.isHole(i % 5, i / 5);
      assertThat(weights[i]).isEqualTo(hole ? 0 : near[i] + 0.25f);
    }
    Inputs inputs = Inputs.of(3);
    loss.add(inputs);
    assertThat(inputs.computed().get("weights")).containsExactly(weights);
  }

  /**
   * Cells are two pixels high and five thirds wide. The hole, pixel 1 of the first row, takes two
   * thirds of the 10/3 pixels of the first cell, and one third of those of the second.
   */
  @Test
  void perceptual_weightsOfALayer_areTheKnownSharesOfItsCells() {
    Inputs inputs = Inputs.of(3);
    PerceptualLoss.of(SUMS, 0.01).add(inputs);
    assertThat(inputs.computed().get("known0"))
        .containsExactly(new float[] {0.8f, 0.9f, 1, 1, 1, 1}, within(1e-6f));
    float[] known = inputs.computed().get("known");
    for (int i = 0; i < 20; i++) {
      assertThat(known[i]).isEqualTo(i == 1 ? 0 : 1);
    }
  }

  /**
   * Images of 0.5 and 0: a sum of three channels over 3x3 pixels is 13.5, less 1.5 where the hole
   * is among them, which is in both columns that it lies in of the first row.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void perceptual_byHand_isTheMeanOfTheWeightedSquares(int channels) {
    Inputs inputs = Inputs.of(channels);
    SDVariable loss = PerceptualLoss.of(SUMS, 2).add(inputs);
    double expected = 2 * (0.8 * 12 * 12 + 0.9 * 12 * 12 + 13.5 * 13.5 + 3 * 13.5 * 13.5) / 6;
    assertThat(inputs.evaluate(loss, 0.5, 0)).isCloseTo(expected, within(1e-3));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void lambda_outOfRange_isRefused(double lambda) {
    String message = "lambda must be positive and finite: found " + lambda;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PriorLoss.logOneMinusD(lambda))
        .withMessage(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PerceptualLoss.of(SUMS, lambda))
        .withMessage(message);
  }
}
