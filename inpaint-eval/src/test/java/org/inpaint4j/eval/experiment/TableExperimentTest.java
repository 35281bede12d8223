package org.inpaint4j.eval.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.inpaint4j.eval.mask.MaskGenerator;
import org.inpaint4j.eval.metric.ImageFeatures;
import org.inpaint4j.eval.metric.ImageMetric;
import org.inpaint4j.eval.picture.ImageSource;
import org.inpaint4j.eval.picture.PictureFiles;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.inpaint4j.search.FoundLatent;
import org.inpaint4j.search.LossTrace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableExperimentTest {

  @TempDir private Path folder;
  private Path images;
  private Path output;

  @BeforeEach
  void makeImages() throws IOException {
    images = Files.createDirectory(folder.resolve("images"));
    output = folder.resolve("out");
    for (int i = 0; i < 7; i++) {
      Files.write(
          images.resolve("face " + i + ".png"), PictureFiles.png(PictureFiles.toImage(ramp(i))));
    }
  }

  /** A smooth picture of 48x40, another for each number. */
  private static ImagePlanes ramp(int number) {
    ImagePlanes image = ImagePlanes.zeros(3, new Size(48, 40));
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < 40; y++) {
        for (int x = 0; x < 48; x++) {
          double wave = Math.sin(x * (0.05 + 0.02 * number) + c) * Math.cos(y * 0.11 + number);
          image.samples()[(c * 40 + y) * 48 + x] = (float) (0.5 + 0.45 * wave);
        }
      }
    }
    return image;
  }

  /** Counts its calls, and fills with gray. */
  private static final class Gray implements Filler {

    final AtomicInteger filled = new AtomicInteger();
    final Set<Long> seeds = new TreeSet<>();
    int failAfter = Integer.MAX_VALUE;
    String identity = "gray 0.5";

    @Override
    public Map<String, String> provenance() {
      return Map.of("filler", identity);
    }

    @Override
    public List<FoundLatent> fill(FillTask task) {
      if (filled.incrementAndGet() > failAfter) {
        throw new IllegalStateException("out of luck");
      }
      seeds.add(task.seed());
      ImagePlanes image = task.target().copy();
      for (int k = 0; k < image.samples().length; k++) {
        int pixel = k % (image.width() * image.height());
        if (task.mask().isHole(pixel % image.width(), pixel / image.width())) {
          assertThat(image.samples()[k]).as("what is in the hole must be hidden").isZero();
        }
        // Known pixels too, which must not reach the table.
        image.samples()[k] = 0.5f;
      }
      return List.of(pretended(image));
    }

    /** As if a search of 100 steps had found it. */
    private static FoundLatent pretended(ImagePlanes image) {
      double[] losses = IntStream.range(0, 100).mapToDouble(step -> 1.0 / (1 + step)).toArray();
      return new FoundLatent(
          image,
          FillStatus.COMPLETED,
          List.of(0f),
          99,
          new LossTrace(List.of("pretended"), new double[][] {losses}),
          List.of(),
          List.of(),
          List.of());
    }
  }

  private static FillMethod gray(Gray filler) {
    return FillMethod.of("gray", filler);
  }

  private static FillMethod nearest() {
    return FillMethod.of("nearest", new NearestFill());
  }

  /** The mean colour: three features. */
  private static final class MeanColour implements ImageFeatures {

    @Override
    public String distanceName() {
      return "FID (mean colour)";
    }

    @Override
    public String identity() {
      return "mean colour";
    }

    @Override
    public float[][] of(List<ImagePlanes> batch) {
      float[][] features = new float[batch.size()][3];
      for (int i = 0; i < features.length; i++) {
        float[] samples = batch.get(i).samples();
        for (int k = 0; k < samples.length; k++) {
          features[i][k * 3 / samples.length] += samples[k] / (samples.length / 3f);
        }
      }
      return features;
    }
  }

  private TableBuilder experiment(FillMethod... methods) {
    return TableExperiment.builder()
        .images(images)
        .output(output)
        .masks(List.of(MaskGenerator.rectangle(), MaskGenerator.noise()))
        .methods(List.of(methods))
        .features(new MeanColour())
        .batchSize(3)
        .seed(5);
  }

  @Test
  void run_twoMethods_fillsEveryCellAndWritesAllFiles() throws IOException {
    List<TableProgress> progress = new ArrayList<>();
    List<TableCell> cells =
        experiment(gray(new Gray()), nearest()).onProgress(progress::add).build().run();
    assertThat(cells).hasSize(4);
    for (TableCell cell : cells) {
      assertThat(cell.images()).isEqualTo(7);
      assertThat(cell.metrics()).hasSize(ImageMetric.values().length);
      assertThat(cell.distances().frechet()).isPositive();
      assertThat(cell.distances().kernel()).isFinite();
    }
    assertThat(progress).hasSize(12);
    assertThat(progress.get(11).done()).isEqualTo(28);
    assertThat(progress.get(11).left()).isZero();
    // The nearest pixel is a better guess than gray in a smooth picture.
    assertThat(cells.get(1).metrics().get(ImageMetric.REFERENCE_L1))
        .isLessThan(cells.get(0).metrics().get(ImageMetric.REFERENCE_L1));
    assertThat(output).isDirectoryContaining("glob:**/{table.md,table.csv,images.csv,report.html}");
    String markdown = Files.readString(output.resolve("table.md"));
    assertThat(markdown).contains("| rectangle | FID (mean colour) |").contains("Seed: 5");
    String report = Files.readString(output.resolve("report.html"));
    assertThat(report)
        .contains("Loss against step")
        .contains("<svg")
        .contains("data:image/png;base64,")
        .doesNotContain("<script");
    // Without the pictures, whose letters are chance.
    assertThat(report.replaceAll("base64,[A-Za-z0-9+/=]*", "")).doesNotContain("NaN");
  }

  @Test
  void run_meansOfRows_areTheCells() throws IOException {
    List<TableCell> cells = experiment(nearest()).build().run();
    List<ImageRow> rows =
        new RowLog(output.resolve("images.csv"), ImageRow.HEADER)
            .rows().stream().map(ImageRow::of).toList();
    assertThat(rows).hasSize(14);
    double mean =
        rows.stream()
            .filter(row -> row.mask().equals("noise"))
            .mapToDouble(row -> row.metrics().get(ImageMetric.SSIM))
            .average()
            .orElseThrow();
    assertThat(cells.get(1).metrics().get(ImageMetric.SSIM)).isCloseTo(mean, within(1e-12));
    // Times are medians: the fourth of seven.
    assertThat(cells.get(1).medianSeconds())
        .isEqualTo(
            rows.stream()
                .filter(row -> row.mask().equals("noise"))
                .mapToDouble(ImageRow::seconds)
                .sorted()
                .toArray()[3]);
    // A row can be made again from its picture and its seed alone.
    ImageRow row = rows.get(3);
    ImagePlanes truth =
        ImageSource.read(images, 99).image(Integer.parseInt(row.image().substring(5)));
    ImagePlanes filled =
        PictureFiles.toPlanes(
            PictureFiles.read(
                Files.readAllBytes(
                    output
                        .resolve("pictures")
                        .resolve(row.mask())
                        .resolve(row.method())
                        .resolve(row.image() + ".png")),
                "filled"));
    Mask mask = MaskGenerator.named(row.mask()).generate(48, 40, row.seed());
    for (ImageMetric metric : ImageMetric.values()) {
      assertThat(metric.of(truth, filled, mask)).isEqualTo(row.metrics().get(metric));
    }
  }

  @Test
  void run_afterAFailure_goesOnAndEndsTheSame() throws IOException {
    Gray failing = new Gray();
    failing.failAfter = 8;
    assertThatThrownBy(() -> experiment(gray(failing)).build().run())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the method gray must fill every image: found that face_1 failed")
        .hasMessageContaining("out of luck");
    // As a process that was killed in the middle of a line leaves it.
    Files.writeString(
        output.resolve("images.csv"),
        Files.readString(output.resolve("images.csv")) + "face_6,noise,gr");
    Gray second = new Gray();
    List<TableCell> resumed = experiment(gray(second)).build().run();
    // Two batches of three and the first of the last image were kept; a batch is all or nothing.
    assertThat(second.filled.get()).isEqualTo(14 - 7);
    Gray third = new Gray();
    List<TableCell> again = experiment(gray(third)).build().run();
    assertThat(third.filled.get()).isZero();
    output = folder.resolve("whole");
    List<TableCell> whole = experiment(gray(new Gray())).build().run();
    for (int i = 0; i < 2; i++) {
      assertThat(resumed.get(i).metrics()).isEqualTo(whole.get(i).metrics());
      assertThat(resumed.get(i).distances()).isEqualTo(whole.get(i).distances());
      assertThat(again.get(i)).isEqualTo(resumed.get(i));
    }
  }

  @Test
  void run_moreImagesLater_keepsTheHolesOfTheFirst() throws IOException {
    Gray few = new Gray();
    experiment(gray(few)).limit(2).build().run();
    Gray more = new Gray();
    List<TableCell> cells = experiment(gray(more)).build().run();
    assertThat(few.filled.get()).isEqualTo(4);
    assertThat(more.filled.get()).isEqualTo(10);
    assertThat(few.seeds).doesNotContainAnyElementsOf(more.seeds);
    assertThat(cells.get(0).images()).isEqualTo(7);
  }

  @Test
  void run_inTheFolderOfAnotherExperiment_isRefused() throws IOException {
    experiment(gray(new Gray())).build().run();
    assertThatThrownBy(() -> experiment(gray(new Gray())).seed(6).build().run())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected the seed to be");
    Gray other = new Gray();
    other.identity = "gray 0.6";
    assertThatThrownBy(() -> experiment(gray(other)).build().run())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("gray 0.6")
        .hasMessageContaining("found filler: gray 0.5");
    Files.write(images.resolve("face 2.png"), PictureFiles.png(PictureFiles.toImage(ramp(9))));
    assertThatThrownBy(() -> experiment(gray(new Gray())).build().run())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("face_2");
  }

  @Test
  void run_fillerOfAnotherSize_isRefusedWithTheImagesName() {
    Filler shrinking =
        new Filler() {
          @Override
          public List<Filling> fill(FillTask task) {
            return List.of(Filling.of(ImagePlanes.zeros(3, new Size(2, 2))));
          }

          @Override
          public Map<String, String> provenance() {
            return Map.of("filler", "shrinking");
          }
        };
    assertThatThrownBy(() -> experiment(FillMethod.of("shrinking", shrinking)).build().run())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the method shrinking must fill every image: found that face_0");
  }

  @Test
  void run_interrupted_stopsAndKeepsTheInterrupt() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> experiment(nearest()).build().run())
        .isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void run_interruptedWhileTheNetworkLooks_stopsAndGoesOnLater() throws IOException {
    ImageFeatures interrupting =
        new ImageFeatures() {
          @Override
          public String distanceName() {
            return "FID (mean colour)";
          }

          @Override
          public String identity() {
            return "mean colour";
          }

          @Override
          public float[][] of(List<ImagePlanes> batch) {
            // The next picture cannot be read.
            Thread.currentThread().interrupt();
            return new MeanColour().of(batch);
          }
        };
    assertThatThrownBy(() -> experiment(nearest()).features(interrupting).build().run())
        .isInstanceOf(InterruptedIOException.class)
        .hasMessageContaining("another run goes on");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(experiment(nearest()).build().run()).hasSize(2);
  }

  @Test
  void build_withoutWhatIsNeeded_isRefused() {
    assertThatThrownBy(() -> TableExperiment.builder().build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("must have images");
    assertThatThrownBy(() -> experiment(gray(new Gray()), gray(new Gray())).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found gray twice");
    assertThatThrownBy(() -> FillMethod.of("../outside", new NearestFill()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be letters");
  }

  @Test
  void nearest_byHand_takesTheNearestAndTheLeftmostOfEquals() {
    ImagePlanes image =
        new ImagePlanes(1, new Size(4, 2), new float[] {0.1f, 0, 0, 0.4f, 0.5f, 0, 0, 0});
    Mask mask = Mask.of(4, 2, (x, y) -> image.get(0, x, y) == 0);
    assertThat(NearestFill.fill(image, mask).samples())
        .containsExactly(0.1f, 0.1f, 0.4f, 0.4f, 0.5f, 0.5f, 0.4f, 0.4f);
  }

  @Test
  void ticks_ofARange_areRoundAndEncloseIt() {
    assertThat(LineChart.ticks(0.3, 9.2)).containsExactly(0.0, 2.0, 4.0, 6.0, 8.0, 10.0);
    assertThat(LineChart.ticks(5, 5)).isNotEmpty();
    assertThat(LineChart.label(0.25)).isEqualTo("0.25");
    assertThat(LineChart.label(20)).isEqualTo("20");
  }
}
