package org.inpaint4j.examples;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.inpaint4j.Framing;
import org.inpaint4j.InpaintResult;
import org.inpaint4j.Inpainter;
import org.inpaint4j.Strip;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
import org.inpaint4j.loss.ContextLoss;
import org.inpaint4j.network.Generator;
import org.inpaint4j.network.LatentSpace;
import org.inpaint4j.search.Optimizer;
import org.inpaint4j.search.SearchOptions;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A generator of one's own, of a few SameDiff operations, and a search of its latent space. */
final class OwnGenerator {

  private OwnGenerator() {}

  /** Sums of eight waves, tanh(z B), of 32x32 pixels. */
  static final class Waves implements Generator {
    private final INDArray basis; // the weights: [8, 3 * 32 * 32]

    Waves(INDArray basis) {
      this.basis = basis.dup();
    }

    @Override
    public LatentSpace latentSpace() {
      return LatentSpace.standardNormal(8);
    }

    @Override
    public ImageShape imageShape() {
      return ImageShape.square(3, 32);
    }

    @Override
    public String identity() {
      return "waves 8->3x32x32";
    }

    @Override
    public SDVariable generate(SameDiff graph, SDVariable latent) {
      SDVariable flat = graph.mmul(latent, graph.constant(basis.dup()));
      return graph.reshape(graph.math().tanh(flat), -1, 3, 32, 32);
    }
  }

  /** Eight waves of random directions. */
  static Waves waves(long seed) {
    Random random = new Random(seed);
    float[][] basis = new float[8][3 * 32 * 32];
    for (float[] wave : basis) {
      double across = 0.3 * random.nextGaussian();
      double down = 0.3 * random.nextGaussian();
      for (int i = 0; i < wave.length; i++) {
        int channel = i / 1024;
        wave[i] = (float) (0.4 * Math.sin(across * (i % 32) + down * (i / 32 % 32) + channel));
      }
    }
    return new Waves(Nd4j.createFromArray(basis));
  }

  /** What a generator makes of a latent. */
  static BufferedImage picture(Waves generator, float... z) {
    SameDiff graph = SameDiff.create();
    SDVariable latent = graph.constant(Nd4j.createFromArray(new float[][] {z}));
    INDArray made = graph.outputSingle(Map.of(), generator.generate(graph, latent).name()).dup('c');
    float[] samples = made.data().asFloat();
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (samples[i] + 1) / 2;
    }
    ImageShape shape = generator.imageShape();
    return Photo.toImage(new ImagePlanes(shape.channels(), shape.pixels(), samples));
  }

  /** Searches for the latent of a picture from its known pixels. */
  static InpaintResult find(Waves generator, BufferedImage picture, Mask mask) {
    SearchOptions search =
        SearchOptions.paperDcgan().toBuilder()
            .steps(400)
            .optimizer(Optimizer.adam(0.05).schedule(new Optimizer.Schedule(0, 0.5)))
            .build();
    try (Inpainter inpainter =
        Inpainter.builder()
            .generator(generator)
            .loss(ContextLoss.weightedL1(7))
            .search(search)
            .framing(Framing.centeredSquare())
            .blender(Blender.paste())
            .build()) {
      return inpainter.inpaint(picture, mask);
    }
  }

  /**
   * Makes a picture, cuts a hole into it, and finds the picture again.
   *
   * @param args the file to write: picture, hole, weights, G(z) and result side by side
   */
  public static void main(String[] args) throws IOException {
    Waves generator = waves(3);
    BufferedImage picture = picture(generator, 1, -1, 0, 1, 0, -1, 1, 0);
    InpaintResult result = find(generator, picture, Mask.rectangle(32, 32, 10, 10, 8, 8));
    ImageIO.write(Strip.of(result), "png", new File(args[0]));
  }
}
