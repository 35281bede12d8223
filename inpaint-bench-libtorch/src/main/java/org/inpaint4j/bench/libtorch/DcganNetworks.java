package org.inpaint4j.bench.libtorch;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** A DCGAN of 64 pixels, batch norm folded into its convolutions. */
final class DcganNetworks extends Networks {

  private static final int LAYERS = 5;

  DcganNetworks(TensorFile tensors) {
    super(tensors);
  }

  @Override
  Tensor generate(Tensor z) {
    Tensor x = z;
    for (int i = 0; i < LAYERS; i++) {
      TensorOptional bias = bias("G" + i);
      Tensor weight = tensor("G" + i + ".weight");
      x =
          i == 0
              ? torch.conv_transpose2d(x, weight, bias, ONE, ZERO, ZERO, 1, ONE)
              : torch.conv_transpose2d(x, weight, bias, TWO, ONE, ZERO, 1, ONE);
      x = i < LAYERS - 1 ? torch.relu(x) : torch.tanh(x);
    }
    return x;
  }

  @Override
  Tensor judge(Tensor image) {
    Tensor x = image;
    for (int i = 0; i < LAYERS - 1; i++) {
      TensorOptional bias = bias("D" + i);
      x = torch.conv2d(x, tensor("D" + i + ".weight"), bias, TWO, ONE, ONE, 1);
      x = torch.leaky_relu(x, new Scalar(0.2));
    }
    return torch.conv2d(x, tensor("D4.weight"), bias("D4"), ONE, ZERO, ONE, 1);
  }
}
