package org.inpaint4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.inpaint4j.InpaintRequest;
import org.inpaint4j.InpaintResult;
import org.inpaint4j.Inpainter;
import org.inpaint4j.LatentModel;
import org.inpaint4j.image.FillTask;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Generators that PyTorch exported ({@code make_generators.py}), against PyTorch. */
class OnnxGeneratorTest {

  private static final double TOLERANCE = 1e-4;

  @TempDir private Path folder;

  private static Generator generator(String name) throws IOException {
    return ((LatentModel) Models.load(StandIns.file(name))).generator();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "generator-upsampling",
        "generator-gated",
        "generator-dense",
        "generator-biased",
        "dcgan-leaky"
      })
  void generate_imagesAndGradients_areThoseOfPyTorch(String name) throws IOException {
    Weights golden = Weights.ofResource(StandIns.class, "GENERATORS.safetensors");
    SameDiff graph = SameDiff.create();
    SDVariable latent = graph.var("latent", TestFiles.array(golden, name + "/z"));
    SDVariable images = generator(name).generate(graph, latent);
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

  @ParameterizedTest
  @CsvSource({
    "generator-upsampling, 3x24x16, 7, 0",
    "generator-gated, 1x16x16, 5, -1",
    "generator-dense, 3x8x8, 4, -1",
    "generator-biased, 3x16x16, 5, -1",
    "dcgan-leaky, 3x32x32, 6, -1"
  })
  void load_ofGenerator_tellsShapeAndRange(String name, String shape, int latent, double black)
      throws IOException {
    Generator generator = generator(name);
    assertThat(generator.imageShape().toString()).isEqualTo(shape);
    assertThat(generator.latentSpace().size()).isEqualTo(latent);
    assertThat(generator.valueRange()).isEqualTo(new ValueRange(black, 1));
    ModelInfo info = Models.inspect(StandIns.file(name));
    assertThat(info.kind()).isEqualTo("generator, ONNX");
    assertThat(info.latentSpaces()).isEqualTo(List.of("z (" + latent + ")"));
  }

  /** The engine's own plan and derivatives, with a hole whose pixels the network makes. */
  @Test
  void inpaint_withGenerator_comesCloserToWhatItCanMake() throws IOException {
    LatentModel model = (LatentModel) Models.load(StandIns.file("generator-gated"));
    FillTask task = StandIns.pattern(32, 32);
    Mask mask = Mask.rectangle(32, 32, 10, 10, 8, 8);
    InpaintRequest request = InpaintRequest.of(Photo.toImage(task.target()), mask);
    SearchOptions options = SearchOptions.fast().toBuilder().steps(30).restarts(1).build();
    try (Inpainter inpainter = Inpainter.builder().model(model).search(options).build()) {
      InpaintResult result = inpainter.inpaint(request);
      assertThat(result.search().loss()).isLessThan(result.search().trace().total(0));
    }
  }

  @Test
  void load_ofOtherOperation_namesIt() {
    assertThatThrownBy(() -> Models.load(StandIns.file("generator-softmax")))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage(
            "generator-softmax.onnx: the operations of a generator must be ones that can be"
                + " searched through: found Softmax");
  }

  @Test
  void isIn_ofInpaintingNetworks_isFalse() throws IOException {
    for (String name : List.of("lama", "migan-generator", "classifier", "edge")) {
      assertThat(OnnxGenerator.isIn(OnnxGraph.of(StandIns.file(name), false))).as(name).isFalse();
    }
  }

  @Test
  void load_ofDamagedFiles_throwsOneSentenceOrLoads() throws IOException {
    byte[] whole = Files.readAllBytes(StandIns.file("generator-gated"));
    Random random = new Random(5);
    int refused = 0;
    for (int k = 0; k < 300; k++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i < 3; i++) {
        damaged[random.nextInt(k % 2 == 0 ? 2500 : whole.length)] = (byte) random.nextInt(256);
      }
      Path file = Files.write(folder.resolve("broken.onnx"), damaged);
      try {
        assertThat(OnnxGenerator.of(file).imageShape().channels()).isPositive();
      } catch (ModelFormatException e) {
        refused++;
        assertThat(e).hasMessageStartingWith("broken.onnx: ");
        assertThat(e.getMessage()).doesNotContain("\n");
      }
    }
    assertThat(refused).isGreaterThan(20);
  }

  @Test
  void load_ofOtherPadding_says() throws IOException {
    String text =
        new String(
            Files.readAllBytes(StandIns.file("generator-gated")), StandardCharsets.ISO_8859_1);
    byte[] other =
        text.replace("output_padding", "output_paddinh").getBytes(StandardCharsets.ISO_8859_1);
    Path file = Files.write(folder.resolve("other.onnx"), other);
    assertThatThrownBy(() -> OnnxGenerator.of(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("must join channels");
  }
}
