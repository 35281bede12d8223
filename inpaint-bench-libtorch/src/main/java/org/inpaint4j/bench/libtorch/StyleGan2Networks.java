package org.inpaint4j.bench.libtorch;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A StyleGAN2, layer by layer as the widely used PyTorch port computes it on a processor for a
 * batch of one: the kernel is multiplied by the style and divided by its norm.
 */
final class StyleGan2Networks extends Networks {

  private static final int MAPPING = 8;
  private static final Scalar LEAK = new Scalar(0.2);
  private static final Scalar GAIN = new Scalar(Math.sqrt(2));

  private final int sizes;

  StyleGan2Networks(TensorFile tensors, int size) {
    super(tensors);
    this.sizes = Integer.numberOfTrailingZeros(size) - 1;
  }

  private static Tensor active(Tensor x) {
    return torch.leaky_relu(x, LEAK).mul(GAIN);
  }

  private Tensor linear(Tensor x, String layer) {
    return torch.linear(x, tensor(layer + ".weight"), bias(layer));
  }

  private Tensor perChannel(String name) {
    return tensor(name).reshape(1, -1, 1, 1);
  }

  @Override
  Tensor generate(Tensor z) {
    Tensor power = z.square().mean(ONE, true, new ScalarTypeOptional());
    Tensor style = z.mul(torch.rsqrt(power.add(new Scalar(1e-8))));
    for (int i = 0; i < MAPPING; i++) {
      style = active(linear(style, "M" + i));
    }
    Tensor x = styled(tensor("input"), 0, style);
    Tensor image = coloured(x, 0, style);
    for (int i = 1; i < 2 * sizes - 1; i++) {
      x = styled(x, i, style);
      if (i % 2 == 0) {
        image = coloured(x, i / 2, style).add(enlarged(image));
      }
    }
    return image;
  }

  private Tensor styled(Tensor x, int index, Tensor style) {
    String layer = "C" + index;
    Tensor grain = tensor("noise" + index).mul(tensor(layer + ".noise"));
    Tensor made = modulated(x, layer, style, index % 2 == 1);
    return active(made.add(grain).add(perChannel(layer + ".bias")));
  }

  private Tensor coloured(Tensor x, int index, Tensor style) {
    String rgb = "R" + index;
    Tensor kernel = tensor(rgb + ".weight").mul(modulation(rgb, style));
    return convolved(x, kernel, ONE, ZERO).add(perChannel(rgb + ".bias"));
  }

  private Tensor modulation(String layer, Tensor style) {
    return linear(style, layer + ".style").reshape(1, -1, 1, 1);
  }

  private Tensor modulated(Tensor x, String layer, Tensor style, boolean enlarges) {
    Tensor kernel = tensor(layer + ".weight").mul(modulation(layer, style));
    long[] taps = {1, 2, 3};
    Tensor norm = kernel.square().sum(taps, true, new ScalarTypeOptional());
    Tensor demodulated = kernel.mul(torch.rsqrt(norm.add(new Scalar(1e-8))));
    if (!enlarges) {
      return convolved(x, demodulated, ONE, ONE);
    }
    TensorOptional none = new TensorOptional();
    Tensor larger =
        torch.conv_transpose2d(x, demodulated.transpose(0, 1), none, TWO, ZERO, ZERO, 1, ONE);
    return filtered(larger, 4, ONE, ONE);
  }

  /** The filter [1, 3, 3, 1] on each channel. */
  private static Tensor filtered(Tensor x, double gain, long[] stride, long[] padding) {
    long channels = x.size(1);
    return torch.conv2d(
        x, kernel(gain, channels), new TensorOptional(), stride, padding, ONE, channels);
  }

  private static Tensor enlarged(Tensor image) {
    return torch.conv_transpose2d(
        image, kernel(4, 3), new TensorOptional(), TWO, ONE, ZERO, 3, ONE);
  }

  private static Tensor kernel(double gain, long channels) {
    float[] line = {0.125f, 0.375f, 0.375f, 0.125f};
    Tensor taps = Tensor.create(line);
    Tensor square = taps.reshape(4, 1).mul(taps.reshape(1, 4)).mul(new Scalar(gain));
    return square.reshape(1, 1, 4, 4).repeat(channels, 1, 1, 1);
  }

  private static Tensor convolved(Tensor x, Tensor kernel, long[] stride, long[] padding) {
    return torch.conv2d(x, kernel, new TensorOptional(), stride, padding, ONE, 1);
  }

  private Tensor layer(Tensor x, String name, long[] stride, long[] padding) {
    return active(torch.conv2d(x, tensor(name + ".weight"), bias(name), stride, padding, ONE, 1));
  }

  @Override
  Tensor judge(Tensor image) {
    Tensor x = layer(image, "from", ONE, ZERO);
    for (int i = 1; i < sizes; i++) {
      String block = "D" + i;
      Tensor one = layer(x, block + ".one", ONE, ONE);
      Tensor two = layer(filtered(one, 1, ONE, TWO), block + ".two", TWO, ZERO);
      Tensor skip = convolved(filtered(x, 1, ONE, ONE), tensor(block + ".skip.weight"), TWO, ZERO);
      x = two.add(skip).div(GAIN);
    }
    // The deviation of one image from itself: sqrt(0 + 1e-8).
    long[] shape = {x.size(0), 1, 4, 4};
    Tensor deviation = torch.full(shape, new Scalar(1e-4f));
    x = layer(torch.cat(new TensorVector(x, deviation), 1), "last", ONE, ONE);
    return linear(active(linear(x.reshape(x.size(0), -1), "dense")), "linear");
  }
}
