package org.inpaint4j.bench;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.inpaint4j.Framing;
import org.inpaint4j.InpaintRequest;
import org.inpaint4j.Inpainter;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Mask;
import org.inpaint4j.loss.ContextLoss;
import org.inpaint4j.loss.PriorLoss;
import org.inpaint4j.network.Discriminator;
import org.inpaint4j.network.Generator;
import org.inpaint4j.network.LatentSpace;
import org.inpaint4j.search.SearchOptions;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * What both sides of {@link StepBench} compute. All starts have the same latent, so that their
 * losses compare.
 */
abstract class StepCase {

  private final int batch;
  private final int window;
  private final BufferedImage image;
  private final Mask mask;

  /**
   * An image of chance with a hole in it.
   *
   * @param batch how many starts
   * @param size rows and columns of the image
   */
  StepCase(int batch, int size, Random random) {
    this.batch = batch;
    this.window = 7 * size / 64;
    this.image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    int unit = size / 16;
    this.mask = Mask.rectangle(size, size, 5 * unit, 6 * unit, 6 * unit, 5 * unit);
    for (int i = 0; i < size * size; i++) {
      image.setRGB(i % size, i / size, random.nextInt());
    }
  }

  /** What the peer calls this model. */
  abstract String peer();

  /** The steps of one round. */
  abstract int steps();

  /** Of which the first are for warming up, as {@link StepBench#WARM_UP_ROUNDS} says. */
  int rounds() {
    return 9;
  }

  abstract Generator generator() throws IOException;

  abstract Discriminator discriminator() throws IOException;

  /** The latent that all starts have. */
  abstract float[] latent();

  /** Adds the tensors of the networks and the latents that the peer reads. */
  abstract void addTo(StepTensors tensors);

  final int batch() {
    return batch;
  }

  final BufferedImage image() {
    return image;
  }

  final Mask mask() {
    return mask;
  }

  final Inpainter inpainter() throws IOException {
    Blender none = (known, filling, hole) -> filling;
    return Inpainter.builder()
        .generator(new FromOnePoint(generator(), latent()))
        .discriminator(discriminator())
        .loss(ContextLoss.weightedL1(window))
        .loss(PriorLoss.logOneMinusD(0.003))
        .framing(Framing.centeredSquare())
        .blender(none)
        .search(
            SearchOptions.paperDcgan().toBuilder()
                .steps(steps())
                .restarts(batch)
                .batchSize(batch)
                .build())
        .build();
  }

  /**
   * The request of one search, whose steps are timed.
   *
   * @param times gets the milliseconds of each step but the first. Modified.
   */
  final InpaintRequest request(List<Double> times) {
    long[] last = {0};
    return InpaintRequest.of(image, mask)
        .onProgress(
            progress -> {
              long now = System.nanoTime();
              if (progress.step() > 1) {
                times.add((now - last[0]) / 1e6);
              }
              last[0] = System.nanoTime();
            });
  }

  final void write(Path file) throws IOException {
    StepTensors tensors = new StepTensors(batch);
    addTo(tensors);
    int size = image.getWidth();
    float[] known = new float[3 * size * size];
    for (int i = 0; i < size * size; i++) {
      if (!mask.isHole(i % size, i / size)) {
        for (int c = 0; c < 3; c++) {
          int sample = image.getRGB(i % size, i / size) >> (16 - 8 * c) & 255;
          known[c * size * size + i] = 2 * (sample / 255f) - 1;
        }
      }
    }
    tensors.putRepeated("y", known, 3, size, size);
    tensors.putRepeated("W", mask.importanceWeights(window), 1, size, size);
    tensors.write(file);
  }

  /** A generator whose search always starts at the same latent. */
  private static final class FromOnePoint implements Generator {
    private final Generator generator;
    private final LatentSpace space;

    FromOnePoint(Generator generator, float[] latent) {
      this.generator = generator;
      this.space =
          new LatentSpace(
              latent.length,
              (random, into) -> System.arraycopy(latent, 0, into, 0, latent.length),
              generator.latentSpace().stages());
    }

    @Override
    public LatentSpace latentSpace() {
      return space;
    }

    @Override
    public ImageShape imageShape() {
      return generator.imageShape();
    }

    @Override
    public String identity() {
      return generator.identity();
    }

    @Override
    public SDVariable generate(SameDiff graph, SDVariable latent) {
      return generator.generate(graph, latent);
    }
  }
}
