package org.inpaint4j.model;

import org.inpaint4j.image.ImageShape;
import org.inpaint4j.network.CompletionNetwork;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** The first stage that {@link Completion} describes. */
final class OneStageCompletion implements CompletionNetwork {

  private static final int CHANNELS = 3;

  private final CompletionDesign design;
  private final FileLayers layers;
  private final ImageShape imageShape;
  private final String identity;

  OneStageCompletion(Weights weights) throws ModelFormatException {
    design = CompletionDesign.of(weights);
    layers = new FileLayers(weights, design);
    imageShape = ImageShape.square(CHANNELS, design.imageSize());
    String kind = design.variant() == CompletionVariant.SKIPS ? "" : design.variant().label() + " ";
    identity = "completion " + kind + imageShape + " " + weights.identity();
  }

  @Override
  public ImageShape imageShape() {
    return imageShape;
  }

  @Override
  public int latentSize() {
    return design.latentSize();
  }

  @Override
  public String identity() {
    return identity;
  }

  @Override
  public String toString() {
    return identity;
  }

  @Override
  public SDVariable complete(SameDiff graph, SDVariable known, SDVariable mask, SDVariable latent) {
    String scope = Graphs.freshScope(graph, "completion");
    return design.addTo(graph, layers.in(graph, scope), known, mask, latent).image();
  }
}
