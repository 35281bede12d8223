package org.inpaint4j.examples;

import org.inpaint4j.image.ImageShape;
import org.inpaint4j.network.Generator;
import org.inpaint4j.network.LatentSpace;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A generator of one's own, of a few SameDiff ops: tanh(z B), of 32 x 32 pixels. */
final class OwnGenerator implements Generator {
  private final INDArray basis; // the weights: [8, 3 * 32 * 32]

  OwnGenerator(INDArray basis) {
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
    return "own 8->3x32x32";
  }

  @Override
  public SDVariable generate(SameDiff graph, SDVariable latent) {
    SDVariable flat = graph.mmul(latent, graph.constant(basis.dup()));
    return graph.reshape(graph.math().tanh(flat), -1, 3, 32, 32);
  }
}
