package org.inpaint4j.loss;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.inpaint4j.graph.Engine;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Mask;
import org.inpaint4j.network.FeatureNetwork;
import org.inpaint4j.network.LossInputs;
import org.inpaint4j.network.LossTerm;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How far the generated image is from the known pixels in the features of a network: {@code λ Σ_l
 * mean(m_l ⊙ (φ_l(M ⊙ G(z)) - φ_l(M ⊙ y))²)}, the mean over channels, rows and columns of layer l.
 * This is equation 2 of Johnson, Alahi and Fei-Fei, "Perceptual Losses for Real-Time Style Transfer
 * and Super-Resolution", 2016, for known pixels. The paper that this library follows proposes it as
 * the next step.
 *
 * <p>For the network, the hole is the same gray in both images. So the content of the hole has no
 * influence on the loss, whatever the network's receptive field: the gradient with respect to hole
 * pixels is 0. The mask is pooled along with the layers: m_l is the share of known pixels in each
 * cell of layer l.
 *
 * <p>Use it together with a {@link ContextLoss}, which fixes the colours. It is slow: with
 * SqueezeNet a step takes several times as long. Do not use it for scattered holes: the network
 * cannot recognise what is left of the image between them.
 */
public final class PerceptualLoss implements LossTerm {

  private final FeatureNetwork network;
  private final double lambda;

  private PerceptualLoss(FeatureNetwork network, double lambda) {
    this.network = network;
    this.lambda = lambda;
  }

  /**
   * The loss on all layers that a network offers.
   *
   * @param network its features, for example SqueezeNet's; differentiable. Not modified.
   * @param lambda the weight against the other losses
   * @return the term
   * @throws IllegalArgumentException if the weight is not positive and finite
   */
  public static PerceptualLoss of(FeatureNetwork network, double lambda) {
    checkArgument(
        lambda > 0 && lambda < Double.POSITIVE_INFINITY,
        "lambda must be positive and finite: found %s",
        lambda);
    return new PerceptualLoss(requireNonNull(network, "network"), lambda);
  }

  @Override
  public String name() {
    return "perceptual";
  }

  @Override
  public String identity() {
    return "perceptual(" + network.identity() + ", " + lambda + ")";
  }

  @Override
  public SDVariable add(LossInputs inputs) {
    ImageShape image = inputs.imageShape();
    SameDiff graph = inputs.graph();
    SDVariable known =
        inputs.perImage(
            "known",
            (target, mask) -> share(mask, image.height(), image.width()),
            1,
            image.height(),
            image.width());
    List<SDVariable> found =
        network.features(graph, colours(graph, inputs.generated().mul(known), image));
    // A task may have a guess in the hole of its target.
    List<SDVariable> wanted =
        network.features(graph, colours(graph, inputs.target().mul(known), image));
    List<long[]> shapes = shapes(image, inputs.generated().dataType());
    List<SDVariable> layers = new ArrayList<>();
    for (int l = 0; l < shapes.size(); l++) {
      int height = Math.toIntExact(shapes.get(l)[2]);
      int width = Math.toIntExact(shapes.get(l)[3]);
      SDVariable weights =
          inputs.perImage(
              "known" + l, (target, mask) -> share(mask, height, width), 1, height, width);
      SDVariable difference = found.get(l).sub(wanted.get(l));
      layers.add(
          graph
              .math()
              .square(difference)
              .mul(weights)
              .sum(1, 2, 3)
              .mul(lambda / (shapes.get(l)[1] * height * width)));
    }
    return layers.stream().reduce(SDVariable::add).orElseThrow();
  }

  /** Three channels, as feature networks expect them. */
  private static SDVariable colours(SameDiff graph, SDVariable image, ImageShape shape) {
    return shape.channels() == 3 ? image : graph.concat(1, image, image, image);
  }

  /** [1, C, h, w] of each layer, found out on a black image. */
  private List<long[]> shapes(ImageShape image, DataType type) {
    SameDiff scratch = Engine.newGraph();
    SDVariable black =
        scratch.constant("image", Nd4j.zeros(type, 1, 3, image.height(), image.width()));
    return network.features(scratch, black).stream().map(layer -> layer.eval().shape()).toList();
  }

  /** The share of known pixels under each cell of a grid laid over the image. */
  private static float[] share(Mask mask, int height, int width) {
    double[] rows = new double[height * mask.width()];
    float[] shares = new float[height * width];
    double tall = (double) mask.height() / height;
    double wide = (double) mask.width() / width;
    for (int y = 0; y < mask.height(); y++) {
      for (int v = 0; v < height; v++) {
        double part = overlap(y, v * tall, (v + 1) * tall) / tall;
        for (int x = 0; part > 0 && x < mask.width(); x++) {
          rows[v * mask.width() + x] += mask.isHole(x, y) ? 0 : part;
        }
      }
    }
    for (int v = 0; v < height; v++) {
      for (int u = 0; u < width; u++) {
        double sum = 0;
        for (int x = 0; x < mask.width(); x++) {
          sum += rows[v * mask.width() + x] * overlap(x, u * wide, (u + 1) * wide) / wide;
        }
        shares[v * width + u] = (float) sum;
      }
    }
    return shares;
  }

  /** How much of the pixel [at, at + 1] lies between two bounds. */
  private static double overlap(int at, double from, double to) {
    return Math.max(0, Math.min(at + 1, to) - Math.max(at, from));
  }

  @Override
  public String toString() {
    return "perceptual(" + network.identity() + ", " + lambda + ")";
  }
}
