package org.inpaint4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.inpaint4j.LatentModel;
import org.inpaint4j.dl4j.Dl4j;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Size;
import org.inpaint4j.model.Models;
import org.inpaint4j.model.Weights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** {@code inpaint train} as a user calls it, with a network of 2 filters. */
class TrainCommandTest {

  @TempDir private Path folder;

  private Path data;
  private Path model;
  private int size = 32;
  private int batch = 4;

  @BeforeEach
  void drawImages() throws IOException {
    data = Files.createDirectory(folder.resolve("data"));
    model = folder.resolve("discs.safetensors");
    for (int n = 0; n < 12; n++) {
      BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = image.createGraphics();
      graphics.setColor(Color.getHSBColor(n / 12f, 1, 1));
      graphics.fillOval(n, 10, 12, 12);
      graphics.dispose();
      ImageIO.write(image, "png", data.resolve(n + ".png").toFile());
    }
  }

  private Object[] arguments(Object... more) {
    List<Object> args = new ArrayList<>(List.of("train", "--data", data, "--out", model));
    args.addAll(
        List.of("--size", size, "--filters", 2, "--latent", 4, "--batch", batch, "--plain"));
    args.addAll(List.of(more));
    return args.toArray();
  }

  private void assertRefused(Run run, String said) throws IOException {
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains(said);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(data);
    }
  }

  @Test
  void train_resumedAfterAnEpoch_writesTheModelOfOneRun() throws IOException {
    Files.writeString(data.resolve("note.jpg"), "no picture");
    Run first = Run.of(arguments("--epochs", 1));
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.out())
        .contains("12 images of " + data, "1 file skipped:", "note.jpg", "Done: 3 iterations")
        .contains("model: " + model);
    Run again = Run.of(arguments("--epochs", 2));
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("--out must be new", "add --resume to go on");
    assertThat(Run.of(arguments("--epochs", 2, "--resume")).code()).isZero();
    for (String name : List.of("samples-0001.png", "samples-0002.png", "losses.png")) {
      assertThat(ImageIO.read(folder.resolve("discs-" + name).toFile())).isNotNull();
    }
    byte[] resumed = Files.readAllBytes(model);
    Files.delete(folder.resolve("discs.state"));
    assertThat(Run.of(arguments("--epochs", 2)).code()).isZero();
    assertThat(Files.readAllBytes(model)).isEqualTo(resumed);
  }

  @Test
  void train_startedFromAModel_goesOnWithItsNetworks() throws IOException {
    assertThat(Run.of(arguments("--epochs", 1)).code()).isZero();
    Path first = Files.move(model, folder.resolve("first.safetensors"));
    Files.delete(folder.resolve("discs.state"));
    Run run = Run.of(arguments("--epochs", 1, "--start", first, "--reconstruction", 100));
    assertThat(run.code()).as(run.err()).isZero();
    float[] before = Weights.load(first).values("discriminator.main.0.weight");
    float[] after = Weights.load(model).values("discriminator.main.0.weight");
    for (int i = 0; i < before.length; i++) {
      // Three updates move a weight by the rate, 2e-4, each, and float16 has 11 bits.
      assertThat(after[i]).isCloseTo(before[i], within(1e-3f));
    }
    assertThat(after).isNotEqualTo(before);
  }

  /** The network as it is trained for 32 pixels; three iterations of 4 pictures, one twice. */
  @Test
  void train_completion_writesAModelThatIsResumedAndFills() throws IOException {
    List<Object> words = new ArrayList<>(List.of("train", "--network", "completion"));
    words.addAll(List.of("--images", data, "--out", model, "--size", 32, "--batch", 4, "--plain"));
    words.addAll(List.of("--variant", "context-encoder", "--epochs", 1));
    Run run = Run.of(words.toArray());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("Done: 3 iterations", "model: " + model);
    assertThat(Models.load(model).filler().imageShape()).contains(ImageShape.square(3, 32));
    words.addAll(List.of("--resume", "--halve-at", 5));
    Run other = Run.of(words.toArray());
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains("must be resumed with the options it began with");
  }

  /**
   * Three iterations of 4 pictures: one of 8 pixels, one that fades 16 in, one that fades 32 in.
   */
  @Test
  void train_styleGan_writesAModelThatIsSearched() throws IOException {
    List<Object> words = new ArrayList<>(List.of("train", "--network", "stylegan", "--plain"));
    words.addAll(List.of("--images", data, "--out", model, "--size", 32, "--batch", 4));
    words.addAll(List.of("--channels", "4,4,3,2", "--judge-channels", "4,3,3,2", "--style", 5));
    words.addAll(List.of("--stable", "4,0,0", "--fade", "0,4,4", "--epochs", 1));
    words.addAll(List.of("--penalty", "2,1,0.5", "--no-noise"));
    Run run = Run.of(words.toArray());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("Done: 3 iterations", "model: " + model);
    assertThat(((LatentModel) Models.load(model)).generator().imageShape())
        .isEqualTo(ImageShape.square(3, 32));
    assertThat(ImageIO.read(folder.resolve("discs-samples-0001.png").toFile())).isNotNull();
    words.addAll(List.of("--resume", "--loss", "wasserstein"));
    Run other = Run.of(words.toArray());
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains("must be resumed with the options it began with");
  }

  @Test
  void train_optionsOfAnotherNetwork_areRefused() throws IOException {
    assertRefused(
        Run.of(arguments("--variant", "skips")),
        "--variant must go with another --network: found dcgan");
    assertRefused(
        Run.of(arguments("--network", "completion")),
        "--filters must go with another --network: found completion");
    assertRefused(
        Run.of(arguments("--channels", "4,4,4,4")),
        "--channels must go with another --network: found dcgan");
    assertRefused(
        Run.of(arguments("--network", "unet")),
        "--network must be dcgan, stylegan or completion: found unet");
  }

  @Test
  void train_wassersteinLoss_writesAModelThatIsSearched() throws IOException {
    Run run = Run.of(arguments("--epochs", 1, "--loss", "wasserstein", "--penalty", 5));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(((LatentModel) Models.load(model)).discriminator()).isPresent();
    // Instance norm keeps no statistics, as PyTorch's does by default.
    assertThat(Weights.load(model).names())
        .contains("discriminator.main.3.weight")
        .doesNotContain("discriminator.main.3.running_mean");
  }

  @Test
  void train_lossThatCannotBe_isRefused() throws IOException {
    assertRefused(
        Run.of(arguments("--loss", "r1")), "--loss must be logistic or wasserstein: found r1");
    assertRefused(
        Run.of(arguments("--penalty", 5)), "--penalty of a DCGAN must go with --loss wasserstein");
    assertRefused(
        Run.of(arguments("--loss", "wasserstein", "--penalty", "1,2")),
        "--penalty of a DCGAN must be one weight: found [1.0, 2.0]");
    assertRefused(
        Run.of(arguments("--loss", "wasserstein", "--penalty", 0)),
        "--penalty of the Wasserstein loss must be above 0: found 0.0");
    assertRefused(
        Run.of(arguments("--loss", "wasserstein", "--dl4j")),
        "--dl4j must go with --loss logistic");
    List<Object> words = new ArrayList<>(List.of("train", "--network", "completion"));
    words.addAll(List.of("--images", data, "--out", model, "--size", 32, "--loss", "wasserstein"));
    assertRefused(
        Run.of(words.toArray()), "--loss must go with another --network: found completion");
  }

  @Test
  void train_dl4j_savesBothNetworksAsDl4jReadsThem() throws IOException {
    Run run = Run.of(arguments("--epochs", 1, "--dl4j"));
    assertThat(run.code()).as(run.err()).isZero();
    Path generator = folder.resolve("discs-generator.zip");
    Path discriminator = folder.resolve("discs-discriminator.zip");
    assertThat(run.out()).contains("DL4J:  " + generator, "DL4J:  " + discriminator);
    assertThat(((LatentModel) Models.load(generator)).generator().imageShape())
        .isEqualTo(new ImageShape(3, new Size(32, 32)));
    MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(generator.toFile(), true);
    // The model's own file has float16 kernels, the network those that were trained.
    assertThat(network.params().distance2(Dl4j.generatorNetwork(Weights.load(model)).params()))
        .isPositive()
        .isLessThan(1e-3 * network.params().norm2Number().doubleValue());
    INDArray images = network.output(Nd4j.zeros(1, 4));
    assertThat(
            ModelSerializer.restoreMultiLayerNetwork(discriminator.toFile(), true)
                .output(images)
                .length())
        .isEqualTo(1);
  }

  @Test
  void train_dataThatCannotBe_isRefused() throws IOException {
    batch = 13;
    assertRefused(Run.of(arguments()), "must fill a batch: expected at least 13 images, found 12");
    try (Stream<Path> files = Files.list(data)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    assertRefused(Run.of(arguments()), "training data must hold images: found none in " + data);
    data = Files.createDirectories(data.resolve("nowhere")).resolve("at-all");
    Run run = Run.of(arguments());
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("must be a folder or a zip file of images: found " + data);
  }

  @Test
  void train_optionsThatCannotBe_areRefused() throws IOException {
    assertRefused(Run.of(arguments("--epochs", 0)), "--epochs must be positive: found 0");
    assertRefused(Run.of(arguments("--hours", -1)), "--hours must be positive: found -1");
    assertRefused(
        Run.of(arguments("--reconstruction", -1)),
        "the weight of the reconstruction must be from 0: found -1.0");
    assertRefused(
        Run.of(arguments("--start", "nowhere")),
        "--start must be a shipped model with weights of its own or a model file: found no file"
            + " nowhere");
    assertRefused(
        Run.of(arguments("--start", "faces64")),
        "tensor main.0.weight must fit the network: expected [4, 8, 4, 4], found"
            + " [100, 512, 4, 4]");
    assertRefused(Run.of(arguments("--resume")), "a checkpoint must be there to resume");
    size = 48;
    assertRefused(Run.of(arguments()), "must be one of 32, 64, 128: found 48");
    model = folder.resolve("missing/model.safetensors");
    assertRefused(Run.of(arguments()), "--out must be in a folder that can be written");
  }

  /** The commands of the guide, with small networks on our few images. */
  @Test
  void docs_commands_run() throws IOException {
    String guide = Files.readString(Path.of("..", "docs", "training.md"));
    String commands = guide.substring(guide.indexOf("```\n") + 4);
    List<String> lines = commands.substring(0, commands.indexOf("```")).lines().toList();
    assertThat(lines).hasSizeGreaterThan(1);
    for (String line : lines) {
      List<String> words = new ArrayList<>(List.of(line.split(" ")));
      assertThat(words.subList(0, 2)).containsExactly("./inpaint", "train");
      replace(words, "--data", data.toString());
      replace(words, "--out", folder.resolve(words.get(words.indexOf("--out") + 1)).toString());
      if (words.contains("--start")) {
        // What ships has other filters than these small networks; the first command's have theirs.
        replace(words, "--start", folder.resolve("cats.safetensors").toString());
      }
      if (words.contains("--epochs")) {
        replace(words, "--epochs", words.contains("--resume") ? "2" : "1");
      } else {
        words.addAll(List.of("--epochs", "1"));
      }
      words.addAll(List.of("--plain", "--filters", "2", "--latent", "4", "--batch", "6"));
      Run run = Run.of(words.subList(1, words.size()).toArray());
      assertThat(run.code()).as("%s: %s", line, run.err()).isZero();
      assertThat(run.out()).contains("Done:");
    }
    for (String name : List.of("cats.safetensors", "cats.state", "cats-samples-0002.png")) {
      assertThat(folder.resolve(name)).exists();
      assertThat(guide).contains(name.replace("0002", "NNNN"));
    }
  }

  private static void replace(List<String> words, String option, String value) {
    words.set(words.indexOf(option) + 1, value);
  }

  /** What Ctrl-C sends. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no kill -INT")
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void train_interruptSignal_savesAndCanBeResumed() throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                InpaintCommand.class.getName()));
    Stream.of(arguments("--epochs", 1_000_000)).map(Object::toString).forEach(command::add);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    // Where these tests were started with the signal ignored, so is it there: fail, do not hang.
    CompletableFuture.delayedExecutor(90, TimeUnit.SECONDS).execute(process::destroyForcibly);
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
        if (line.contains("iteration 50:")) {
          new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        }
      }
    }
    assertThat(process.waitFor()).isEqualTo(130);
    assertThat(lines).last().isEqualTo("model: " + model);
    assertThat(lines).anyMatch(line -> line.matches("Stopped at iteration \\d+; --resume goes on"));
    assertThat(Run.of(arguments("--epochs", 20, "--resume")).code()).isZero();
  }
}
