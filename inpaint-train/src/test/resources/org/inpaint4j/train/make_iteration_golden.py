#!/usr/bin/python3
"""Makes the golden files of IterationTest with PyTorch (Debian's python3-torch, 1.13).

    ./make_iteration_golden.py

writes beside itself, for a small colour network of 32 pixels, a small gray one of 64, one of 32
pixels whose generator is also to give back what an encoder has found latents for, and one of 32
pixels with the Wasserstein loss,

    iteration-NAME.safetensors
        generator.*, discriminator.*    weights at the start
        z.K, real.K                     the batch of iteration K
        after.K.generator.*, …          weights and running statistics after iteration K
        encoder.*, after.K.encoder.*    of the one with an encoder; its last kernel is [C, 4, 4, latent]
        shift.K, mixture.K              of the one with the Wasserstein loss: the noise of its penalty,
                                        and the share of generated images in the points it is at
        losses.K                        of real images, of generated images, of the generator, and
                                        the mean absolute difference of images that are given back,
                                        or the penalty
        calibrated.main.1.running_mean, …  statistics of the generator at the start over all batches z
        applied.images                  of that generator and those statistics, for z.0
        applied.logits                  of real.0, by the discriminator and its running statistics
                                        after all iterations

One iteration is that of PyTorch's DCGAN tutorial: the discriminator is updated on a batch of real
and a batch of generated images, then the generator on the same generated images. With an encoder E
the generator's gradient has a part of |G(E(x)) - x| added, a part that grows over 500 iterations;
there G applies the batch norm statistics that its generated images have, as constants, and the
codes of a batch have mean 0 and variance 1.

With the Wasserstein loss D has instance norm, and the penalty of its gradient is the estimate by
finite differences: with s the change of D under noise of deviation 0.01, over 0.01, the mean of
s^2 - sqrt(2 pi) |s| + 1, times 10.
"""
import json
import math
import os
import struct

import torch
from torch import nn
from torch.nn.functional import batch_norm
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


def discriminator(filters, channels, layers, outputs=1, norm=nn.BatchNorm2d):
    widths = [filters * 2 ** i for i in range(layers - 1)]
    modules = [nn.Conv2d(channels, widths[0], 4, 2, 1, bias=False), nn.LeakyReLU(0.2)]
    for a, b in zip(widths, widths[1:]):
        modules += [nn.Conv2d(a, b, 4, 2, 1, bias=False), norm(b), nn.LeakyReLU(0.2)]
    modules += [nn.Conv2d(widths[-1], outputs, 4, 1, 0, bias=False)]  # the logit: no sigmoid
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


def state_of_encoder(network, prefix):
    tensors = state(network, prefix)
    last = [name for name in tensors if name.endswith('.weight')][-1]
    tensors[last] = tensors[last].permute(1, 2, 3, 0)
    return tensors


def reconstruct(g, e, z, real):
    """|G(E(x)) - x|, with the statistics of the images of z in G's batch norm."""
    x = batch_norm(e.main(real).flatten(1), None, None, training=True)[:, :, None, None]
    of_z = z[:, :, None, None]
    for module in g.main:
        if isinstance(module, nn.BatchNorm2d):
            mean = of_z.mean((0, 2, 3)).detach()
            variance = of_z.var((0, 2, 3), unbiased=False).detach()
            x = batch_norm(x, mean, variance, module.weight, module.bias)
            of_z = batch_norm(of_z, mean, variance, module.weight, module.bias)
        else:
            x = module(x)
            of_z = module(of_z)
    return (x - real).abs().mean()


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


def penalty(d, points, shift):
    slope = (d.main(points + .01 * shift) - d.main(points)) / .01
    return (slope.square() - math.sqrt(2 * math.pi) * slope.abs() + 1).mean()


