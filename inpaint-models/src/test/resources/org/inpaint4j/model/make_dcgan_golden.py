#!/usr/bin/python3
"""Makes the golden files of DcganGoldenTest with PyTorch (Debian's python3-torch, 1.13).

    ./make_dcgan_golden.py PATH/dcgan64-checkpoint.tar PATH/faces64.safetensors

writes beside itself

    dcgan-small.pt, dcgan-small-legacy.pt, dcgan-small.safetensors
        one random DCGAN (latent 6, 4 filters, 32 pixels, colour) in three formats
    dcgan-small-golden.safetensors, checkpoint-golden.safetensors, faces64-golden.safetensors
        latents z, images G(z), logits l = D(G(z)), and two gradients with respect to z:
        of sum(t * G(z)), where t has about unit length for each image, and of the paper's prior
        sum(log(1 - sigmoid(l)))

The layers are those of PyTorch's DCGAN tutorial, written down again here.
"""
import copy
import json
import os
import struct
import sys

import numpy as np
import torch
from torch import nn

HERE = os.path.dirname(os.path.abspath(__file__))


def generator(latent, filters, channels, layers):
    widths = [filters * 2 ** i for i in range(layers - 2, -1, -1)]
    modules = [nn.ConvTranspose2d(latent, widths[0], 4, 1, 0, bias=False),
               nn.BatchNorm2d(widths[0]), nn.ReLU()]
    for a, b in zip(widths, widths[1:]):
        modules += [nn.ConvTranspose2d(a, b, 4, 2, 1, bias=False), nn.BatchNorm2d(b), nn.ReLU()]
    modules += [nn.ConvTranspose2d(widths[-1], channels, 4, 2, 1, bias=False), nn.Tanh()]
    return main(modules)


def discriminator(filters, channels, layers):
    widths = [filters * 2 ** i for i in range(layers - 1)]
    modules = [nn.Conv2d(channels, widths[0], 4, 2, 1, bias=False), nn.LeakyReLU(0.2)]
    for a, b in zip(widths, widths[1:]):
        modules += [nn.Conv2d(a, b, 4, 2, 1, bias=False), nn.BatchNorm2d(b), nn.LeakyReLU(0.2)]
    modules += [nn.Conv2d(widths[-1], 1, 4, 1, 0, bias=False)]  # the logit: no sigmoid
    return main(modules)


def main(modules):
    holder = nn.Module()
    holder.main = nn.Sequential(*modules)
    return holder.eval()


def randomize(network):
    for name, value in network.state_dict().items():
        if name.endswith('running_var'):
            value.copy_(torch.rand_like(value) + 0.5)
        elif name.endswith('num_batches_tracked'):
            value.fill_(7)
        elif value.dim() == 1 and name.endswith('weight'):
            value.copy_(torch.rand_like(value) + 0.5)
        else:
            value.copy_(torch.randn_like(value) * (0.15 if value.dim() > 1 else 0.3))


def golden(g, d, latent, count):
    """At latents where rounding does not matter: elsewhere a ReLU's input is so near to zero that
    the order of a sum decides on its sign, and a gradient jumps by up to 1e-3 for it."""
    while True:
        z = torch.randn(count, latent)
        t = torch.randn((count,) + g.main(z[:1, :, None, None]).shape[1:])
        t /= t[0].numel() ** 0.5
        exact = values(g, d, z, t)
        random = torch.get_rng_state()
        off = 0
        for _ in range(12):
            near = values(nudged(g), nudged(d), z, t)
            off = max([off] + [(exact[k] - near[k]).abs().max().item() for k in exact])
        torch.set_rng_state(random)
        print({k: v.abs().max().item() for k, v in exact.items()}, 'off by', off)
        if off < 2e-5:
            return {'z': z, 't': t, **exact}


def nudged(network):
    """With weights off by what float32 rounds."""
    network = copy.deepcopy(network)
    with torch.no_grad():
        for value in network.parameters():
            value.mul_(1 + 5e-7 * torch.randn_like(value))
    return network


def values(g, d, z, t):
    z = z.detach().requires_grad_()
    images = g.main(z[:, :, None, None])
    logits = d.main(images).reshape(-1)
    of_images, = torch.autograd.grad((t * images).sum(), z, retain_graph=True)
    of_prior, = torch.autograd.grad(-nn.functional.softplus(logits).sum(), z)
    return {'images': images.detach(), 'logits': logits.detach(),
            'imageGradient': of_images, 'priorGradient': of_prior}


def save_safetensors(path, tensors):
    header, data = {}, b''
    for name, value in tensors.items():
        raw = value.detach().contiguous().numpy().astype('<f4').tobytes()
        header[name] = {'dtype': 'F32', 'shape': list(value.shape),
                        'data_offsets': [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    text += b' ' * (-len(text) % 8)
    with open(os.path.join(HERE, path), 'wb') as out:
        out.write(struct.pack('<Q', len(text)) + text + data)


def load_safetensors(path, prefix):
    with open(path, 'rb') as file:
        raw = file.read()
    size = struct.unpack('<Q', raw[:8])[0]
    tensors = {}
    for name, entry in json.loads(raw[8:8 + size]).items():
        if name.startswith(prefix):
            first, end = (8 + size + offset for offset in entry['data_offsets'])
            values = np.frombuffer(raw[first:end], {'F16': '<f2', 'F32': '<f4'}[entry['dtype']])
            tensors[name[len(prefix):]] = torch.tensor(
                values.astype(np.float32).reshape(entry['shape']))
    return tensors


torch.manual_seed(20170717)
torch.set_num_threads(2)
g, d = generator(6, 4, 3, 4), discriminator(4, 3, 4)
with torch.no_grad():
    randomize(g)
    randomize(d)
checkpoint = {'G': {'model_state_dict': g.state_dict()}, 'D': {'model_state_dict': d.state_dict()},
              'epoch': 1, 'iterations': 2, 'G_losses': [0.5, 1.5], 'D_losses': []}
torch.save(checkpoint, os.path.join(HERE, 'dcgan-small.pt'))
torch.save(checkpoint, os.path.join(HERE, 'dcgan-small-legacy.pt'),
           _use_new_zipfile_serialization=False)
save_safetensors('dcgan-small.safetensors', {
    network + '.' + name: value
    for network, module in (('generator', g), ('discriminator', d))
    for name, value in module.state_dict().items() if not name.endswith('num_batches_tracked')})
save_safetensors('dcgan-small-golden.safetensors', golden(g, d, 6, 3))

real = torch.load(sys.argv[1], map_location='cpu')
g, d = generator(100, 64, 3, 5), discriminator(64, 3, 5)
g.load_state_dict(real['G']['model_state_dict'])
d.load_state_dict(real['D']['model_state_dict'])
save_safetensors('checkpoint-golden.safetensors', golden(g, d, 100, 2))
g.load_state_dict(load_safetensors(sys.argv[2], 'generator.'), strict=False)
d.load_state_dict(load_safetensors(sys.argv[2], 'discriminator.'), strict=False)
save_safetensors('faces64-golden.safetensors', golden(g, d, 100, 2))
