#!/usr/bin/python3
"""Makes the golden files of CompletionTest with PyTorch (Debian's python3-torch, 1.13).

    ./make_completion_golden.py

writes beside itself completion-small.safetensors: random weights of a network of two stages, 16 and 32 pixels, and
completion-small-golden.safetensors: known pixels k, masks m, latents z and the images of both stages; the same in
completion-mirrored*.safetensors for a network that sees its input mirrored as well, and in completion-both-ways*.safetensors for
one whose second stage is shown the mean of the first stage's answers to a picture and to its mirror image.

    ./make_completion_golden.py WEIGHTS.safetensors GOLDEN.safetensors

the same for weights as they ship. The layers are those of tools/completion/networks.py, written down again here with
PyTorch's own transposed convolution and bilinear enlargement.
"""
import json
import os
import struct
import sys

import numpy as np
import torch
from torch.nn import functional as F

HERE = os.path.dirname(os.path.abspath(__file__))


def norm(w, name, x):
    return F.batch_norm(x, w[name + '.running_mean'], w[name + '.running_var'], w[name + '.weight'], w[name + '.bias'],
                        False, 0, 1e-5)


def down(w, x):
    skips = []
    while 'down.%d.weight' % len(skips) in w:
        i = len(skips)
        x = F.conv2d(x, w['down.%d.weight' % i], w.get('down.%d.bias' % i), 2, 1)
        x = F.leaky_relu(norm(w, 'down_norm.%d' % i, x) if i else x, 0.2)
        skips.append(x)
    return skips


def planes(w, k, m, more=0):
    x = torch.cat([k, m], 1)
    return torch.cat([x, x.flip(3)], 1) if w['down.0.weight'].shape[1] == 8 + more else x


def first(w, k, m, z):
    x = planes(w, k, m)
    skips = down(w, x)
    t = F.leaky_relu(F.conv2d(skips[-1], w['bottleneck.weight'], w['bottleneck.bias']), 0.2)
    t = F.conv_transpose2d(torch.cat([t, z[:, :, None, None]], 1), w['up.0.weight'])
    t = F.relu(norm(w, 'up_norm.0', t))
    for i in range(1, len(skips) + 1):
        t = F.conv_transpose2d(torch.cat([t, skips[-i]], 1), w['up.%d.weight' % i], None, 2, 1)
        t = F.relu(norm(w, 'up_norm.%d' % i, t))
    return torch.tanh(F.conv2d(torch.cat([t, x], 1), w['last.weight'], w['last.bias'], 1, 1))


def second(w, k, m, coarse):
    skips = down(w, torch.cat([planes(w, k, m, 3), coarse], 1))
    t = skips[-1]
    for i in range(len(skips) - 1):
        t = F.conv_transpose2d(t, w['up.%d.weight' % i], None, 2, 1)
        t = torch.cat([F.relu(norm(w, 'up_norm.%d' % i, t)), skips[-2 - i]], 1)
    t = F.relu(norm(w, 'middle_norm', F.conv2d(t, w['middle.weight'], None, 1, 1)))
    return coarse + F.conv_transpose2d(t, w['last.weight'], None, 2, 1)


def both(w, k, m, z):
    share = F.avg_pool2d(m, 2)
    small = (share >= .5).float()
    mean = F.avg_pool2d(k, 2) / share.clamp(min=.25) * small
    coarse = first(under(w, 'first.'), mean, small, z)
    if 'both_ways' in w:
        coarse = (coarse + first(under(w, 'first.'), mean.flip(3), small.flip(3), z).flip(3)) / 2
    coarse = F.interpolate(coarse, scale_factor=2, mode='bilinear', align_corners=False)
    return second(under(w, 'refiner.'), k, m, coarse)


def under(w, prefix):
    return {k[len(prefix):]: v for k, v in w.items() if k.startswith(prefix)}


