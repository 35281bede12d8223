package org.inpaint4j.bench.libtorch;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/** A generator and a discriminator with frozen weights. */
abstract class Networks {

  static final long[] ONE = {1};
  static final long[] TWO = {2};
  static final long[] ZERO = {0};

  private final Map<String, Tensor> tensors;

  Networks(Map<String, Tensor> tensors) {
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
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalStateException("the file must hold '" + name + "': found none");
    }
    return tensor;
  }
}