def golden(name, latent, filters, channels, size, batch, iterations, reconstruction=0, wasserstein=0):
    torch.manual_seed(7)
    torch.set_default_dtype(torch.float64)  # what float32 should come close to
    layers = size.bit_length() - 2
    norm = (lambda c: nn.InstanceNorm2d(c, affine=True)) if wasserstein else nn.BatchNorm2d
    g = generator(latent, filters, channels, layers)
    d = discriminator(filters, channels, layers, norm=norm)
    start(g)
    start(d)
    encoded = reconstruction > 0
    e = discriminator((filters + 1) // 2, channels, layers, latent) if encoded else main([])
    start(e)
    for module in e.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.momentum = 0.0  # its running statistics are of no use
    # The numbers in the file are float32: start from exactly these.
    for network in (g, d, e):
        for value in network.state_dict().values():
            if value.is_floating_point():
                value.copy_(value.float().double())
    tensors = {**state(g, 'generator.'), **state(d, 'discriminator.')}
    if encoded:
        tensors.update(state_of_encoder(e, 'encoder.'))
        adam_e = torch.optim.Adam(e.parameters(), lr=2e-4, betas=(0.5, 0.999))
    start_of_g = {name: value.clone() for name, value in g.state_dict().items()}
    adam_g = torch.optim.Adam(g.parameters(), lr=2e-4, betas=(0.5, 0.999))
    adam_d = torch.optim.Adam(d.parameters(), lr=2e-4, betas=(0.5, 0.999))
    for k in range(iterations):
        z = torch.randn(batch, latent).float().double()
        real = torch.tanh(torch.randn(batch, channels, size, size)).float().double()
        images = g.main(z[:, :, None, None])
        adam_d.zero_grad()
        logits = d.main(real).view(-1)
        loss_real = (.001 * logits.square() - logits).mean() if wasserstein else bce(logits, torch.ones_like(logits))
        loss_real.backward()
        logits = d.main(images.detach()).view(-1)
        loss_generated = logits.mean() if wasserstein else bce(logits, torch.zeros_like(logits))
        loss_generated.backward()
        if wasserstein:
            shift = torch.randn(real.shape).float().double()
            mixture = torch.rand(batch).float().double()
            excess = penalty(d, torch.lerp(real, images.detach(), mixture[:, None, None, None]), shift)
            (wasserstein * excess).backward()
            tensors.update({'shift.%d' % k: shift, 'mixture.%d' % k: mixture})
        adam_d.step()
        adam_g.zero_grad()
        logits = d.main(images).view(-1)
        loss_generator = -logits.mean() if wasserstein else bce(logits, torch.ones_like(logits))
        loss_generator.backward()
        losses = [loss_real, loss_generated, loss_generator] + ([excess] if wasserstein else [])
        if encoded:
            adam_e.zero_grad()
            difference = reconstruct(g, e, z, real)
            parameters = list(g.parameters())
            part = reconstruction * min(1, (k + 1) / 500)
            for value, gradient in zip(parameters, torch.autograd.grad(
                    difference, parameters, retain_graph=True)):
                value.grad += part * gradient
            for value, gradient in zip(e.parameters(), torch.autograd.grad(
                    difference, list(e.parameters()))):
                value.grad = gradient
            adam_e.step()
            losses.append(difference)
            tensors.update(state_of_encoder(e, 'after.%d.encoder.' % k))
        adam_g.step()
        tensors['z.%d' % k] = z
        tensors['real.%d' % k] = real
        tensors['losses.%d' % k] = torch.stack(losses)
        tensors.update(state(g, 'after.%d.generator.' % k))
        tensors.update(state(d, 'after.%d.discriminator.' % k))
    g.load_state_dict(start_of_g)
    for module in g.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.reset_running_stats()
            module.momentum = None  # the mean over all batches
    with torch.no_grad():
        for k in range(iterations):
            g.main(tensors['z.%d' % k][:, :, None, None])
    tensors.update({'calibrated.' + name: value.clone() for name, value in g.state_dict().items()
                    if 'running' in name})
    g.eval()
    d.eval()
    with torch.no_grad():
        tensors['applied.images'] = g.main(tensors['z.0'][:, :, None, None])
        tensors['applied.logits'] = d.main(tensors['real.0']).view(-1)
    save('iteration-%s.safetensors' % name, tensors)


if __name__ == '__main__':
    golden('colour32', 5, 3, 3, 32, 4, 2)
    golden('gray64', 6, 2, 1, 64, 3, 2)
    golden('encoded32', 5, 3, 3, 32, 4, 2, 50_000)
    golden('wasserstein32', 5, 3, 3, 32, 4, 2, wasserstein=10)
