package org.inpaint4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.Random;
import org.inpaint4j.completion.CompletionFill;
import org.inpaint4j.image.FillListener;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Seeds;
import org.inpaint4j.network.CompletionNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;

/** Compares with PyTorch; make_completion_golden.py made the files. */
class CompletionTest {

  private static final double TOLERANCE = 1e-4;

  @Test
  void complete_oneStage_equalsPyTorch() throws IOException {
    CompletionNetwork network = Completion.network(small().under("first."));

    assertThat(network.imageShape()).isEqualTo(ImageShape.square(3, 16));
    assertThat(network.latentSize()).isEqualTo(3);
    assertThat(network.identity()).startsWith("completion 3x16x16 sha256:");
    CompletionGolden.check(network, golden().under("first."), TOLERANCE);
  }

  @Test
  void complete_twoStages_equalsPyTorch() throws IOException {
    CompletionNetwork network = Completion.network(small());

    assertThat(network.imageShape()).isEqualTo(ImageShape.square(3, 32));
    assertThat(network.latentSize()).isEqualTo(3);
    CompletionGolden.check(network, golden().under("both."), TOLERANCE);
  }

  @Test
  void complete_seeingItsInputMirrored_equalsPyTorch() throws IOException {
    Weights weights = TestFiles.load("completion-mirrored.safetensors");
    Weights golden = TestFiles.load("completion-mirrored-golden.safetensors");

    CompletionGolden.check(
        Completion.network(weights.under("first.")), golden.under("first."), TOLERANCE);
    CompletionGolden.check(Completion.network(weights), golden.under("both."), TOLERANCE);
  }

  @Test
  void complete_firstStageBothWays_equalsPyTorch() throws IOException {
    Weights weights = TestFiles.load("completion-both-ways.safetensors");
    Weights golden = TestFiles.load("completion-both-ways-golden.safetensors");

    CompletionGolden.check(Completion.network(weights), golden.under("both."), TOLERANCE);
  }

  /** By the engine's plan and its faster forms, one image at a time. */
  @Test
  void fill_byThePlan_equalsTheGraph() throws IOException {
    CompletionNetwork network =
        Completion.network(TestFiles.load("completion-both-ways.safetensors"));
    Weights golden = TestFiles.load("completion-both-ways-golden.safetensors");
    ImageShape shape = network.imageShape();
    int pixels = shape.pixels().pixels();
    float[] known = Arrays.copyOf(golden.values("both.k"), shape.size());
    float[] one = Arrays.copyOf(golden.values("both.m"), pixels);
    float[] latent = halved(gaussians(new Random(Seeds.split(11, 0)), network.latentSize()));
    float[] expected = image(network, known, one, latent);
    float[] target = new float[known.length];
    BitSet hole = new BitSet();
    for (int i = 0; i < target.length; i++) {
      target[i] = 0.5f * known[i] + 0.5f;
      hole.set(i % pixels, one[i % pixels] == 0);
    }
    ImagePlanes photo = new ImagePlanes(3, shape.pixels(), target);
    Mask mask = Mask.of(shape.pixels(), hole);

    try (CompletionFill filler = CompletionFill.of(network)) {
      FillTask task = new FillTask(photo, mask, 11, 1, FillListener.NONE);
      float[] filled = filler.fill(task).get(0).image().samples();

      for (int i = 0; i < filled.length; i++) {
        assertThat(filled[i]).isCloseTo(0.5f * expected[i] + 0.5f, offset((float) TOLERANCE));
      }
    }
  }

  private static float[] gaussians(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** The first candidate's latent is half as far from the mean. */
  private static float[] halved(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= 0.5f;
    }
    return values;
  }

  private static float[] image(
      CompletionNetwork network, float[] known, float[] mask, float[] latent) {
    int side = network.imageShape().width();
    SameDiff graph = SameDiff.create();
    SDVariable image =
        network.complete(
            graph,
            graph.constant("k", Nd4j.create(known, new long[] {1, 3, side, side}, 'c')),
            graph.constant("m", Nd4j.create(mask, new long[] {1, 1, side, side}, 'c')),
            graph.constant("z", Nd4j.create(latent, new long[] {1, latent.length}, 'c')));
    return graph.output(Map.of(), image.name()).get(image.name()).dup('c').data().asFloat();
  }

  @Test
  void network_withoutItsKeys_saysWhatIsMissing() {
    assertThatThrownBy(() -> Completion.network(TestFiles.load("dcgan-small.safetensors")))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("expected a key down.0.weight");
  }

  @Test
  void network_otherChannels_saysWhichTensor() throws IOException {
    Weights.Builder other = Weights.builder();
    Weights weights = small().under("first.");
    for (String name : weights.names()) {
      if (!name.equals("up.1.weight")) {
        other.put(name, weights.shape(name), weights.values(name));
      }
    }
    other.put("up.1.weight", new int[] {11, 5, 4, 4}, new float[11 * 5 * 16]);

    assertThatThrownBy(() -> Completion.network(other.build("made")))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("up.1.weight")
        .hasMessageContaining("[12, 5, 4, 4]");
  }

  private static Weights small() {
    return TestFiles.load("completion-small.safetensors");
  }

  private static Weights golden() {
    return TestFiles.load("completion-small-golden.safetensors");
  }
}