def random_weights(planes):
    w = {}

    def layer(name, shape, bias=0, batch_norm=None):
        w[name + '.weight'] = torch.randn(shape) * (2 / np.prod(shape) * max(shape[:2])) ** .5
        if bias:
            w[name + '.bias'] = torch.randn(bias) * .3
        if batch_norm:
            other, n = batch_norm
            w[other + '.weight'], w[other + '.bias'] = torch.rand(n) + .5, torch.randn(n) * .3
            w[other + '.running_mean'], w[other + '.running_var'] = torch.randn(n) * .3, torch.rand(n) + .5

    f, r = 'first.', 'refiner.'
    layer(f + 'down.0', (4, planes, 4, 4), 4)
    layer(f + 'down.1', (6, 4, 4, 4), 0, (f + 'down_norm.1', 6))
    layer(f + 'bottleneck', (7, 6, 4, 4), 7)
    layer(f + 'up.0', (7 + 3, 6, 4, 4), 0, (f + 'up_norm.0', 6))
    layer(f + 'up.1', (12, 5, 4, 4), 0, (f + 'up_norm.1', 5))
    layer(f + 'up.2', (9, 4, 4, 4), 0, (f + 'up_norm.2', 4))
    layer(f + 'last', (3, 4 + planes, 3, 3), 3)
    layer(r + 'down.0', (4, planes + 3, 4, 4), 4)
    layer(r + 'down.1', (6, 4, 4, 4), 0, (r + 'down_norm.1', 6))
    layer(r + 'down.2', (8, 6, 4, 4), 0, (r + 'down_norm.2', 8))
    layer(r + 'up.0', (8, 5, 4, 4), 0, (r + 'up_norm.0', 5))
    layer(r + 'up.1', (11, 6, 4, 4), 0, (r + 'up_norm.1', 6))
    layer(r + 'middle', (5, 10, 3, 3), 0, (r + 'middle_norm', 5))
    layer(r + 'last', (5, 3, 4, 4))
    return w


def inputs(size, count, latent):
    """Smooth random pictures, and a hole of a box and of scattered pixels each."""
    k = F.interpolate(torch.randn(count, 3, 6, 6), (size, size), mode='bicubic', align_corners=False).tanh()
    m = (torch.rand(count, 1, size, size) > .1).float()
    for n in range(count):
        y, x = (int(t) for t in torch.randint(0, size // 2, (2,)))
        m[n, :, y:y + size // 3, x:x + size // 2 - 1] = 0
    return k * m, m, torch.randn(count, latent)


def save_safetensors(path, tensors, half=()):
    header, data = {}, b''
    for name, value in tensors.items():
        kind, dtype = ('F16', '<f2') if name in half else ('F32', '<f4')
        raw = value.detach().contiguous().numpy().astype(dtype).tobytes()
        header[name] = {'dtype': kind, 'shape': list(value.shape), 'data_offsets': [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    text += b' ' * (-len(text) % 8)
    with open(path, 'wb') as out:
        out.write(struct.pack('<Q', len(text)) + text + data)


def load_safetensors(path):
    with open(path, 'rb') as file:
        raw = file.read()
    size = struct.unpack('<Q', raw[:8])[0]
    tensors = {}
    for name, entry in json.loads(raw[8:8 + size]).items():
        if name != '__metadata__':
            a, b = (8 + size + offset for offset in entry['data_offsets'])
            values = np.frombuffer(raw[a:b], {'F16': '<f2', 'F32': '<f4'}[entry['dtype']])
            tensors[name] = torch.tensor(values.astype(np.float32).reshape(entry['shape']))
    return tensors


torch.manual_seed(20160612)
torch.set_num_threads(1)
if len(sys.argv) == 3:
    w = load_safetensors(sys.argv[1])
    two = 'first.down.0.weight' in w
    k, m, z = inputs(128 if two else 64, 1, 16)
    # What float16 holds as it is: the file is smaller so.
    k = (k * 128).round() / 128
    image = both(w, k, m, z) if two else first(w, k, m, z)
    save_safetensors(sys.argv[2], {'k': k, 'm': m, 'z': z, 'image': image}, half=('k', 'm'))
else:
    for name, planes_seen in (('small', 4), ('mirrored', 8), ('both-ways', 8)):
        w = random_weights(planes_seen)
        if name == 'both-ways':
            w['both_ways'] = torch.ones(1)
        save_safetensors(os.path.join(HERE, 'completion-%s.safetensors' % name), w)
        k1, m1, z1 = inputs(16, 2, 3)
        k2, m2, z2 = inputs(32, 2, 3)
        save_safetensors(os.path.join(HERE, 'completion-%s-golden.safetensors' % name), {
            'first.k': k1, 'first.m': m1, 'first.z': z1, 'first.image': first(under(w, 'first.'), k1, m1, z1),
            'both.k': k2, 'both.m': m2, 'both.z': z2, 'both.image': both(w, k2, m2, z2)})
