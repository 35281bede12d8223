package org.inpaint4j.faces;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.inpaint4j.Framing;
import org.inpaint4j.InpaintModel;
import org.inpaint4j.InpaintRequest;
import org.inpaint4j.Inpainter;
import org.inpaint4j.image.Mask;
import org.inpaint4j.model.Models;
import org.inpaint4j.search.SearchOptions;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing of a fill loads ND4J before its threads are set: each kind in a process of its own. */
class ThreadSettingsTest {

  @ParameterizedTest
  @ValueSource(strings = {"search", "completion"})
  @EnabledOnOs(OS.LINUX)
  void inpaint_asTheFirstUseOfNd4j_findsItsThreadsSet(String kind)
      throws IOException, InterruptedException {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Fill.class.getName(),
            kind);
    // libgomp prints what it has read.
    java.environment().put("OMP_DISPLAY_ENV", "VERBOSE");
    java.environment()
        .keySet()
        .removeAll(List.of("OMP_WAIT_POLICY", "GOMP_SPINCOUNT", "OMP_NUM_THREADS"));
    Process process = java.redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    assertThat(printed).contains("GOMP_SPINCOUNT = '2000'");
  }

  /** A short fill. */
  static final class Fill {

    public static void main(String[] kind) {
      InpaintModel model =
          kind[0].equals("search")
              ? Models.withSearch(Faces64.load(), SearchOptions.fast().toBuilder().steps(2).build())
              : FaceCompletion.load();
      try (Inpainter inpainter =
          Inpainter.builder().model(model).framing(Framing.centeredSquare()).build()) {
        inpainter.inpaint(
            InpaintRequest.of(
                new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB),
                Mask.rectangle(64, 64, 20, 20, 9, 9)));
      }
    }
  }
}
