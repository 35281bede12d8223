#!/usr/bin/python3
"""Makes the golden file of StyleSearchGoldenTest with PyTorch (Debian's python3-torch, 1.13), in double precision.

    ./make_style_search_golden.py

A search as Poirier-Ginter and Lalonde 2023 do it, in a tiny StyleGAN (tools/stylegan/networks.py): some steps in w, in w+ and in
w++, where each number that a layer makes of a style has a latent vector of its own; each vector moves by a fixed length
against its own gradient. The product keeps one number for each of those vectors, since they move along one line; here they are
whole vectors, moved by autograd.

Writes the weights, what is drawn, the losses before each step and the image of the last point.
"""
import os
import sys

import numpy as np
import torch
from torch.nn import functional as F

HERE = os.path.dirname(os.path.abspath(__file__))
TOOLS = os.path.join(HERE, *['..'] * 7, 'tools')
sys.path[:0] = [os.path.join(TOOLS, 'stylegan'), os.path.join(TOOLS, 'completion')]
from features import write_safetensors  # noqa: E402  tools/completion
from networks import Generator  # noqa: E402  tools/stylegan

CHANNELS, STYLE, SIDE, STEPS, LENGTHS = (5, 4, 3), 6, 16, 4, (.08, .02, .005)


def rounded(t):
    return t.float().double()


def image(g, rows, noise):
    """rows: for each AdaIN a style for each of its numbers [2C, STYLE]."""
    x = None
    styles = iter(rows)

    def adain(layer, x):
        linear = layer.style.linear
        made = (linear.weight() * next(styles)).sum(1) + linear.bias
        gamma, beta = made[None, :, None, None].chunk(2, 1)
        return gamma * F.instance_norm(x) + beta

    for block, n in zip(g.generator.progression, noise):
        x = block.conv1.input if x is None else block.conv1[2](block.conv1[1].enlarged(x))
        x = adain(block.adain1, F.leaky_relu(block.noise1(x, n), .2))
        x = adain(block.adain2, F.leaky_relu(block.noise2(block.conv2(x, 1), n), .2))
    return g.generator.to_rgb[len(CHANNELS) - 1](x)


def main():
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(23)
    g = Generator(CHANNELS, STYLE, 2)
    for p in g.parameters():
        p.data.copy_(rounded(p + .3 * torch.randn(p.shape)))
        p.requires_grad_(False)
    counts = [2 * c for c in CHANNELS for _ in range(2)]
    mean = rounded(torch.randn(STYLE))
    noise = [rounded(torch.randn(1, 1, 4 << i, 4 << i)) for i in range(len(CHANNELS))]
    target = rounded(torch.randn(1, 3, SIDE, SIDE).tanh())
    known = torch.ones(SIDE, SIDE)
    known[5:11, 4:12] = 0
    losses = []
    latents = [mean.clone()]
    for phase, length in enumerate(LENGTHS):
        if phase == 1:
            latents = [latents[0].clone() for _ in counts]
        if phase == 2:
            latents = [w.expand(n, -1).clone() for w, n in zip(latents, counts)]
        for _ in range(STEPS):
            for w in latents:
                w.requires_grad_(True)
            each = latents * len(counts) if phase == 0 else latents
            rows = [w if w.dim() == 2 else w.expand(n, -1) for w, n in zip(each, counts)]
            loss = ((image(g, rows, noise) - target).square() * known).sum()
            losses.append(loss.item())
            gradients = torch.autograd.grad(loss, latents)
            latents = [(w - length * d / d.norm(dim=-1, keepdim=True)).detach() for w, d in zip(latents, gradients)]
    made = image(g, latents, noise)
    print(np.round(losses, 4))
    tensors = {'g_running.' + k: v for k, v in g.state_dict().items()}
    tensors.update(latent_avg=mean, target=target, known=known, losses=torch.tensor(losses), image=made)
    tensors.update({'noise.%d' % i: n for i, n in enumerate(noise)})
    write_safetensors(os.path.join(HERE, 'style-search-golden.safetensors'),
                      {k: v.float().contiguous().numpy() for k, v in tensors.items()}, {})


if __name__ == '__main__':
    main()
