package org.inpaint4j.bench.libtorch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/** A generator and a discriminator with frozen weights. */
abstract class Networks {

  static final long[] ONE = {1};
  static final long[] TWO = {2};
  static final long[] ZERO = {0};

  private final TensorFile tensors;

  Networks(TensorFile tensors) {
    this.tensors = tensors;
  }

  /** The images of latents. */
  abstract Tensor generate(Tensor z);

  /** The logits of images. */
  abstract Tensor judge(Tensor image);

  final TensorOptional bias(String layer) {
    return new TensorOptional(tensor(layer + ".bias"));
  }

  final Tensor tensor(String name) {
    return tensors.tensor(name);
  }
}
