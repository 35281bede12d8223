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
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;
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

  /** Keeps the length of a vector of zeros from 0. */
  private static final double TINY = 1e-10;

  private final FeatureNetwork network;
  private final double lambda;
  private final int scales;
  private final boolean directions;

  private PerceptualLoss(FeatureNetwork network, double lambda, int scales, boolean directions) {
    this.network = network;
    this.lambda = lambda;
    this.scales = scales;
    this.directions = directions;
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
    return new PerceptualLoss(requireNonNull(network, "network"), lambda, 1, false);
  }

  /**
   * The sum of this loss on the images and on the same images at a half, a quarter and so on of
   * their size, each the mean of 2x2 pixels, as in Poirier-Ginter and Lalonde, "Robust Unsupervised
   * StyleGAN Image Restoration", 2023: coarse scales see what large holes leave.
   *
   * @param scales how many, at least 1; the sides of images must be divisible by two as often as
   *     they are halved, and the smallest must be large enough for the network
   * @return a new term
   * @throws IllegalArgumentException if the number is not positive; when it is added to a graph, if
   *     the sides do not allow so many
   */
  public PerceptualLoss atScales(int scales) {
    checkArgument(scales > 0, "scales must be positive: found %s", scales);
    return new PerceptualLoss(network, lambda, scales, directions);
  }

  /**
   * The same of features that are vectors of length 1 at each place, as in Zhang et al., "The
   * Unreasonable Effectiveness of Deep Features as a Perceptual Metric", 2018, with equal weights:
   * then all layers count, whatever the size of their numbers.
   *
   * @return a new term
   */
  public PerceptualLoss ofDirections() {
    return new PerceptualLoss(network, lambda, scales, true);
  }

  @Override
  public String name() {
    return "perceptual";
  }

  @Override
  public String identity() {
    return described(network.identity());
  }

  private String described(String of) {
    return "perceptual("
        + of
        + ", "
        + lambda
        + (scales > 1 ? ", " + scales + " scales" : "")
        + (directions ? ", directions" : "")
        + ")";
  }

  @Override
  public SDVariable add(LossInputs inputs) {
    ImageShape image = inputs.imageShape();
    int unit = 1 << (scales - 1);
    checkArgument(
        image.height() % unit == 0 && image.width() % unit == 0,
        "sides must be divisible by %s for %s scales: found %s",
        unit,
        scales,
        image);
    SameDiff graph = inputs.graph();
    SDVariable known =
        inputs.perImage(
            "known",
            (target, mask) -> share(mask, image.height(), image.width()),
            1,
            image.height(),
            image.width());
    // A task may have a guess in the hole of its target.
    SDVariable found = colours(graph, inputs.generated().mul(known), image);
    SDVariable wanted = colours(graph, inputs.target().mul(known), image);
    List<SDVariable> losses = new ArrayList<>();
    for (int scale = 0; scale < scales; scale++) {
      if (scale > 0) {
        found = halved(graph, found);
        wanted = halved(graph, wanted);
      }
      addLayers(losses, inputs, scale, found, wanted);
    }
    return losses.stream().reduce(SDVariable::add).orElseThrow();
  }

  /** The loss of each layer, for images that were halved so many times. */
  private void addLayers(
      List<SDVariable> losses, LossInputs inputs, int scale, SDVariable found, SDVariable wanted) {
    SameDiff graph = inputs.graph();
    List<SDVariable> ours = network.features(graph, found);
    List<SDVariable> theirs = network.features(graph, wanted);
    List<long[]> shapes =
        shapes(
            inputs.imageShape().height() >> scale,
            inputs.imageShape().width() >> scale,
            inputs.generated().dataType());
    for (int l = 0; l < shapes.size(); l++) {
      int height = Math.toIntExact(shapes.get(l)[2]);
      int width = Math.toIntExact(shapes.get(l)[3]);
      // Unit vectors are summed over the channels, as in the metric; others averaged.
      double places = (directions ? 1 : shapes.get(l)[1]) * (double) height * width;
      SDVariable weights =
          inputs.perImage(
              "known" + (scale == 0 ? "" : scale + "/") + l,
              (target, mask) -> share(mask, height, width),
              1,
              height,
              width);
      SDVariable difference = vectors(graph, ours.get(l)).sub(vectors(graph, theirs.get(l)));
      losses.add(graph.math().square(difference).mul(weights).sum(1, 2, 3).mul(lambda / places));
    }
  }

  private SDVariable vectors(SameDiff graph, SDVariable features) {
    if (!directions) {
      return features;
    }
    SDVariable square = graph.math().square(features).sum(true, 1);
    return features.div(graph.math().sqrt(square.add(TINY)));
  }

  /** The means of 2x2 pixels. */
  private static SDVariable halved(SameDiff graph, SDVariable image) {
    return graph
        .cnn()
        .avgPooling2d(
            image,
            Pooling2DConfig.builder()
                .kH(2)
                .kW(2)
                .sH(2)
                .sW(2)
                .pH(0)
                .pW(0)
                .dH(1)
                .dW(1)
                .paddingMode(PaddingMode.VALID)
                .build());
  }

  /** Three channels, as feature networks expect them. */
  private static SDVariable colours(SameDiff graph, SDVariable image, ImageShape shape) {
    return shape.channels() == 3 ? image : graph.concat(1, image, image, image);
  }

  /** [1, C, h, w] of each layer, found out on a black image. */
  private List<long[]> shapes(int height, int width, DataType type) {
    SameDiff scratch = Engine.newGraph();
    SDVariable black = scratch.constant("image", Nd4j.zeros(type, 1, 3, height, width));
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
    return described(network.identity());
  }
}
