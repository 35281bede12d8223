package org.inpaint4j.bench.libtorch;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** A StyleGAN of 256 pixels, layer by layer as the widely used PyTorch port computes it. */
final class StyleGanNetworks extends Networks {

  private static final int BLOCKS = 7;
  private static final int MAPPING = 8;

  /** Blocks from 128 pixels on resample within their convolution. */
  private static final int FUSED = 5;

  private static final Scalar LEAK = new Scalar(0.2);

  StyleGanNetworks(TensorFile tensors) {
    super(tensors);
  }

  @Override
  Tensor generate(Tensor z) {
    Tensor power = z.square().mean(ONE, true, new ScalarTypeOptional());
    Tensor style = z.mul(torch.rsqrt(power.add(new Scalar(1e-8))));
    for (int i = 0; i < MAPPING; i++) {
      style =
          torch.leaky_relu(torch.linear(style, tensor("M" + i + ".weight"), bias("M" + i)), LEAK);
    }
    Tensor x = tensor("G0.input");
    for (int i = 0; i < BLOCKS; i++) {
      if (i > 0) {
        x = enlarged(x, i);
      }
      x = styled(x, i, 1, style);
      x = convolved(x, "G" + i + ".second", ONE, ONE);
      x = styled(x, i, 2, style);
    }
    return convolved(x, "rgb", ONE, ZERO);
  }

  private Tensor enlarged(Tensor x, int block) {
    String layer = "G" + block + ".first";
    Tensor larger;
    if (block < FUSED) {
      long[] size = {4L << block, 4L << block};
      Tensor nearest =
          torch.upsample_nearest2d(x, size, new DoubleOptional(), new DoubleOptional());
      larger = convolved(nearest, layer, ONE, ONE);
    } else {
      larger =
          torch.conv_transpose2d(x, tensor(layer + ".weight"), bias(layer), TWO, ONE, ZERO, 1, ONE);
    }
    return blurred(larger);
  }

  private Tensor styled(Tensor x, int block, int index, Tensor style) {
    String name = "G" + block;
    Tensor grain = tensor("noise" + block).mul(tensor(name + ".noise" + index));
    Tensor active = torch.leaky_relu(x.add(grain), LEAK);
    TensorOptional none = new TensorOptional();
    Tensor normal = torch.instance_norm(active, none, none, none, none, true, 0.1, 1e-5, false);
    String layer = name + ".style" + index;
    Tensor both = torch.linear(style, tensor(layer + ".weight"), bias(layer));
    long channels = x.size(1);
    Tensor gamma = both.narrow(1, 0, channels).reshape(-1, channels, 1, 1);
    Tensor beta = both.narrow(1, channels, channels).reshape(-1, channels, 1, 1);
    return normal.mul(gamma).add(beta);
  }

  @Override
  Tensor judge(Tensor image) {
    Tensor x = convolved(image, "fromRgb", ONE, ZERO);
    for (int i = 0; i < BLOCKS - 1; i++) {
      String block = "D" + i;
      x = blurred(torch.leaky_relu(convolved(x, block + ".first", ONE, ONE), LEAK));
      if (BLOCKS - 1 - i >= FUSED) {
        x = convolved(x, block + ".second", TWO, ONE);
      } else {
        x = convolved(x, block + ".second", ONE, ONE);
        long[] two = {2, 2};
        long[] zero = {0, 0};
        x = torch.avg_pool2d(x, two, two, zero, false, true, new LongOptional());
      }
      x = torch.leaky_relu(x, LEAK);
    }
    // The deviation of one image from itself: sqrt(0 + 1e-8).
    long[] shape = {x.size(0), 1, 4, 4};
    Tensor deviation = torch.full(shape, new Scalar(1e-4f));
    String last = "D" + (BLOCKS - 1);
    x = torch.cat(new TensorVector(x, deviation), 1);
    x = torch.leaky_relu(convolved(x, last + ".first", ONE, ONE), LEAK);
    x = torch.leaky_relu(convolved(x, last + ".second", ONE, ZERO), LEAK);
    return torch.linear(x.reshape(x.size(0), x.size(1)), tensor("linear.weight"), bias("linear"));
  }

  private Tensor convolved(Tensor x, String layer, long[] stride, long[] padding) {
    return torch.conv2d(x, tensor(layer + ".weight"), bias(layer), stride, padding, ONE, 1);
  }

  private Tensor blurred(Tensor x) {
    long channels = x.size(1);
    TensorOptional none = new TensorOptional();
    return torch.conv2d(x, tensor("blur" + channels), none, ONE, ONE, ONE, channels);
  }
}
