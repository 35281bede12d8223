package org.inpaint4j.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.inpaint4j.InpaintRequest;
import org.inpaint4j.InpaintResult;
import org.inpaint4j.Inpainter;
import org.inpaint4j.LatentModel;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
import org.inpaint4j.model.ModelFormatException;
import org.inpaint4j.model.ModelInfo;
import org.inpaint4j.model.Models;
import org.inpaint4j.model.TestFiles;
import org.inpaint4j.model.Weights;
import org.inpaint4j.network.Generator;
import org.inpaint4j.network.ValueRange;
import org.inpaint4j.search.SearchOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Generators that {@code make_generators.py} wrote, against PyTorch. */
class KerasGeneratorTest {

  private static final double TOLERANCE = 1e-4;

  static Path file(String name) {
    URL url = Objects.requireNonNull(KerasGeneratorTest.class.getResource(name), name);
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dcgan.h5",
        "dcgan-latest.h5",
        "dcgan-v110.keras",
        "first.h5",
        "old.keras",
        "residual.keras"
      })
  void generate_imagesAndGradients_areThoseOfPyTorch(String name) throws IOException {
    Weights golden = Weights.ofResource(KerasGeneratorTest.class, "GENERATORS.safetensors");
    SameDiff graph = SameDiff.create();
    SDVariable latent = graph.var("latent", TestFiles.array(golden, name + "/z"));
    SDVariable images = KerasGenerator.load(file(name)).generate(graph, latent);
    SDVariable t = graph.constant("t", TestFiles.array(golden, name + "/t"));
    SDVariable loss = images.mul(t).sum();
    INDArray made = graph.output(Map.of(), images.name()).get(images.name());
    assertThat(TestFiles.maxDifference(made, TestFiles.array(golden, name + "/images")))
        .isLessThan(TOLERANCE);
    graph.setLossVariables(loss.name());
    INDArray gradient = graph.calculateGradients(Map.of(), "latent").get("latent");
    INDArray expected = TestFiles.array(golden, name + "/gradient");
    assertThat(TestFiles.maxDifference(gradient, expected))
        .isLessThan(TOLERANCE * Math.max(1, TestFiles.maxMagnitude(expected)));
  }

  /** The weights are as many as h5py finds in the file. */
  @ParameterizedTest
  @CsvSource({
    "dcgan.h5, 3x24x16, 6, -1, 3605",
    "first.h5, 1x6x9, 7, -1, 43409",
    "old.keras, 3x8x8, 4, 0, 1065",
    "residual.keras, 1x15x9, 5, 0, 2181"
  })
  void load_ofGenerator_tellsShapeRangeAndWeights(
      String name, String shape, int latent, double black, long parameters) throws IOException {
    Generator generator = ((LatentModel) Models.load(file(name))).generator();
    assertThat(generator.imageShape().toString()).isEqualTo(shape);
    assertThat(generator.latentSpace().size()).isEqualTo(latent);
    assertThat(generator.valueRange()).isEqualTo(new ValueRange(black, 1));
    ModelInfo info = Models.inspect(file(name));
    assertThat(info.kind()).isEqualTo("generator, Keras");
    assertThat(info.latentSpaces()).isEqualTo(List.of("z (" + latent + ")"));
    assertThat(info.parameters()).isEqualTo(parameters);
    assertThat(generator.identity()).endsWith(info.sha256()).contains(shape);
  }

  /** The engine's own plan and derivatives, with a hole whose pixels the network makes. */
  @ParameterizedTest
  @ValueSource(strings = {"dcgan.h5", "residual.keras"})
  void inpaint_withGenerator_comesCloserToWhatItCanMake(String name) throws IOException {
    LatentModel model = (LatentModel) Models.load(file(name));
    int width = model.generator().imageShape().width();
    int height = model.generator().imageShape().height();
    ImagePlanes pattern =
        ImagePlanes.zeros(
            model.generator().imageShape().channels(), model.generator().imageShape().pixels());
    for (int i = 0; i < pattern.samples().length; i++) {
      pattern.samples()[i] = i % 7 / 7f;
    }
    Mask mask = Mask.rectangle(width, height, 3, 4, 4, 5);
    InpaintRequest request = InpaintRequest.of(Photo.toImage(pattern), mask);
    SearchOptions options = SearchOptions.fast().toBuilder().steps(30).restarts(1).build();
    try (Inpainter inpainter = Inpainter.builder().model(model).search(options).build()) {
      InpaintResult result = inpainter.inpaint(request);
      assertThat(result.search().loss()).isLessThan(result.search().trace().total(0));
    }
  }

  @Test
  void load_withRange_needsNoActivation() throws IOException {
    Path file = file("refused-range.h5");
    KerasGenerator generator = KerasGenerator.load(file, ValueRange.UNIT);
    assertThat(generator.valueRange()).isEqualTo(ValueRange.UNIT);
    assertThatThrownBy(() -> KerasGenerator.load(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage(
            "refused-range.h5: the range of a generator must be known from its last activation:"
                + " expected tanh or sigmoid, found another");
  }
}
