package org.inpaint4j.model.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.imageio.ImageIO;
import org.inpaint4j.graph.GraphPlan;
import org.inpaint4j.image.Size;
import org.inpaint4j.model.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** Against onnxruntime; the script that made the files lies beside them. */
class YuNetTest {

  private static final double CLOSE = 1e-4;

  private static BufferedImage picture(String name) throws IOException {
    try (InputStream stream = YuNetTest.class.getResourceAsStream(name + ".png")) {
      return ImageIO.read(Objects.requireNonNull(stream));
    }
  }

  /** Blue, green, red from 0 to 255. */
  private static float[] planes(BufferedImage image) {
    int pixels = image.getWidth() * image.getHeight();
    float[] planes = new float[3 * pixels];
    for (int i = 0; i < pixels; i++) {
      int rgb = image.getRGB(i % image.getWidth(), i / image.getWidth());
      for (int c = 0; c < 3; c++) {
        planes[c * pixels + i] = (rgb >> (8 * c)) & 255;
      }
    }
    return planes;
  }

  @ParameterizedTest
  @ValueSource(strings = {"yunet-golden-021734", "yunet-golden-029346"})
  void outputs_ofPortraits_areThoseOfOnnxruntime(String name) throws IOException {
    BufferedImage image = picture(name);
    Weights golden = Weights.ofResource(YuNetTest.class, name + ".safetensors");
    SameDiff graph = SameDiff.create();
    List<String> outputs =
        YuNet.load().addTo(graph, 1, Size.of(image)).stream().map(SDVariable::name).toList();
    try (GraphPlan plan =
        GraphPlan.frozen(graph, List.of(Set.of(YuNet.IMAGES)), Set.copyOf(outputs))) {
      plan.set(YuNet.IMAGES, planes(image), 0);
      plan.run(0);
      for (int s = 0; s < YuNet.STRIDES.length; s++) {
        int stride = YuNet.STRIDES[s];
        int cells = image.getWidth() / stride * (image.getHeight() / stride);
        float[] values = new float[YuNet.VALUES * cells];
        plan.get(outputs.get(s), values, 0);
        int first = 0;
        for (String head : List.of("cls", "obj", "bbox", "kps")) {
          float[] expected = golden.values(head + "_" + stride);
          int n = expected.length / cells;
          for (int i = 0; i < expected.length; i++) {
            double value = values[(first + i % n) * cells + i / n];
            assertThat(first < 2 ? 1 / (1 + Math.exp(-value)) : value)
                .as("%s of stride %s at %s", head, stride, i)
                .isCloseTo(expected[i], within(CLOSE));
          }
          first += n;
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"yunet-golden-021734", "yunet-golden-029346"})
  void detect_portraitTwice_findsTheFaceInBoth(String name) throws IOException {
    BufferedImage image = picture(name);
    float[] expected =
        Weights.ofResource(YuNetTest.class, name + ".safetensors").values("detection");
    float[] planes = planes(image);
    try (Detector detector = new Detector(YuNet.load())) {
      for (List<Detection> found : detector.detect(List.of(planes, planes), Size.of(image), 0.5)) {
        List<Detection> faces = Decoder.suppress(found);
        assertThat(faces).hasSize(1);
        Detection face = faces.get(0);
        double[] actual = new double[15];
        actual[0] = face.score();
        actual[1] = face.x();
        actual[2] = face.y();
        actual[3] = face.width();
        actual[4] = face.height();
        System.arraycopy(face.points(), 0, actual, 5, 10);
        for (int i = 0; i < actual.length; i++) {
          assertThat(actual[i]).as("value %s", i).isCloseTo(expected[i], within(1e-3));
        }
      }
    }
  }

  @Test
  void detect_moreSizesThanPlansAreKept_goesOnWorking() throws IOException {
    BufferedImage image = picture("yunet-golden-021734");
    float[] planes = planes(image);
    try (Detector detector = new Detector(YuNet.load())) {
      List<List<Detection>> before = detector.detect(List.of(planes), Size.of(image), 0.5);
      for (int i = 1; i <= 9; i++) {
        Size size = new Size(32 * i, 32);
        detector.detect(List.of(new float[3 * size.pixels()]), size, 0.5);
      }
      List<List<Detection>> after = detector.detect(List.of(planes), Size.of(image), 0.5);
      assertThat(after.get(0)).hasSameSizeAs(before.get(0)).isNotEmpty();
      assertThat(after.get(0).get(0).points()).isEqualTo(before.get(0).get(0).points());
    }
  }
}
