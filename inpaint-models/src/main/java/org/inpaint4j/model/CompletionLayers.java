package org.inpaint4j.model;

import org.inpaint4j.image.Internal;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Adds the layers of a completion network to a graph: with the weights of a file, whose batch norm
 * is folded in, or with weights that are being trained.
 */
@Internal
@FunctionalInterface
public interface CompletionLayers {

  /** What a layer computes. */
  enum Kind {
    /** A convolution [outputs, inputs, k, k], padded by 1. */
    CONVOLUTION,
    /** A transposed convolution [inputs, outputs, 4, 4] of stride 2, padded by 1. */
    TRANSPOSED,
    /** A convolution [outputs, inputs, 4, 4] of 4x4 pixels to a vector. */
    TO_VECTOR,
    /** A transposed convolution [inputs, outputs, 4, 4] of a vector to 4x4 pixels. */
    FROM_VECTOR
  }

  /**
   * A layer without its activation.
   *
   * @param name what its tensors start with: {@code down.0} of {@code down.0.weight}
   * @param kind what it computes
   * @param inputs its input channels
   * @param outputs its output channels
   * @param kernel rows and columns of the kernel
   * @param size rows and columns of its result; 1 for a vector
   * @param norm what the tensors of the batch norm that follows start with; empty for none
   */
  record Layer(String name, Kind kind, int inputs, int outputs, int kernel, int size, String norm) {

    /**
     * Whether it has a bias of its own, where no batch norm follows.
     *
     * @return whether there is a {@code bias}
     */
    public boolean hasBias() {
      return norm.isEmpty();
    }

    /**
     * The shape of its weights, as PyTorch has it.
     *
     * @return four dimensions
     */
    public int[] weightShape() {
      boolean turned = kind == Kind.TRANSPOSED || kind == Kind.FROM_VECTOR;
      return turned
          ? new int[] {inputs, outputs, kernel, kernel}
          : new int[] {outputs, inputs, kernel, kernel};
    }

    /**
     * The step from one place of the kernel to the next.
     *
     * @return 2 for kernels 4x4, which halve or double the size, 1 for others
     */
    public int stride() {
      return kernel == 4 ? 2 : 1;
    }
  }

  /**
   * Adds a layer.
   *
   * @param layer which layer; each is added once
   * @param x [N, inputs, H, W], or [N, inputs] for {@link Kind#FROM_VECTOR}
   * @return [N, outputs, size, size], or [N, outputs] for {@link Kind#TO_VECTOR}
   */
  SDVariable add(Layer layer, SDVariable x);
}
