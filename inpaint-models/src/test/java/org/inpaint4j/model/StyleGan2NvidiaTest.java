package org.inpaint4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.inpaint4j.LatentModel;
import org.junit.jupiter.api.Test;

/** Compares with NVIDIA's own code; make_stylegan2_nvidia_golden.py made the files. */
class StyleGan2NvidiaTest {

  private static final int SIZE = 16;
  private static final int COUNT = 2;
  private static final Path FILE = TestFiles.resource("stylegan2-nvidia.pkl");

  private final StyleGan2Golden golden =
      new StyleGan2Golden("stylegan2-nvidia-golden.safetensors", COUNT, SIZE);

  @Test
  void z_withTheNoiseOfTheFile_equalsNvidia() throws IOException {
    Weights weights = Weights.load(FILE);
    float[] z = golden.values("z");
    int style = z.length / COUNT;
    int row = style + 4 * 4 + 2 * 8 * 8 + 2 * SIZE * SIZE;
    float[] latents = new float[COUNT * row];
    for (int n = 0; n < COUNT; n++) {
      System.arraycopy(z, n * style, latents, n * row, style);
      int to = n * row + style;
      for (String layer :
          new String[] {"b4.conv1", "b8.conv0", "b8.conv1", "b16.conv0", "b16.conv1"}) {
        float[] map = weights.values("G_ema.synthesis." + layer + ".noise_const");
        System.arraycopy(map, 0, latents, to, map.length);
        to += map.length;
      }
    }

    StyleGan2Golden.Result result =
        golden.run(
            StyleGan.generator(weights, new StyleGan.Options(SIZE, StyleGan.Space.Z, 0.7, false)),
            latents);

    golden.assertSame(result.images(), "z.images");
    golden.assertSame(result.gradient(0, style), "z.dz");
  }

  @Test
  void discriminator_equalsNvidiaOnEachImageAlone() throws IOException {
    golden.assertJudges(StyleGan.discriminator(Weights.load(FILE), SIZE));
  }

  @Test
  void load_ofASnapshot_takesTheAverage() throws IOException {
    LatentModel model = (LatentModel) Models.load(FILE);

    assertThat(model.generator().imageShape().height()).isEqualTo(SIZE);
    assertThat(model.discriminator()).isPresent();
    // That beside it has a mapping network of one layer.
    assertThat(Models.inspect(FILE).kind()).startsWith("StyleGAN2");
  }

  @Test
  void load_cutAnywhere_isOneSentence() throws IOException {
    byte[] whole = Files.readAllBytes(FILE);
    Path cut = Files.createTempFile("cut", ".pkl");
    for (int length = 100_000; length < whole.length; length += 9_731) {
      Files.write(cut, java.util.Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Weights.load(cut)).isInstanceOf(ModelFormatException.class);
    }
    Files.delete(cut);
  }

  @Test
  void load_aStorageOfAnotherLength_isRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(FILE);
    // The number of elements of a storage, in the persistent id of its own pickle.
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int cpu = text.indexOf("cpu");
    int number = text.indexOf('K', cpu);
    bytes[number + 1]++;
    Path file = Files.createTempFile("longer", ".pkl");
    Files.write(file, bytes);
    assertThatThrownBy(() -> Weights.load(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("must be as long as");
    Files.delete(file);
  }
}
