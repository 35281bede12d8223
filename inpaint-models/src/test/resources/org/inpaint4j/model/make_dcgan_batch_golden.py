#!/usr/bin/python3
"""Makes the golden files of DcganGoldenTest for batch norm in training mode, with PyTorch.

    ./make_dcgan_batch_golden.py

takes the networks of dcgan-small.pt, in training mode, and writes beside itself

    dcgan-small-batch-golden.safetensors    three latents in one batch
    dcgan-small-image-golden.safetensors    the same three, each a batch of its own

with the arrays that make_dcgan_golden.py describes.
"""
import json
import os
import struct

import torch
from torch import nn

HERE = os.path.dirname(os.path.abspath(__file__))


def main(*modules):
    holder = nn.Module()
    holder.main = nn.Sequential(*modules)
    return holder.train()


def up(a, b, *geometry):
    return [nn.ConvTranspose2d(a, b, *geometry, bias=False), nn.BatchNorm2d(b), nn.ReLU()]


def down(a, b):
    return [nn.Conv2d(a, b, 4, 2, 1, bias=False), nn.BatchNorm2d(b), nn.LeakyReLU(0.2)]


def networks():
    g = main(*up(6, 16, 4, 1, 0), *up(16, 8, 4, 2, 1), *up(8, 4, 4, 2, 1),
             nn.ConvTranspose2d(4, 3, 4, 2, 1, bias=False), nn.Tanh())
    d = main(nn.Conv2d(3, 4, 4, 2, 1, bias=False), nn.LeakyReLU(0.2), *down(4, 8), *down(8, 16),
             nn.Conv2d(16, 1, 4, 1, 0, bias=False))
    saved = torch.load(os.path.join(HERE, 'dcgan-small.pt'))
    g.load_state_dict(saved['G']['model_state_dict'])
    d.load_state_dict(saved['D']['model_state_dict'])
    return g, d


def values(g, d, z, t):
    z = z.detach().requires_grad_()
    images = g.main(z[:, :, None, None])
    logits = d.main(images).reshape(-1)
    of_images, = torch.autograd.grad((t * images).sum(), z, retain_graph=True)
    of_prior, = torch.autograd.grad(-nn.functional.softplus(logits).sum(), z)
    return {'images': images.detach(), 'logits': logits.detach(),
            'imageGradient': of_images, 'priorGradient': of_prior}


def alone(g, d, z, t):
    parts = [values(g, d, z[i:i + 1], t[i:i + 1]) for i in range(len(z))]
    return {name: torch.cat([part[name] for part in parts]) for name in parts[0]}


def golden(compute):
    """At latents where float32 and float64 agree: elsewhere a ReLU may be on its other side."""
    while True:
        z, t = torch.randn(3, 6), torch.randn(3, 3, 32, 32)
        t /= t[0].numel() ** 0.5
        single = compute(*networks(), z, t)
        double = compute(*(network.double() for network in networks()), z.double(), t.double())
        off = max((single[name] - double[name]).abs().max().item() for name in double)
        print('off by', off)
        if off < 1e-5:
            return {'z': z, 't': t, **{name: value.float() for name, value in double.items()}}


def save(path, tensors):
    header, data = {}, b''
    for name, value in tensors.items():
        raw = value.contiguous().numpy().astype('<f4').tobytes()
        header[name] = {'dtype': 'F32', 'shape': list(value.shape),
                        'data_offsets': [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    text += b' ' * (-len(text) % 8)
    with open(os.path.join(HERE, path), 'wb') as out:
        out.write(struct.pack('<Q', len(text)) + text + data)


torch.manual_seed(22)
save('dcgan-small-batch-golden.safetensors', golden(values))
save('dcgan-small-image-golden.safetensors', golden(alone))
