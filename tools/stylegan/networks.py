"""Generator and discriminator of a StyleGAN (Karras et al. 2019), with the modules and tensor names of the port
rosinality/style-based-gan-pytorch, of any size and any channels.

Two things are computed in another way than written there, with the same result: enlarging by repeated pixels and a 3x3
convolution are one 2x2 convolution for each of the four places of a pixel, and a 3x3 convolution and 2x2 means are one 4x4
convolution of stride 2. Each takes 4 products where 9 are written.
"""
import math
import torch
from torch import nn
from torch.nn import functional as F


class Equal(nn.Module):
    """weight_orig is N(0, 1) at the start; what is used is weight_orig * sqrt(2 / fan-in) (Karras et al. 2018)."""

    def __init__(self, *shape):
        super().__init__()
        self.bias = nn.Parameter(torch.zeros(shape[0]))
        self.weight_orig = nn.Parameter(torch.randn(shape))
        self.scale = math.sqrt(2 / math.prod(shape[1:]))

    def weight(self):
        return self.weight_orig * self.scale


class EqualConv2d(nn.Module):
    def __init__(self, inputs, outputs, kernel):
        super().__init__()
        self.conv = Equal(outputs, inputs, kernel, kernel)

    def forward(self, x, padding=0):
        return F.conv2d(x, self.conv.weight(), self.conv.bias, padding=padding)

    def enlarged(self, x):
        """The 3x3 convolution, padding 1, of x with each pixel repeated twice both ways."""
        def halves(w, axis):
            a, b, c = w.unbind(axis)
            return torch.stack([a, b + c], axis), torch.stack([a + b, c], axis)
        w = torch.cat([k for rows in halves(self.conv.weight(), 2) for k in halves(rows, 3)])
        o, s = len(self.conv.bias), x.shape[-1]
        y = F.conv2d(x, w, self.conv.bias.repeat(4), padding=1)
        p = [y[:, i * o:(i + 1) * o, i // 2:i // 2 + s, i % 2:i % 2 + s] for i in range(4)]
        return torch.stack([torch.stack(p[:2], -1), torch.stack(p[2:], -1)], -3).reshape(len(x), o, 2 * s, 2 * s)

    def halved(self, x):
        """Means over 2x2 pixels of the 3x3 convolution, padding 1."""
        return F.conv2d(x, F.avg_pool2d(self.conv.weight(), 2, 1, 1), self.conv.bias, stride=2, padding=1)


class EqualLinear(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.linear = Equal(outputs, inputs)

    def forward(self, x):
        return F.linear(x, self.linear.weight(), self.linear.bias)


class Blur(nn.Module):
    def __init__(self, channels):
        super().__init__()
        line = torch.tensor([1., 2., 1.]) / 4
        kernel = (line[:, None] * line).expand(channels, 1, 3, 3).clone()
        self.register_buffer('weight', kernel)
        self.register_buffer('weight_flip', kernel.clone())

    def forward(self, x):
        if x.is_cuda:  # where a convolution of each channel by itself is slow
            x = F.pad(x, (1, 1, 1, 1))
            x = (x[:, :, :-2] + x[:, :, 2:]) / 4 + x[:, :, 1:-1] / 2
            return (x[..., :-2] + x[..., 2:]) / 4 + x[..., 1:-1] / 2
        return F.conv2d(x, self.weight, padding=1, groups=len(self.weight))


class PixelNorm(nn.Module):
    def forward(self, z):
        return z / (z.square().mean(1, keepdim=True) + 1e-8).sqrt()


class ConstantInput(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.input = nn.Parameter(torch.randn(1, channels, 4, 4))


class Noise(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.weight_orig = nn.Parameter(torch.zeros(1, channels, 1, 1))
        self.scale = math.sqrt(2 / channels)

    def forward(self, x, noise):
        return x if noise is None else x + self.weight_orig * self.scale * noise


class AdaptiveInstanceNorm(nn.Module):
    def __init__(self, channels, style):
        super().__init__()
        self.style = EqualLinear(style, 2 * channels)
        self.style.linear.bias.data[:channels] = 1

    def forward(self, x, w):
        gamma, beta = self.style(w)[:, :, None, None].chunk(2, 1)
        return gamma * F.instance_norm(x) + beta


class StyledBlock(nn.Module):
    def __init__(self, inputs, outputs, style, first):
        super().__init__()
        self.conv1 = (ConstantInput(outputs) if first
                      else nn.Sequential(nn.Identity(), EqualConv2d(inputs, outputs, 3), Blur(outputs)))
        self.noise1, self.adain1 = Noise(outputs), AdaptiveInstanceNorm(outputs, style)
        self.conv2 = EqualConv2d(outputs, outputs, 3)
        self.noise2, self.adain2 = Noise(outputs), AdaptiveInstanceNorm(outputs, style)

    def forward(self, x, w, noise):
        x = (self.conv1.input.expand(len(w), -1, -1, -1) if x is None
             else self.conv1[2](self.conv1[1].enlarged(x)))
        x = self.adain1(F.leaky_relu(self.noise1(x, noise), .2), w)
        x = self.conv2(x, 1)
        return self.adain2(F.leaky_relu(self.noise2(x, noise), .2), w)


class Synthesis(nn.Module):
    def __init__(self, channels, style):
        super().__init__()
        self.progression = nn.ModuleList(
            StyledBlock(channels[max(0, i - 1)], c, style, i == 0) for i, c in enumerate(channels))
        self.to_rgb = nn.ModuleList(EqualConv2d(c, 3, 1) for c in channels)


class Generator(nn.Module):
    """channels: of the maps of 4, 8, 16 ... pixels. style: numbers of z and of w."""

    def __init__(self, channels, style, layers=8):
        super().__init__()
        self.generator = Synthesis(channels, style)
        self.style = nn.Sequential(PixelNorm(), *(
            m for _ in range(layers) for m in (EqualLinear(style, style), nn.LeakyReLU(.2))))

    def forward(self, z, noise, step, alpha=None, crossover=None):
        """z [N, style], or [2N, style] with a crossover [N]: the blocks from there on have the second style of an image.
        noise: a map [N, 1, side, side] for each block, or nothing for none. alpha: the share of the last block while it fades in."""
        return self.images(self.style(z), noise, step, alpha, crossover)

    def images(self, w, noise, step, alpha=None, crossover=None):
        """The same of styles w, of the shape of z."""
        x = before = None
        for i in range(step + 1):
            style = w
            if crossover is not None:
                one, two = w.chunk(2)
                style = torch.where((i >= crossover)[:, None], two, one)
            before, x = x, self.generator.progression[i](x, style, noise[i] if noise else None)
        images = self.generator.to_rgb[step](x)
        if alpha is not None:
            old = self.generator.to_rgb[step - 1](before)
            images = torch.lerp(F.interpolate(old, scale_factor=2), images, alpha.to(images.dtype))
        return images

    def mean_style(self, count=10000, seed=0):
        with torch.no_grad():
            weight = self.style[1].linear.weight_orig
            z = torch.randn(count, weight.shape[1], generator=torch.Generator().manual_seed(seed))
            return self.style(z.to(weight.device)).mean(0)

    def truncated(self, z, noise, step, alpha, psi, mean):
        """Images of styles that are moved towards the mean."""
        return self.images(torch.lerp(mean, self.style(z), psi), noise, step, alpha)


class HalvingBlock(nn.Module):
    def __init__(self, inputs, outputs, last):
        super().__init__()
        leak = nn.LeakyReLU(.2)
        self.conv1 = nn.Sequential(EqualConv2d(inputs, outputs, 3), leak)
        self.conv2 = nn.Sequential(*([EqualConv2d(outputs, outputs, 4), leak] if last
                                     else [Blur(outputs), EqualConv2d(outputs, outputs, 3), nn.Identity(), leak]))

    def forward(self, x):
        x = F.leaky_relu(self.conv1[0](x, 1), .2)
        x = self.conv2[0](x) if len(self.conv2) == 2 else self.conv2[1].halved(self.conv2[0](x))
        return F.leaky_relu(x, .2)


class Discriminator(nn.Module):
    """channels: of the maps of 4, 8, 16 ... pixels. The first block is that of the largest images."""

    def __init__(self, channels):
        super().__init__()
        down = channels[::-1]
        blocks = [HalvingBlock(a, b, False) for a, b in zip(down, down[1:])]
        self.progression = nn.ModuleList(blocks + [HalvingBlock(channels[0] + 1, channels[0], True)])
        self.from_rgb = nn.ModuleList(nn.Sequential(EqualConv2d(3, c, 1), nn.LeakyReLU(.2)) for c in down)
        self.linear = EqualLinear(channels[0], 1)

    def forward(self, images, step, alpha=None):
        """[N] logits."""
        last = len(self.progression) - 1
        x = self.from_rgb[last - step](images)
        for i in range(step, 0, -1):
            x = self.progression[last - i](x)
            if i == step and alpha is not None:
                x = torch.lerp(self.from_rgb[last - i + 1](F.avg_pool2d(images, 2)), x, alpha.to(x.dtype))
        deviation = (x.var(0, unbiased=False) + 1e-8).sqrt().mean()
        x = torch.cat([x, deviation.expand(len(x), 1, 4, 4)], 1)
        return self.linear(self.progression[last](x).flatten(1)).flatten()
