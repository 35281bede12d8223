#!/usr/bin/python3
"""Makes the golden file of NoiseLossTest with PyTorch (Debian's python3-torch, 1.13), in double.

    ./make_noise_golden.py

The regulariser is the one of Karras et al. 2020, appendix D: autocorrelations by one pixel, of each
map and its 2x2 means down to 8 pixels; and mean and mean square of each map. Latents are hashed, as
in HashedWeights.java.
"""
import json
import os
import struct

import numpy as np
import torch

HERE = os.path.dirname(os.path.abspath(__file__))
START = 3
SIZE = START + 16 + 64 + 256


def hashed(name, count):
    """Uniform numbers of mean 0 and variance 1."""
    seed = 2166136261
    for byte in name.encode():
        seed = (seed ^ byte) * 16777619 & 0xffffffff
    with np.errstate(over='ignore'):
        x = np.arange(count, dtype=np.uint32) * np.uint32(0x9e3779b9) + np.uint32(seed)
        x = (x ^ x >> np.uint32(16)) * np.uint32(0x85ebca6b)
        x = (x ^ x >> np.uint32(13)) * np.uint32(0xc2b2ae35)
        x = x ^ x >> np.uint32(16)
    unit = (x >> np.uint32(8)).astype(np.float64) / 2 ** 24
    return torch.from_numpy(((2 * unit - 1) * 3 ** 0.5).astype(np.float32)).double()


def loss(latent):
    total = 0
    start = START
    for side in (4, 8, 16):
        noise = latent[start:start + side * side].reshape(1, 1, side, side)
        start += side * side
        total = total + noise.mean() ** 2 + (noise.pow(2).mean() - 1) ** 2
        while True:
            total = total + (noise * torch.roll(noise, 1, 2)).mean() ** 2
            total = total + (noise * torch.roll(noise, 1, 3)).mean() ** 2
            if noise.shape[2] <= 8:
                break
            noise = torch.nn.functional.avg_pool2d(noise, 2)
    return 2 * total


latents = hashed('noise loss', 2 * SIZE).reshape(2, SIZE).requires_grad_()
losses = torch.stack([loss(row) for row in latents])
losses.sum().backward()
arrays = {'loss': losses.detach(), 'gradient': latents.grad.reshape(-1)}
header, data = {}, b''
for name, value in arrays.items():
    raw = value.numpy().astype('<f4').tobytes()
    header[name] = {'dtype': 'F32', 'shape': list(value.shape),
                    'data_offsets': [len(data), len(data) + len(raw)]}
    data += raw
text = json.dumps(header).encode()
text += b' ' * (-len(text) % 8)
with open(os.path.join(HERE, 'noise-golden.safetensors'), 'wb') as out:
    out.write(struct.pack('<Q', len(text)) + text + data)
print(losses)
