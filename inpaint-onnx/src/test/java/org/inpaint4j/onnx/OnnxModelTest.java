package org.inpaint4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.inpaint4j.InpaintRequest;
import org.inpaint4j.InpaintResult;
import org.inpaint4j.Inpainter;
import org.inpaint4j.blend.SmoothFill;
import org.inpaint4j.image.FillListener;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.InpaintWarning;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.inpaint4j.network.ValueRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxModelTest {

  /** The side that the script used for the outputs of a network. */
  private static OnnxModel atGoldenSize(String name, OnnxContract contract) throws IOException {
    int side =
        switch (name) {
          case "joined-lama" -> 64;
          case "migan-pipeline" -> 40;
          default -> contract.size().width();
        };
    return OnnxModel.load(
        StandIns.file(name), contract.toBuilder().size(new Size(side, side)).build());
  }

  @ParameterizedTest
  @MethodSource("org.inpaint4j.onnx.DetectionTest#contracts")
  void fill_ofPattern_isPyTorchs(String name, OnnxContract contract) throws IOException {
    try (Filler filler = atGoldenSize(name, contract).filler()) {
      int side = filler.imageShape().orElseThrow().width();
      FillTask task = StandIns.pattern(side, side);
      Filling filling = filler.fill(task).get(0);
      assertThat(filling.status()).isEqualTo(FillStatus.COMPLETED);
      assertThat(filling.warnings()).isEmpty();
      float[] image = filling.image().samples();
      float[] golden = StandIns.golden(name + "/output");
      int step = image.length == golden.length ? 1 : 1009;
      // Bytes that lie between two levels may be rounded either way.
      float tolerance = name.equals("migan-pipeline") ? 1.01f / 255 : 1e-5f;
      assertThat(golden.length).isGreaterThan(100);
      for (int i = 0; i < golden.length; i++) {
        assertThat(image[step * i]).as("%s", i).isCloseTo(golden[i], offset(tolerance));
      }
      assertThat(filler.fill(task).get(0).image().samples()).isEqualTo(image);
    }
  }

  /** The network of {@code lama.onnx} with inputs and an output of 11 bits of precision. */
  @Test
  void fill_ofNetworkOfHalfPrecision_isCloseToThatOfSinglePrecision() throws IOException {
    OnnxModel model = OnnxModel.load(StandIns.file("lama-half"));
    assertThat(model.contract())
        .isEqualTo(OnnxContract.lama().toBuilder().element(OnnxContract.Element.FLOAT16).build());
    FillTask task = StandIns.pattern(512, 512);
    try (Filler half = model.filler();
        Filler single = OnnxModel.load(StandIns.file("lama")).filler()) {
      float[] expected = single.fill(task).get(0).image().samples();
      float[] found = half.fill(task).get(0).image().samples();
      for (int i = 0; i < found.length; i += 101) {
        assertThat(found[i]).as("%s", i).isCloseTo(expected[i], offset(0.003f));
      }
    }
  }

  /** Each library may be the first to load its native code; a program for each order. */
  @ParameterizedTest
  @ValueSource(strings = {"nd4j", "onnx"})
  void fill_besideNd4j_isRightInEitherOrder(String first, @TempDir Path folder) throws Exception {
    // In a file, since ONNX Runtime crashes under long command lines.
    Path arguments = folder.resolve("arguments");
    Files.writeString(
        arguments,
        "-cp\n\"" + System.getProperty("java.class.path").replace("\\", "\\\\") + "\"\n");
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "@" + arguments,
                BesideNd4j.class.getName(),
                first)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    int code = process.waitFor();
    assertThat(code).as(Files.readString(log)).isZero();
    assertThat(Files.readString(log)).contains("right after " + first);
  }

  @Test
  void fill_withWrongOutputRange_measuresIt() throws IOException {
    OnnxContract right = OnnxContract.lama();
    OnnxContract wrong = right.toBuilder().output(ValueRange.SIGNED).build();
    FillTask task = StandIns.pattern(512, 512);
    try (Filler good = OnnxModel.load(StandIns.file("lama"), right).filler();
        Filler measured = OnnxModel.load(StandIns.file("lama"), wrong).filler()) {
      assertThat(measured.fill(task).get(0).image().samples())
          .isEqualTo(good.fill(task).get(0).image().samples());
    }
  }

  @Test
  void fill_ofNetworkThatShouldRepeatKnownPixelsAndDoesNot_warns() throws IOException {
    OnnxContract wrong = OnnxContract.aotGan().toBuilder().composites(true).build();
    try (Filler filler = OnnxModel.load(StandIns.file("aot-unit"), wrong).filler()) {
      FillTask task =
          FillTask.of(
              StandIns.pattern(512, 512).target(), Mask.rectangle(512, 512, 20, 30, 99, 99));
      List<InpaintWarning> warnings = filler.fill(task).get(0).warnings();
      assertThat(warnings).hasSize(1);
      assertThat(warnings.get(0).message()).contains("is its contract right?");
    }
  }

  /** A picture whose pixels all differ from their neighbours. */
  private static BufferedImage photo(int width, int height) {
    BufferedImage photo = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        photo.setRGB(x, y, (x * 37 + y * 11) % 256 << 16 | (x * 5 + y * 3) % 256 << 8 | y % 256);
      }
    }
    return photo;
  }

  private static void fillAndCheck(Inpainter inpainter, BufferedImage photo, Mask mask) {
    BufferedImage filled = inpainter.inpaint(photo, mask).image();
    assertThat(Size.of(filled)).isEqualTo(Size.of(photo));
    int changed = 0;
    for (int y = 0; y < photo.getHeight(); y++) {
      for (int x = 0; x < photo.getWidth(); x++) {
        boolean same = filled.getRGB(x, y) == photo.getRGB(x, y);
        if (!same && !mask.isHole(x, y)) {
          assertThat(same).as("known pixel %s, %s", x, y).isTrue();
        }
        changed += same ? 0 : 1;
      }
    }
    if (mask.holeCount() > 10) {
      assertThat(changed).isGreaterThan(mask.holeCount() / 2);
    }
  }

  @ParameterizedTest
  @MethodSource("org.inpaint4j.onnx.DetectionTest#contracts")
  void inpaint_withStandIn_keepsKnownPixels(String name, OnnxContract contract) throws IOException {
    try (Inpainter inpainter =
        Inpainter.builder().model(OnnxModel.load(StandIns.file(name))).build()) {
      fillAndCheck(inpainter, photo(150, 110), Mask.rectangle(150, 110, 30, 40, 50, 30));
    }
  }

  /** Sizes, and holes inside, over the whole width or height, and nearly everywhere. */
  @ParameterizedTest
  @CsvSource({
    "2,1, 0,0,1,1",
    "1,2, 0,1,1,1",
    "3,3, 0,0,3,2",
    "1,700, 0,100,1,300",
    "700,3, 1,0,698,3",
    "600,20, 0,4,600,9",
    "130,97, 0,0,129,97",
    "513,511, 200,0,20,511",
    "1000,300, 50,20,900,260",
    "4000,3000, 3900,2950,100,50"
  })
  void inpaint_ofAnySize_keepsKnownPixels(int width, int height, int x, int y, int w, int h)
      throws IOException {
    OnnxContract small = OnnxContract.joinedLama().toBuilder().size(new Size(64, 64)).build();
    try (Inpainter inpainter =
        Inpainter.builder().model(OnnxModel.load(StandIns.file("joined-lama"), small)).build()) {
      fillAndCheck(inpainter, photo(width, height), Mask.rectangle(width, height, x, y, w, h));
    }
  }

  @Test
  void inpaint_ofOnePixelThatIsKnown_changesNothing() throws IOException {
    try (Inpainter inpainter =
        Inpainter.builder().model(OnnxModel.load(StandIns.file("joined-lama"))).build()) {
      InpaintResult result = inpainter.inpaint(photo(1, 1), Mask.of(1, 1, (x, y) -> false));
      assertThat(result.status()).isEqualTo(FillStatus.NOTHING_TO_FILL);
      assertThat(result.image().getRGB(0, 0)).isEqualTo(photo(1, 1).getRGB(0, 0));
    }
  }

  @Test
  void inpaint_ofHolesFarApart_fillsEachFromItsOwnSquare() throws IOException {
    OnnxContract small = OnnxContract.joinedLama().toBuilder().size(new Size(64, 64)).build();
    Mask mask = Mask.of(900, 200, (x, y) -> y > 90 && y < 110 && (x < 20 || x > 880));
    try (Inpainter inpainter =
        Inpainter.builder().model(OnnxModel.load(StandIns.file("joined-lama"), small)).build()) {
      InpaintResult result = inpainter.inpaint(photo(900, 200), mask);
      assertThat(result.parts()).hasSize(2);
    }
  }

  @Test
  void fill_byTwoCallersAtOnce_givesWhatEachWouldGetAlone()
      throws IOException, InterruptedException, ExecutionException {
    OnnxContract sized = OnnxContract.joinedLama().toBuilder().size(new Size(64, 96)).build();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (Filler filler = OnnxModel.load(StandIns.file("joined-lama"), sized).threads(2).filler()) {
      assertThat(filler.isThreadSafe()).isTrue();
      FillTask first = StandIns.pattern(64, 96);
      float[] darker = first.target().samples().clone();
      for (int i = 0; i < darker.length; i++) {
        darker[i] *= 0.5f;
      }
      FillTask second =
          FillTask.of(new ImagePlanes(3, first.target().size(), darker), first.mask());
      float[] alone = filler.fill(first).get(0).image().samples();
      float[] other = filler.fill(second).get(0).image().samples();
      assertThat(alone).isNotEqualTo(other);
      Callable<Boolean> odd = () -> repeats(filler, first, alone);
      Callable<Boolean> even = () -> repeats(filler, second, other);
      for (Future<Boolean> same : threads.invokeAll(List.of(odd, even))) {
        assertThat(same.get()).isTrue();
      }
    } finally {
      threads.shutdown();
    }
  }

  private static boolean repeats(Filler filler, FillTask task, float[] expected) {
    for (int i = 0; i < 20; i++) {
      assertThat(filler.fill(task).get(0).image().samples()).isEqualTo(expected);
    }
    return true;
  }

  @Test
  void fill_cancelledBeforeTheRun_isTheHarmonicFill() throws IOException {
    try (Filler filler = OnnxModel.load(StandIns.file("lama")).filler()) {
      FillTask task = StandIns.pattern(512, 512).listener((step, steps, loss) -> false);
      Filling filling = filler.fill(task).get(0);
      assertThat(filling.status()).isEqualTo(FillStatus.CANCELLED);
      assertThat(filling.image().samples())
          .isEqualTo(SmoothFill.HARMONIC.fill(task.target(), task.mask()).samples());
    }
  }

  @Test
  void fill_cancelledDuringTheRun_endsIt() throws IOException {
    OnnxContract contract = OnnxContract.aotGan().toBuilder().size(new Size(256, 256)).build();
    AtomicInteger asked = new AtomicInteger();
    try (Filler filler = OnnxModel.load(StandIns.file("slow"), contract).threads(1).filler()) {
      FillTask task =
          StandIns.pattern(256, 256).listener((step, steps, loss) -> asked.incrementAndGet() < 3);
      assertThat(filler.fill(task).get(0).status()).isEqualTo(FillStatus.CANCELLED);
      assertThat(asked).hasValue(3);
    }
  }

  @Test
  void fill_interrupted_endsAndKeepsTheFlag() throws IOException {
    try (Filler filler = OnnxModel.load(StandIns.file("lama")).filler()) {
      FillTask task =
          StandIns.pattern(512, 512)
              .listener(
                  (step, steps, loss) -> {
                    Thread.currentThread().interrupt();
                    return true;
                  });
      assertThat(filler.fill(task).get(0).status()).isEqualTo(FillStatus.CANCELLED);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void fill_whoseListenerThrows_throwsIt() throws IOException {
    FillListener listener =
        (step, steps, loss) -> {
          throw new UnsupportedOperationException("mine");
        };
    try (Filler filler = OnnxModel.load(StandIns.file("lama")).filler()) {
      assertThatThrownBy(() -> filler.fill(StandIns.pattern(512, 512).listener(listener)))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void inpaint_cancelled_hasAStatus() throws IOException {
    try (Inpainter inpainter =
        Inpainter.builder().model(OnnxModel.load(StandIns.file("lama"))).build()) {
      InpaintRequest request =
          InpaintRequest.of(photo(100, 100), Mask.rectangle(100, 100, 20, 20, 30, 30))
              .cancelWhen(() -> true);
      assertThat(inpainter.inpaint(request).status()).isEqualTo(FillStatus.CANCELLED);
    }
  }

  @Test
  void fill_ofOtherSize_throws() throws IOException {
    try (Filler filler = OnnxModel.load(StandIns.file("lama")).filler()) {
      assertThatThrownBy(() -> filler.fill(StandIns.pattern(256, 512)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "a network must be given images of its shape: expected 3x512x512, found 3x512x256"
                  + " image");
    }
  }

  @Test
  void fill_afterClose_throws() throws IOException {
    Filler filler = OnnxModel.load(StandIns.file("lama")).filler();
    filler.close();
    filler.close();
    assertThatThrownBy(() -> filler.fill(StandIns.pattern(512, 512)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a filler must not be used after close()");
  }

  @Test
  void provenance_ofOtherContract_differs() throws IOException {
    OnnxContract prefilled = OnnxContract.aotGan().toBuilder().prefill(0.5).build();
    try (Filler one = OnnxModel.load(StandIns.file("aot-unit")).filler();
        Filler same = OnnxModel.load(StandIns.file("aot-unit")).filler();
        Filler other = OnnxModel.load(StandIns.file("aot-unit"), prefilled).filler()) {
      assertThat(one.provenance()).isEqualTo(same.provenance()).isNotEqualTo(other.provenance());
    }
  }

  /** ONNX Runtime would end the program. */
  @Test
  void commandLine_thatIsTooLong_isRefused() {
    CommandLine.check();
    CommandLine.check(3900);
    assertThatThrownBy(() -> CommandLine.check(3901))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("at most 3900 bytes long on Linux: found 3901");
  }

  @Test
  void contract_withValuesThatDoNotFit_throws() {
    assertThatThrownBy(() -> OnnxContract.joinedLama().toBuilder().size(new Size(500, 512)).build())
        .hasMessage("the size of a network must be a multiple of 32: found 500x512");
    assertThatThrownBy(() -> OnnxContract.lama().toBuilder().size(new Size(8000, 512)).build())
        .hasMessage("the size of a network must be at most 4096 pixels a side: found 8000x512");
    assertThatThrownBy(
            () -> OnnxContract.miganPipeline().toBuilder().samples(ValueRange.SIGNED).build())
        .hasMessage("values that are fed as bytes must be whole, from 0 to 255: found -1.0");
    assertThatThrownBy(() -> new OnnxContract.MaskValues(1, 1))
        .hasMessage("a mask must have two finite, different values: found 1.0 and 1.0");
  }
}
