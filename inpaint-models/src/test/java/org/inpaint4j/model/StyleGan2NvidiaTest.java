package org.inpaint4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.inpaint4j.LatentModel;
import org.junit.jupiter.api.Test;

/** Compares with NVIDIA's own code; make_stylegan2_nvidia_golden.py made the files. */
class StyleGan2NvidiaTest {

  private static final int SIZE = 16;
  private static final int COUNT = 2;
  private static final Path FILE = TestFiles.resource("stylegan2-nvidia.pkl");

  /** Of a configuration whose discriminator has no way around its blocks. */
  private static final Path PLAIN = TestFiles.resource("stylegan2-nvidia-plain.pkl");

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
    assertThat(Models.inspect(FILE).kind()).isEqualTo("StyleGAN2, pickle of NVIDIA's networks");
  }

  @Test
  void discriminator_withoutWaysAroundItsBlocks_equalsNvidia() throws IOException {
    new StyleGan2Golden("stylegan2-nvidia-plain-golden.safetensors", COUNT, SIZE)
        .assertJudges(StyleGan.discriminator(Weights.load(PLAIN), SIZE));
  }

  @Test
  void load_asForCifar_hasBothNetworks() throws IOException {
    assertThat(((LatentModel) Models.load(PLAIN)).discriminator()).isPresent();
  }

  @Test
  void identity_ofAnotherNetworkOfTheFile_differs() throws IOException {
    Weights weights = Weights.load(FILE);
    StyleGan.Options still = new StyleGan.Options(SIZE, StyleGan.Space.W_PLUS, 1, false);
    StyleGan.Options noisy = new StyleGan.Options(SIZE, StyleGan.Space.W_PLUS, 1, true);

    Set<String> identities = new HashSet<>();
    identities.add(StyleGan.generator(weights, still).identity());
    identities.add(StyleGan.generator(weights.under("G."), still).identity());
    identities.add(StyleGan.generator(weights, noisy).identity());

    assertThat(identities).hasSize(3);
  }

  @Test
  void load_withClasses_isRefused() throws IOException {
    refused(
        put("G_ema.mapping.embed.weight", new int[] {16, 10}),
        "a StyleGAN2 must have no classes: found the tensor mapping.embed.weight");
    Weights judge = put("D.mapping.embed.weight", new int[] {16, 10});
    assertThatThrownBy(() -> StyleGan.discriminator(judge, SIZE))
        .hasMessageContaining("a StyleGAN2 must have no classes");
  }

  @Test
  void load_ofAnotherFilter_isRefused() throws IOException {
    refused(
        put("G_ema.synthesis.b8.conv0.resample_filter", new int[] {4, 4}),
        "the filter synthesis.b8.conv0.resample_filter must be [1, 3, 3, 1]");
    refused(
        put("D.b16.conv1.resample_filter", new int[] {4, 4}),
        "the filter b16.conv1.resample_filter must be [1, 3, 3, 1]");
  }

  @Test
  void load_ofOtherShapes_isRefused() throws IOException {
    refused(
        put("G_ema.mapping.fc0.weight", new int[0]),
        "tensor G_ema.mapping.fc0.weight must have the network's shape: expected [outputs,"
            + " inputs], found []");
    refused(put("D.b4.out.weight", new int[] {2, 12}), "tensor D.b4.out.bias");
    refused(
        put("D.b8.fromrgb.weight", new int[] {12, 3, 1, 1}),
        "must read colours at its largest size alone: found a layer that reads them at 8 pixels");
  }

  @Test
  void load_withoutColoursAtEachSize_isRefused() throws IOException {
    Weights whole = Weights.load(FILE);
    Weights.Builder builder = Weights.builder();
    for (String name : whole.names()) {
      if (!name.contains("b8.torgb")) {
        builder.put(name, whole.shape(name), whole.values(name));
      }
    }
    refused(
        builder.build("resnet.pkl"),
        "a StyleGAN2 must make colours at 2 to 9 sizes, from 4 pixels on: found 1");
  }

  @Test
  void load_ofAStyleGan3_saysSo() throws IOException {
    Weights whole = Weights.load(FILE);
    Weights.Builder builder = Weights.builder();
    builder.put("G_ema.synthesis.input.weight", new int[] {4, 4}, new float[16]);
    for (String name : whole.names()) {
      if (name.startsWith("D.")) {
        builder.put(name, whole.shape(name), whole.values(name));
      }
    }
    Path file = Files.createTempFile("stylegan3", ".safetensors");
    builder.build("stylegan3.pkl").save(file, Weights.Precision.FLOAT32);

    String message = "found a StyleGAN3 (alias-free)";
    assertThatThrownBy(() -> Models.load(file)).hasMessageContaining(message);
    assertThatThrownBy(() -> Models.inspect(file)).hasMessageContaining(message);
    Files.delete(file);
  }

  /** The file with a tensor of zeros. */
  private static Weights put(String tensor, int[] shape) throws IOException {
    Weights whole = Weights.load(FILE);
    Weights.Builder builder = Weights.builder();
    for (String name : whole.names()) {
      if (!name.equals(tensor)) {
        builder.put(name, whole.shape(name), whole.values(name));
      }
    }
    int length = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    return builder.put(tensor, shape, new float[length]).build("edited.pkl");
  }

  private static void refused(Weights weights, String message) {
    assertThatThrownBy(() -> StyleGan.paperStyleGan(weights, SIZE))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(message);
  }

  @Test
  void load_cutAnywhere_isOneSentence() throws IOException {
    byte[] whole = Files.readAllBytes(FILE);
    Path cut = Files.createTempFile("cut", ".pkl");
    for (int length = 100_000; length < whole.length; length += 9_731) {
      Files.write(cut, Arrays.copyOf(whole, length));
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
