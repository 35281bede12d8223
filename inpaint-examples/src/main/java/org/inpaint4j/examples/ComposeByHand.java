package org.inpaint4j.examples;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.inpaint4j.Inpainter;
import org.inpaint4j.blend.PoissonBlender;
import org.inpaint4j.image.Mask;
import org.inpaint4j.loss.ContextLoss;
import org.inpaint4j.loss.PriorLoss;
import org.inpaint4j.model.Dcgan;
import org.inpaint4j.model.Weights;
import org.inpaint4j.search.SearchOptions;

/** Every part chosen by hand: networks from a file, losses, search, blender. */
final class ComposeByHand {

  private ComposeByHand() {}

  /**
   * Fills a portrait by the search of the paper.
   *
   * @param args the weights, the portrait, its mask (white is hole), the file to write, the number
   *     of steps
   */
  public static void main(String[] args) throws IOException {
    BufferedImage photo = ImageIO.read(new File(args[1]));
    Mask mask = Mask.whiteIsHole(ImageIO.read(new File(args[2])));
    try (Inpainter inpainter = compose(Path.of(args[0]), Integer.parseInt(args[4]))) {
      ImageIO.write(inpainter.inpaint(photo, mask).image(), "png", new File(args[3]));
    }
  }

  /**
   * The search of the paper with a DCGAN of one's own.
   *
   * @param file a safetensors file or a PyTorch checkpoint with a generator and a discriminator
   * @param steps gradient steps; the paper takes 1500
   * @return a new inpainter, which the caller closes
   */
  static Inpainter compose(Path file, int steps) throws IOException {
    Weights weights = Weights.load(file);
    return Inpainter.builder()
        .generator(Dcgan.generator(weights))
        .discriminator(Dcgan.discriminator(weights))
        .loss(ContextLoss.weightedL1(7))
        .loss(PriorLoss.logOneMinusD(0.003))
        .search(SearchOptions.paperDcgan().toBuilder().steps(steps).restarts(2).build())
        .blender(PoissonBlender.create())
        .build();
  }
}
