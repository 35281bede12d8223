#!/usr/bin/python3
"""Makes style-faces64-golden.safetensors of StyleFaces64Test with PyTorch (Debian's python3-torch, 1.13), in double precision.

    ./make_style_faces_golden.py        reads the weights that ship, and the networks of tools/stylegan

Latents z, images of truncation 0.7 towards the mean style of the file, logits of each image alone, and two gradients with respect
to z: of sum(t * image), where t has about unit length for each image, and of the paper's prior, sum(log(1 - sigmoid(logit))).
The latents are the first ones, by their seed, whose gradients hardly change when all weights are moved by what float32 rounds:
a leaky ReLU whose argument is within that of 0 may take either slope.
"""
import copy
import os
import sys
import numpy as np
import torch
from torch.nn import functional as F
HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, *['..'] * 7)
sys.path.insert(0, os.path.join(ROOT, 'tools', 'stylegan'))
sys.path.insert(1, os.path.join(ROOT, 'tools', 'completion'))
from features import read_safetensors, state_dict, write_safetensors  # noqa: E402
from networks import Discriminator, Generator  # noqa: E402

COUNT, STEP, PSI = 2, 4, .7


def network(cls, tensors, prefix, *options):
    found = cls(*options)
    found.load_state_dict(state_dict(tensors, prefix, np.float64))
    return found.eval()


def values(g, d, mean, z, t):
    z = z.clone().requires_grad_()
    images = g.truncated(z, [], STEP, None, PSI, mean)
    logits = torch.cat([d(images[i:i + 1], STEP) for i in range(COUNT)])
    of_images, = torch.autograd.grad((t * images).sum(), z, retain_graph=True)
    of_prior, = torch.autograd.grad(-F.softplus(logits).sum(), z)
    return dict(images=images.detach(), logits=logits.detach(), imageGradient=of_images, priorGradient=of_prior)


def nudged(net):
    net = copy.deepcopy(net)
    with torch.no_grad():
        for p in net.parameters():
            p.mul_(1 + 1e-6 * torch.randn_like(p))
    return net


def main():
    torch.set_default_dtype(torch.float64)
    tensors, _ = read_safetensors(os.path.join(ROOT, 'inpaint-faces/src/main/resources/org/inpaint4j/faces/style-faces64.safetensors'))
    channels = [tensors['g_running.generator.to_rgb.%d.conv.weight_orig' % i].shape[1] for i in range(STEP + 1)]
    judge = [tensors['discriminator.from_rgb.%d.0.conv.weight_orig' % i].shape[0] for i in range(STEP, -1, -1)]
    layers = len({k.split('.')[2] for k in tensors if k.startswith('g_running.style.')})
    style = len(tensors['latent_avg'])
    g = network(Generator, tensors, 'g_running.', channels, style, layers)
    d = network(Discriminator, tensors, 'discriminator.', judge)
    mean = torch.from_numpy(tensors['latent_avg'].astype(np.float64))
    for seed in range(500):
        torch.manual_seed(seed)
        z = torch.randn(COUNT, style).float().double()
        t = (torch.randn(COUNT, 3, 64, 64) / (3 * 64 * 64) ** .5).float().double()
        exact = values(g, d, mean, z, t)
        off = max((exact[k] - near[k]).abs().max().item() for near in (values(nudged(g), nudged(d), mean, z, t) for _ in range(6)) for k in exact)
        print(seed, {k: round(v.abs().max().item(), 4) for k, v in exact.items()}, 'off by %.1e' % off)
        if off < 3e-5:
            break
    else:
        raise SystemExit('no smooth point')
    write_safetensors(os.path.join(HERE, 'style-faces64-golden.safetensors'),
                      {k: v.float().numpy() for k, v in dict(exact, z=z, t=t).items()}, dict(seed=seed))


if __name__ == '__main__':
    main()
