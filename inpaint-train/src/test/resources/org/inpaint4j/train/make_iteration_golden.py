#!/usr/bin/python3
"""Makes the golden files of IterationTest with PyTorch (Debian's python3-torch, 1.13).

    ./make_iteration_golden.py

writes beside itself, for a small colour network of 32 pixels and a small gray one of 64,

    iteration-NAME.safetensors
        generator.*, discriminator.*    weights at the start
        z.K, real.K                     the batch of iteration K
        after.K.generator.*, …          weights and running statistics after iteration K
        losses.K                        of real images, of generated images, of the generator

One iteration is that of PyTorch's DCGAN tutorial: the discriminator is updated on a batch of real
and a batch of generated images, then the generator on the same generated images.
"""
import json
import os
import struct

import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits as bce

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
    return holder


def start(network):
    for name, value in network.named_parameters():
        if value.dim() == 4:
            nn.init.normal_(value, 0, 0.05)
        elif name.endswith('weight'):
            nn.init.normal_(value, 1, 0.1)
        else:
            nn.init.normal_(value, 0, 0.1)


def state(network, prefix):
    return {prefix + name: value.clone() for name, value in network.state_dict().items()
            if not name.endswith('num_batches_tracked')}


def save(name, tensors):
    header, data, position = {}, [], 0
    for key, value in tensors.items():
        raw = value.detach().to(torch.float32).contiguous().numpy().astype('<f4').tobytes()
        header[key] = {'dtype': 'F32', 'shape': list(value.shape),
                       'data_offsets': [position, position + len(raw)]}
        data.append(raw)
        position += len(raw)
    text = json.dumps(header).encode()
    text += b' ' * (-len(text) % 8)
    with open(os.path.join(HERE, name), 'wb') as file:
        file.write(struct.pack('<Q', len(text)) + text + b''.join(data))


def golden(name, latent, filters, channels, size, batch, iterations):
    torch.manual_seed(7)
    torch.set_default_dtype(torch.float64)  # what float32 should come close to
    layers = size.bit_length() - 2
    g, d = generator(latent, filters, channels, layers), discriminator(filters, channels, layers)
    start(g)
    start(d)
    # The numbers in the file are float32: start from exactly these.
    for network in (g, d):
        for value in network.state_dict().values():
            if value.is_floating_point():
                value.copy_(value.float().double())
    tensors = {**state(g, 'generator.'), **state(d, 'discriminator.')}
    adam_g = torch.optim.Adam(g.parameters(), lr=2e-4, betas=(0.5, 0.999))
    adam_d = torch.optim.Adam(d.parameters(), lr=2e-4, betas=(0.5, 0.999))
    for k in range(iterations):
        z = torch.randn(batch, latent).float().double()
        real = torch.tanh(torch.randn(batch, channels, size, size)).float().double()
        images = g.main(z[:, :, None, None])
        adam_d.zero_grad()
        logits = d.main(real).view(-1)
        loss_real = bce(logits, torch.ones_like(logits))
        loss_real.backward()
        logits = d.main(images.detach()).view(-1)
        loss_generated = bce(logits, torch.zeros_like(logits))
        loss_generated.backward()
        adam_d.step()
        adam_g.zero_grad()
        logits = d.main(images).view(-1)
        loss_generator = bce(logits, torch.ones_like(logits))
        loss_generator.backward()
        adam_g.step()
        tensors['z.%d' % k] = z
        tensors['real.%d' % k] = real
        tensors['losses.%d' % k] = torch.stack([loss_real, loss_generated, loss_generator])
        tensors.update(state(g, 'after.%d.generator.' % k))
        tensors.update(state(d, 'after.%d.discriminator.' % k))
    save('iteration-%s.safetensors' % name, tensors)


golden('colour32', 5, 3, 3, 32, 4, 2)
golden('gray64', 6, 2, 1, 64, 3, 2)
