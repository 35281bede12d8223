package org.inpaint4j.onnx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Objects;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.inpaint4j.model.Weights;

/**
 * The networks that {@code src/test/golden/make_standins.py} made, and what it computed with them.
 */
final class StandIns {

  private static final Weights GOLDEN = golden();

  private StandIns() {}

  private static Weights golden() {
    try {
      return Weights.ofResource(StandIns.class, "GOLDEN.safetensors");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path file(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(StandIns.class.getResource(name + ".onnx"), name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  static float[] golden(String name) {
    return GOLDEN.values(name);
  }

  /** The samples and the hole of {@code pattern} of the script. */
  static FillTask pattern(int width, int height) {
    ImagePlanes target = ImagePlanes.zeros(3, new Size(width, height));
    BitSet hole = new BitSet();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean block = x > width / 4 && x < width / 2 && y > height / 3 && y < height * 2 / 3;
        if ((x * 5 + y * 3) % 17 == 0 || block) {
          hole.set(y * width + x);
        } else {
          for (int c = 0; c < 3; c++) {
            target.samples()[(c * height + y) * width + x] = (c * 7 + y * 13 + x * 29) % 256 / 255f;
          }
        }
      }
    }
    return FillTask.of(target, Mask.of(target.size(), hole));
  }

  /** The picture and the hole of {@code discs} of the script. */
  static FillTask discs(int side) {
    int[][] discs = {{80, 90, 50, 200}, {170, 60, 33, 90}, {150, 180, 61, 30}, {60, 200, 20, 255}};
    ImagePlanes target = ImagePlanes.zeros(3, new Size(side, side));
    Mask mask = Mask.of(side, side, (x, y) -> x > 100 && x < 160 && y > 100 && y < 150);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        for (int[] disc : discs) {
          int dx = x - disc[0];
          int dy = y - disc[1];
          if (3 * dx * dx + 2 * dy * dy < 2 * disc[2] * disc[2] && !mask.isHole(x, y)) {
            int i = y * side + x;
            float light = 0.5f + x / 512f;
            target.samples()[i] = disc[3] / 255f * light;
            target.samples()[side * side + i] = (disc[3] / 2 + 60) / 255f * light;
            target.samples()[2 * side * side + i] = (255 - disc[3]) / 255f * light;
          }
        }
      }
    }
    return FillTask.of(target, mask);
  }
}
