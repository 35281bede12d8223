package org.inpaint4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Weight files: what is read, what is refused, and that nothing else happens. */
class WeightFileTest {

  @TempDir Path folder;

  /** A safetensors file from its header and the length of its data. */
  private Weights safetensors(String header, int... data) throws IOException {
    byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(json.length).put(json);
    for (int b : data) {
      file.put((byte) b);
    }
    Path path = folder.resolve("hand.safetensors");
    Files.write(path, file.array());
    return Weights.load(path);
  }

  @Test
  void safetensors_allPrecisions_haveHandComputedValues() throws IOException {
    Weights weights =
        safetensors(
            "{'a':{'dtype':'F16','shape':[2],'data_offsets':[0,4]},"
                + "'b':{'dtype':'BF16','shape':[1,1],'data_offsets':[4,6]},"
                + "'c':{'dtype':'F32','shape':[],'data_offsets':[6,10]},"
                + "'d':{'dtype':'F64','shape':[1],'data_offsets':[10,18]},"
                + "'n':{'dtype':'I64','shape':[1],'data_offsets':[18,26]},"
                + "'__metadata__':{'format':'pt'}}  ",
            0x00,
            0x3c,
            0x01,
            0x80, // 1 and the smallest negative subnormal
            0x40,
            0xc0, // -3
            0x00,
            0x00,
            0x20,
            0x41, // 10
            0,
            0,
            0,
            0,
            0,
            0,
            0xe0,
            0x3f, // 0.5
            7,
            0,
            0,
            0,
            0,
            0,
            0,
            0);

    assertThat(weights.names()).containsExactly("a", "b", "c", "d");
    assertThat(weights.values("a")).containsExactly(1, -0x1p-24f);
    assertThat(weights.values("b")).containsExactly(-3);
    assertThat(weights.shape("b")).containsExactly(1, 1);
    assertThat(weights.values("c")).containsExactly(10);
    assertThat(weights.shape("c")).isEmpty();
    assertThat(weights.values("d")).containsExactly(0.5f);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}}|tensor a must be as long as its"
            + " shape: expected 8 bytes, found 4",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,8]}}|tensor a must be as long as its"
            + " shape: expected 4 bytes, found 8",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}|tensor a must start where the one"
            + " before it ends: expected 0, found 4",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}|must end with its last tensor:"
            + " expected 4 bytes of data, found 8",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'b':{'dtype':'F32','shape':[1],"
            + "'data_offsets':[0,4]}}|tensor b must start where the one before it ends: expected"
            + " 4, found 0",
        "{'a':{'dtype':'F32','shape':[4],'data_offsets':[0,16]}}|tensor a must lie inside the file: expected an end up to 8, found 16",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'a':{'dtype':'F32','shape':[1],"
            + "'data_offsets':[4,8]}}|names in the header must differ: found a twice",
        "{'a':{'dtype':'Q3','shape':[1],'data_offsets':[0,4]}}|known dtype",
        "{'a':{'dtype':'F32','shape':[99999999999],'data_offsets':[0,4]}}|dimensions below 2^31",
        "{'a':{'dtype':'F32','shape':[2147483647,2147483647,2147483647],'data_offsets':[0,8]}}"
            + "|expected more than the file",
        "{'a':{'dtype':'F32','shape':[-1],'data_offsets':[0,8]}}|expected a number",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} x|padded with spaces",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}|expected '}'",
        "[]|known format",
      })
  void safetensors_notExactlyRight_isRefused(String header, String message) {
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> safetensors(header, 0, 0, 0, 0, 0, 0, 0, 0))
        .withMessageStartingWith("hand.safetensors: ")
        .withMessageContaining(message);
  }

  @Test
  void save_thenLoad_givesTheSameTensors() throws IOException {
    Weights weights =
        Weights.builder()
            .put("x.\"quoted\"\n", new int[] {2, 2}, new float[] {1, -2.5f, 1 / 3f, 65504})
            .put("y", new int[] {1}, new float[] {1 / 3f})
            .put("empty", new int[] {0, 3}, new float[0])
            .build("made");
    Path file = folder.resolve("out.safetensors");

    weights.save(file, Weights.Precision.FLOAT32);
    Weights same = Weights.load(file);
    assertThat(same.sha256()).isEqualTo(weights.sha256());
    assertThat(same.values("x.\"quoted\"\n")).isEqualTo(weights.values("x.\"quoted\"\n"));
    assertThat(same.shape("empty")).containsExactly(0, 3);

    weights.save(file, Weights.Precision.FLOAT16);
    Weights half = Weights.load(file);
    assertThat(half.values("x.\"quoted\"\n")).containsExactly(1, -2.5f, 0.33325195f, 65504);
    assertThat(half.values("y")).containsExactly(1 / 3f);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void save_valueBeyondFloat16_isRefusedAndLeavesNoFile() {
    Weights weights =
        Weights.builder().put("x", new int[] {1, 1}, new float[] {70000}).build("made");
    Path file = folder.resolve("out.safetensors");

    assertThatIllegalStateException()
        .isThrownBy(() -> weights.save(file, Weights.Precision.FLOAT16))
        .withMessageContaining("tensor x must fit float16");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void halves_all65536Patterns_roundTripAndRoundToNearestEven() {
    for (int bits = 0; bits < 0x10000; bits++) {
      float value = Halves.fromFloat16((short) bits);
      if (!Float.isNaN(value)) {
        assertThat(Halves.toFloat16(value)).isEqualTo((short) bits);
      }
      float brain = Halves.fromBfloat16((short) bits);
      if (!Float.isNaN(brain)) {
        assertThat(Halves.toBfloat16(brain)).isEqualTo((short) bits);
      }
    }
    assertThat(Halves.toFloat16(1 + 0x1p-11f)).isEqualTo((short) 0x3c00);
    assertThat(Halves.toFloat16(1 + 3 * 0x1p-11f)).isEqualTo((short) 0x3c02);
    assertThat(Halves.toFloat16(Float.NaN)).isEqualTo((short) 0x7e00);
    assertThat(Halves.toFloat16(-1e9f)).isEqualTo((short) 0xfc00);
    assertThat(Halves.toBfloat16(1 + 0x1p-8f)).isEqualTo((short) 0x3f80);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tensors.pt", "tensors-legacy.pt"})
  void checkpoint_viewsSharedStoragesAndPrecisions_equalPyTorch(String name) {
    Weights weights = TestFiles.load(name);

    assertThat(weights.names())
        .containsExactly(
            "half",
            "brain",
            "single",
            "double",
            "scalar",
            "nested.transposed",
            "nested.part",
            "nested.whole",
            "nested.parameter",
            "expanded",
            "empty");
    assertThat(weights.values("half")).containsExactly(1, -0.5f);
    assertThat(weights.values("brain")).containsExactly(-3, 0.25f);
    assertThat(weights.values("single")).containsExactly(1.5f);
    assertThat(weights.values("double")).containsExactly(0.1f);
    assertThat(weights.shape("scalar")).isEmpty();
    assertThat(weights.values("scalar")).containsExactly(42);
    assertThat(weights.shape("nested.transposed")).containsExactly(3, 2);
    assertThat(weights.values("nested.transposed")).containsExactly(0, 3, 1, 4, 2, 5);
    assertThat(weights.values("nested.part")).containsExactly(1, 3, 5);
    assertThat(weights.values("nested.whole")).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(weights.values("nested.parameter")).containsExactly(7, 8);
    assertThat(weights.shape("expanded")).containsExactly(2, 3);
    assertThat(weights.values("expanded")).containsExactly(9, 9, 9, 9, 9, 9);
    assertThat(weights.shape("empty")).containsExactly(0, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"module.pt", "module-legacy.pt"})
  void checkpoint_classOutsideTheList_isNamedAndNotRun(String name) {
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> Weights.load(TestFiles.resource(name)))
        .withMessageStartingWith(name + ": ")
        .withMessageContaining("torch.nn.modules.linear.Linear");
  }

  @ParameterizedTest
  @ValueSource(strings = {"objects.pt", "objects-4.pt"})
  void checkpoint_harmlessObjectsBesideTheWeights_areReadOver(String name) {
    Weights weights = TestFiles.load(name);
    assertThat(weights.names()).containsExactly("counts.weights", "model.weight");
    assertThat(weights.values("counts.weights")).containsExactly(4, 5);
    assertThat(weights.values("model.weight")).containsExactly(1, 2, 3);
  }

  @Test
  void checkpoint_functionThatRuns_isNamedAndNotRun() {
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> Weights.load(TestFiles.resource("system.pt")))
        .withMessageContaining("posix.system");
  }

  /** A pickle of protocol 2 from the opcodes between PROTO and STOP. */
  private Path pickle(String opcodes) throws IOException {
    Path file = folder.resolve("model.pkl");
    byte[] bytes = ("xx" + opcodes + ".").getBytes(StandardCharsets.ISO_8859_1);
    bytes[0] = (byte) 0x80;
    bytes[1] = 2;
    Files.write(file, bytes);
    return file;
  }

  @Test
  void load_pickleThatTorchHasNotWritten_saysWhatItHolds() throws IOException {
    // {'k': 'aaa…'} of 213 bytes, {}, [], and a network of NVIDIA's.
    String longText = "}X\u0001\0\0\0kX\u00c8\0\0\0" + "a".repeat(200) + "s";
    String[][] cases = {
      {longText, "a dictionary of 1;"},
      {"}", "a dictionary of 0;"},
      {"]", "a list of 0;"},
      {"N", "None;"},
      {"cnumpy\nndarray\n)\u0081", "an object of a class that is not read;"},
      {
        "cdnnlib.tflib.network\nNetwork\n)\u0081}b",
        "an object of dnnlib.tflib.network.Network (a network of NVIDIA's TensorFlow code,"
            + " with code in it);"
      },
      {"(", "other objects;"},
    };
    for (String[] one : cases) {
      assertThatExceptionOfType(ModelFormatException.class)
          .isThrownBy(() -> Weights.load(pickle(one[0])))
          .withMessageStartingWith(
              "model.pkl: a pickle must be a checkpoint that torch.save has written, or hold networks"
                  + " of NVIDIA's PyTorch code: found a pickle of "
                  + one[1]);
    }
  }

  @Test
  void load_pickleOfNvidiaWithAStorageElsewhere_isRefused() {
    String mark = "X\33\0\0\0_reconstruct_persistent_obj";
    String storage = "(X\7\0\0\0storagectorch\nFloatStorage\nX\3\0\0\0abcX\3\0\0\0cpuK\3tQ";
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> Weights.load(pickle("(" + mark + storage + "t")))
        .withMessage(
            "model.pkl: a pickle of NVIDIA's networks must hold its storages as bytes: found one"
                + " that is elsewhere");
  }

  @Test
  void load_legacyCheckpointWithALongVersion_namesTheLimitThatItPasses() throws IOException {
    byte[] good = Files.readAllBytes(TestFiles.resource("tensors-legacy.pt"));
    // The magic number takes 15 bytes; then a version must be short.
    byte[] version = ("xx(" + "N0".repeat(100) + ".").getBytes(StandardCharsets.ISO_8859_1);
    version[0] = (byte) 0x80;
    version[1] = 2;
    ByteBuffer bytes = ByteBuffer.allocate(15 + version.length);
    Path file = folder.resolve("long.pt");
    Files.write(file, bytes.put(good, 0, 15).put(version).array());

    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> Weights.load(file))
        .withMessage("long.pt: the pickle must be at most 64 bytes long");
  }

  /** The length of the header comes first, and 0x80 and 2 to 5 are how pickles begin. */
  @ParameterizedTest
  @ValueSource(ints = {0x280, 0x380, 0x480, 0x580, 0x10380})
  void load_safetensorsWhoseLengthLooksLikeAPickle_isSafetensors(int length) throws IOException {
    String header = "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}";

    Weights weights = safetensors(header + " ".repeat(length - header.length()), 0, 0, 0x80, 0x3f);

    assertThat(weights.values("a")).containsExactly(1);
  }

  @Test
  void pickle_bytesOfMoreThanThePickleMayHave_areReadOver() throws IOException {
    int length = 65 << 20;
    ByteBuffer pickle = ByteBuffer.allocate(length + 8).order(ByteOrder.LITTLE_ENDIAN);
    pickle.put((byte) 0x80).put((byte) 3).put((byte) 'B').putInt(length);
    pickle.put(length + 7, (byte) '.');
    Source source = Source.of("large.pkl", pickle.array());

    Object root = TorchPickle.load(source, source.stream(0), source.size()).root();

    assertThat(root).isEqualTo(new TorchPickle.Bytes(7, length));
  }

  @Test
  void load_fileOfNoKnownFormat_saysWhatItStartsWith() throws IOException {
    Path file = folder.resolve("photo.png");
    Files.write(file, new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0});

    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> Weights.load(file))
        .withMessageContaining("photo.png: ")
        .withMessageContaining("89 50 4e 47");
    Files.write(file, new byte[0]);
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> Weights.load(file))
        .withMessageContaining("an empty file");
  }

  @Test
  void save_float16_roundsKernelsAndKeepsVectors() throws IOException {
    Weights original = TestFiles.load("dcgan-small.pt");
    Path file = folder.resolve("halves.safetensors");
    original.save(file, Weights.Precision.FLOAT16);
    Weights saved = Weights.load(file);

    assertThat(saved.names()).containsExactlyInAnyOrderElementsOf(original.names());
    for (String name : saved.names()) {
      float[] expected = original.values(name);
      float[] found = saved.values(name);
      assertThat(saved.shape(name)).isEqualTo(original.shape(name));
      boolean vector = saved.shape(name).length < 2;
      for (int i = 0; i < expected.length; i++) {
        float stored = vector ? expected[i] : Halves.fromFloat16(Halves.toFloat16(expected[i]));
        assertThat(found[i]).isEqualTo(stored);
      }
    }
  }

  /**
   * Mutates good files 10,000 times: flipped bytes, hostile numbers, cuts, repeats. Whatever comes
   * out loads or is a ModelFormatException, in little time and memory.
   */
  @Test
  void load_tenThousandMutatedFiles_loadsOrRefusesWithinBounds() throws IOException {
    Random random = new Random(20170717);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    List<byte[]> seeds = new ArrayList<>();
    for (String name :
        List.of(
            "tensors.pt",
            "tensors-legacy.pt",
            "module.pt",
            "objects.pt",
            "objects-4.pt",
            "tensors.safetensors",
            "dcgan-small.pt")) {
      seeds.add(Files.readAllBytes(TestFiles.resource(name)));
    }
    Path file = folder.resolve("mutated");
    int refused = 0;
    int loaded = 0;
    for (int round = 0; round < 10_000; round++) {
      // The last seed is large, so it comes seldom.
      int seed = round % 50 == 0 ? seeds.size() - 1 : random.nextInt(seeds.size() - 1);
      byte[] bytes = mutate(seeds.get(seed), random);
      Files.write(file, bytes);
      long before = threads.getCurrentThreadAllocatedBytes();
      long start = System.nanoTime();
      try {
        Weights.load(file);
        loaded++;
      } catch (ModelFormatException e) {
        assertThat(e).hasMessageStartingWith("mutated: ");
        refused++;
      }
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      // The constant is for class loading, zip tables, buffers and messages.
      assertThat(allocated).as("round %s", round).isLessThan(4_000_000 + 64L * bytes.length);
      assertThat(System.nanoTime() - start).as("round %s", round).isLessThan(5_000_000_000L);
    }
    assertThat(refused).isGreaterThan(1_000);
    assertThat(loaded).isGreaterThan(100);
  }

  private static byte[] mutate(byte[] seed, Random random) {
    byte[] bytes = seed.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes && bytes.length > 8; i++) {
      // Most of the structure is at the start and, in a zip, at the end.
      int at = random.nextInt(bytes.length);
      if (random.nextBoolean()) {
        at = random.nextInt(Math.min(bytes.length, 600));
      } else if (random.nextBoolean()) {
        at = Math.max(0, bytes.length - 1 - random.nextInt(600));
      }
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes[at] = (byte) 0xff;
        case 3 -> {
          for (int j = at; j < Math.min(at + 8, bytes.length); j++) {
            bytes[j] = (byte) (random.nextBoolean() ? 0xff : 0x7f);
          }
        }
        case 4 -> bytes = Arrays.copyOf(bytes, at + 1);
        default -> {
          int length = Math.min(1 + random.nextInt(64), bytes.length - at);
          int to = random.nextInt(bytes.length - length + 1);
          System.arraycopy(bytes.clone(), at, bytes, to, length);
        }
      }
    }
    return bytes;
  }
}
