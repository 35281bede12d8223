package org.inpaint4j.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import org.inpaint4j.Animation;
import org.inpaint4j.InpaintRequest;
import org.inpaint4j.InpaintResult;
import org.inpaint4j.Inpainter;
import org.inpaint4j.Strip;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
import org.inpaint4j.image.Size;
import org.junit.jupiter.api.Test;

/** What a search leaves to look at: frames, their animation, and the strip. */
class FramesTest {

  private static final Mask MASK = Mask.rectangle(40, 30, 14, 10, 9, 8);

  private static BufferedImage photo() {
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 1200; i++) {
      image.setRGB(i % 40, i / 40, 0x060402 * (i % 40) + 0x020406 * (i / 40));
    }
    return image;
  }

  private static Inpainter.Builder steps(int steps) {
    SearchOptions options =
        SearchOptions.paperDcgan().toBuilder()
            .steps(steps)
            .restarts(2)
            .optimizer(Optimizer.adam(0.05))
            .build();
    return TinyNetworks.inpainter(options);
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  /** Pictures whose red sample is the number of the step. */
  private static final class Numbered implements LatentObjective {
    private int step;

    @Override
    public int images() {
      return 1;
    }

    @Override
    public void load(List<Problem> problems) {}

    @Override
    public void evaluate(float[][] latents, double[][] losses, float[][] gradients) {}

    @Override
    public void evaluate(float[][] latents, double[][] losses) {}

    @Override
    public ImagePlanes generated(int place) {
      return numbered(step);
    }

    @Override
    public void close() {}
  }

  private static ImagePlanes numbered(int step) {
    ImagePlanes image = ImagePlanes.zeros(1, new Size(1, 1));
    image.samples()[0] = 2 * (step % 256) / 255f - 1;
    return image;
  }

  private static List<Integer> kept(int every, int steps, int bestStep) {
    Frames frames = new Frames(every);
    Numbered objective = new Numbered();
    for (objective.step = 0; objective.step < steps; objective.step++) {
      frames.keep(objective, 0, objective.step);
    }
    List<Integer> numbers = new ArrayList<>();
    for (BufferedImage frame : frames.until(bestStep, numbered(bestStep))) {
      numbers.add(frame.getRaster().getSample(0, 0, 0));
    }
    return numbers;
  }

  @Test
  void keep_everyThird_keepsThoseUntilTheBest() {
    assertThat(kept(3, 20, 10)).containsExactly(0, 3, 6, 9, 10);
    assertThat(kept(3, 20, 9)).containsExactly(0, 3, 6, 9, 9);
    assertThat(kept(100, 20, 19)).containsExactly(0, 19);
    assertThat(kept(0, 20, 19)).isEmpty();
  }

  @Test
  void keep_moreThanFit_keepsEverySecond() {
    assertThat(kept(1, 64, 63)).hasSize(65);
    List<Integer> sparse = IntStream.range(0, 50).mapToObj(i -> 2 * i).toList();
    assertThat(kept(1, 100, 99)).startsWith(sparse.toArray(Integer[]::new)).endsWith(99);
    for (int steps : new int[] {65, 128, 129, 200, 256}) {
      List<Integer> numbers = kept(1, steps, steps - 1);
      assertThat(numbers).hasSizeBetween(33, Frames.MOST + 1);
      int distance = numbers.get(1);
      for (int i = 0; i + 1 < numbers.size(); i++) {
        assertThat(numbers.get(i)).isEqualTo(i * distance);
      }
    }
  }

  @Test
  void recordFrames_search_leavesTheResultAsItIs() {
    try (Inpainter plain = steps(12).build();
        Inpainter recording = steps(12).recordFrames(4).build()) {
      InpaintResult without = plain.inpaint(photo(), MASK);
      InpaintResult with = recording.inpaint(photo(), MASK);
      assertThat(pixels(with.image())).isEqualTo(pixels(without.image()));
      assertThat(without.search().frames()).isEmpty();
      List<BufferedImage> frames = with.search().frames();
      assertThat(frames).hasSize(with.search().bestStep() / 4 + 2);
      assertThat(pixels(frames.get(frames.size() - 1)))
          .isEqualTo(pixels(Photo.toImage(with.search().image())));
      assertThat(pixels(frames.get(0))).isNotEqualTo(pixels(Photo.toImage(with.search().image())));
      assertThatIllegalStateException()
          .isThrownBy(() -> Animation.write(without.search(), new ByteArrayOutputStream()))
          .withMessageContaining("recordFrames");
    }
    assertThatIllegalArgumentException().isThrownBy(() -> Inpainter.builder().recordFrames(0));
  }

  @Test
  void writeAnimation_frames_isAGifThatLoopsAndRestsOnItsLast() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    List<BufferedImage> frames;
    try (Inpainter inpainter = steps(12).recordFrames(4).build()) {
      FoundLatent found = inpainter.inpaint(photo(), MASK).search();
      Animation.write(found, bytes);
      frames = found.frames();
    }
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    assertThat(reader.getNumImages(true)).isEqualTo(frames.size());
    for (int i = 0; i < frames.size(); i++) {
      // 16 pixels of the model, 16 times.
      assertThat(reader.getWidth(i)).isEqualTo(256);
      IIOMetadataNode root =
          (IIOMetadataNode) reader.getImageMetadata(i).getAsTree("javax_imageio_gif_image_1.0");
      IIOMetadataNode control =
          (IIOMetadataNode) root.getElementsByTagName("GraphicControlExtension").item(0);
      assertThat(control.getAttribute("delayTime"))
          .isEqualTo(i + 1 == frames.size() ? "200" : "10");
      if (i == 0) {
        IIOMetadataNode loop =
            (IIOMetadataNode) root.getElementsByTagName("ApplicationExtension").item(0);
        assertThat(loop.getAttribute("applicationID")).isEqualTo("NETSCAPE");
        assertThat((byte[]) loop.getUserObject()).containsExactly(1, 0, 0);
      }
      assertThat(meanDifference(reader.read(i), frames.get(i))).as("frame %s", i).isLessThan(20);
    }
    reader.dispose();
  }

  /**
   * Between the middles of enlarged pixels and the pixels. 256 colours for noise of all colours,
   * and the enlarging, take some levels; another picture is farther than 40 away.
   */
  private static double meanDifference(BufferedImage large, BufferedImage small) {
    long sum = 0;
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 16; x++) {
        int found = large.getRGB(x * 16 + 8, y * 16 + 8);
        int expected = small.getRGB(x, y);
        for (int shift = 0; shift <= 16; shift += 8) {
          sum += Math.abs((found >> shift & 255) - (expected >> shift & 255));
        }
      }
    }
    return sum / (3.0 * 16 * 16);
  }

  @Test
  void strip_result_showsInputHoleAndResult() {
    BufferedImage photo = photo();
    try (Inpainter inpainter = steps(6).build()) {
      InpaintResult result = inpainter.inpaint(photo, MASK);
      BufferedImage strip = Strip.of(result);
      assertThat(strip.getWidth()).isEqualTo(5 * 264 + 8);
      // The square is 30 wide at (5, 0); the pixel (18, 14) lies in the hole.
      int x = (int) ((18 - 5 + 0.5) * 256 / 30);
      int y = 8 + (int) ((14 + 0.5) * 256 / 30);
      assertClose(strip.getRGB(8 + x, y), photo.getRGB(18, 14));
      assertThat(strip.getRGB(8 + 264 + x, y) & 0xFFFFFF).isEqualTo(0xFF00C8);
      // TinyNetworks.L1 weighs all known pixels alike, and none of the hole.
      assertThat(strip.getRGB(8 + 2 * 264 + x, y) & 0xFFFFFF).isZero();
      assertThat(strip.getRGB(8 + 2 * 264 + 20, 8 + 20) & 0xFFFFFF).isEqualTo(0xFFFFFF);
      // G(z) stands at its own size, 16 pixels wide.
      assertClose(
          strip.getRGB(8 + 3 * 264 + 16 * 7 + 8, 8 + 16 * 7 + 8),
          Photo.toImage(result.search().image()).getRGB(7, 7));
      assertClose(strip.getRGB(8 + 4 * 264 + x, y), result.image().getRGB(18, 14));
      InpaintResult nothing = inpainter.inpaint(photo, Mask.rectangle(40, 30, 0, 0, 0, 0));
      assertThatIllegalStateException()
          .isThrownBy(() -> Strip.of(nothing))
          .withMessageContaining("found no hole");
      InpaintResult inPlace = inpainter.inpaint(InpaintRequest.of(photo(), MASK).inPlace());
      assertThatIllegalStateException()
          .isThrownBy(() -> Strip.of(inPlace))
          .withMessageContaining("found a request in place");
    }
  }

  @Test
  void strip_lossWithoutPixelWeights_leavesThePanelOut() {
    try (Inpainter inpainter =
        Inpainter.builder()
            .generator(new TinyNetworks.TinyGenerator())
            .discriminator(new TinyNetworks.TinyDiscriminator())
            .loss(TinyNetworks.REALISM)
            .search(SearchOptions.paperDcgan().toBuilder().steps(1).build())
            .blender(TinyNetworks.PASTE)
            .build()) {
      InpaintResult result = inpainter.inpaint(photo(), MASK);
      assertThat(result.search().pixelWeights()).isEmpty();
      assertThat(Strip.of(result).getWidth()).isEqualTo(4 * 264 + 8);
    }
  }

  /** The enlarging mixes in neighbours, which differ by up to 18 levels (photo) or noise. */
  private static void assertClose(int found, int expected) {
    for (int shift = 0; shift <= 16; shift += 8) {
      assertThat(found >> shift & 255)
          .isBetween((expected >> shift & 255) - 20, (expected >> shift & 255) + 20);
    }
  }
}
