#!/usr/bin/python3
"""Makes the golden files of StyleGanGoldenTest with PyTorch (Debian's python3-torch, 1.13).

    ./make_stylegan_golden.py CHECKOUT

CHECKOUT is a folder with model.py of rosinality/style-based-gan-pytorch: the oracle is that port's
own code, none of which is part of this project.

Networks of 64 and 256 pixels have fewer channels than those of the paper (the port's blocks, put
together narrower), so that the tests are fast; the one of 8 pixels has all 512.

Everything is computed in double precision, at points where the gradient is smooth: a leaky ReLU
whose argument is within rounding of 0 may take either slope, and then even PyTorch's own float32
gradients are 1 % off its float64 ones. So inputs are numbered, and the first is taken whose
gradients hardly change when it is moved by 3e-6 of itself back or forth; its number is kept as "salt".

Weights, latents, noise and images are not in the golden files: value i of the array called NAME is
computed from both, here and in HashedWeights.java. Of large arrays every k-th value is kept.
"""
import json
import os
import struct
import sys

import numpy as np
import torch

sys.path.insert(0, sys.argv[1])
import model  # noqa: E402  the port

HERE = os.path.dirname(os.path.abspath(__file__))
KEPT = 1500
torch.set_num_threads(2)
torch.set_default_dtype(torch.float64)


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


def tensor(name, *shape):
    return hashed(name, int(np.prod(shape))).reshape(shape)


def fill(network, prefix, offset=0):
    network.double()
    with torch.no_grad():
        for name, value in network.state_dict().items():
            if 'blur' in name or value.shape[2:] == (3, 3) and value.shape[1] == 1:
                continue  # the buffers of the port's blur
            new = tensor(prefix + name, *value.shape)
            if name.endswith('bias'):
                new *= 0.1
                if '.conv' in name and 'rgb' not in name and offset:
                    new = offset * new.sign()
                if 'adain' in name:
                    new[:len(new) // 2] += 1
            elif 'noise' in name:
                new *= 4
            value.copy_(new)
    return network.eval()


def kept(value):
    flat = value.detach().reshape(-1)
    return flat[::max(1, -(-len(flat) // KEPT))].clone()


def generator_of(style, channels, offset=0):
    """The port's generator with other numbers of channels."""
    g = model.StyledGenerator(style)
    blocks = [model.StyledConvBlock(channels[max(0, i - 1)], c, 3, 1, style_dim=style,
                                    initial=i == 0, upsample=i > 0, fused=i >= 5)
              for i, c in enumerate(channels)]
    g.generator.progression = torch.nn.ModuleList(blocks)
    g.generator.to_rgb = torch.nn.ModuleList([model.EqualConv2d(c, 3, 1) for c in channels])
    return fill(g, 'g_running.', offset)


def discriminator_of(channels):
    d = model.Discriminator()
    top = channels[::-1]
    blocks = [model.ConvBlock(a, b, 3, 1, downsample=True, fused=8 - len(top) + 1 + i < 4)
              for i, (a, b) in enumerate(zip(top, top[1:]))]
    blocks += [model.ConvBlock(top[-1] + 1, top[-1], 3, 1, 4, 0)]
    d.progression = torch.nn.ModuleList(blocks)
    d.from_rgb = torch.nn.ModuleList([model.EqualConv2d(3, c, 1) for c in top])
    d.n_layer = len(top)
    d.linear = model.EqualLinear(top[-1], 1)
    return fill(d, 'discriminator.')


def moved(value, scale):
    """Each number scaled up or down, by a sign of its own."""
    signs = hashed('signs', value.numel()).reshape(value.shape).sign()
    return value * (1 + (scale - 1) * signs)


def smooth(golden, name, values_and_gradients):
    """Keeps what the function gives for the first salt at which its gradients are smooth."""
    for salt in range(200):
        values, gradients = values_and_gradients(salt, 1)
        worst = 0
        for scale in (1 - 3e-6, 1 + 3e-6):
            for a, b in zip(gradients.values(), values_and_gradients(salt, scale)[1].values()):
                worst = max(worst, float((a - b).abs().max() / a.abs().max()))
        print(name, salt, worst)
        if worst < 5e-4:
            break
    else:
        raise SystemExit('no smooth point for ' + name)
    golden[name + 'salt'] = torch.tensor([float(salt)])
    for key, value in list(values.items()) + list(gradients.items()):
        golden[name + key] = kept(value)
    return salt


def generator_case(g, golden, size, count, weight):
    step = size.bit_length() - 3
    style = g.style[1].linear.weight_orig.shape[0]
    noise = [tensor('noise%d' % i, count, 1, 4 << i, 4 << i).requires_grad_()
             for i in range(step + 1)]
    t = tensor('t', count, 3, size, size) / (3 * size * size) ** 0.5
    mean = None if weight == 1 else g.mean_style(tensor('mean', 64, style)).detach()

    def at_z(salt, scale):
        z = moved(tensor('z%d' % salt, count, style), scale).requires_grad_()
        images = g(z, noise, step, mean_style=mean, style_weight=weight)
        gradients = torch.autograd.grad((images * t).sum(), [z] + noise)
        return {'images': images}, {'dz': gradients[0], 'dnoise': gradients[-1]}

    def at_w(salt, scale):
        w = style_of(g, salt, scale, count).requires_grad_()
        images = g.generator([w], noise, step)
        gradient, = torch.autograd.grad((images * t).sum(), [w])
        return {'images': images}, {'dw': gradient}

    def at_plus(salt, scale):
        """A style for each layer, with the port's own modules."""
        w = style_of(g, salt, scale, count)
        added = (0.3 * tensor('added', count, 2 * (step + 1), style)).requires_grad_()
        out = noise[0]
        for i in range(step + 1):
            block = g.generator.progression[i]
            out = block.lrelu1(block.noise1(block.conv1(out), noise[i]))
            out = block.adain1(out, w + added[:, 2 * i])
            out = block.lrelu2(block.noise2(block.conv2(out), noise[i]))
            out = block.adain2(out, w + added[:, 2 * i + 1])
        images = g.generator.to_rgb[step](out)
        gradient, = torch.autograd.grad((images * t).sum(), [added])
        return {'images': images}, {'dplus': gradient}

    smooth(golden, 'z%d.' % size, at_z)
    smooth(golden, 'w%d.' % size, at_w)
    if size == 64:
        smooth(golden, 'plus%d.' % size, at_plus)


def style_of(g, salt, scale, count):
    size = g.style[1].linear.weight_orig.shape[0]
    return moved(0.5 * g.style(tensor('z%d' % salt, count, size)), scale).detach()


def discriminator_case(d, golden, size, count):
    step = size.bit_length() - 3

    def at_images(salt, scale):
        images = moved(0.5 * tensor('images%d' % salt, count, 3, size, size), scale)
        images.requires_grad_()
        # One at a time: the minibatch statistic is to be that of each image alone.
        logits = torch.cat([d(images[i:i + 1], step) for i in range(count)]).reshape(-1)
        gradient, = torch.autograd.grad(logits.sum(), [images])
        return {'logits': logits}, {'dimages': gradient}

    smooth(golden, 'd%d.' % size, at_images)


def save(path, tensors):
    header, data = {}, b''
    for name, value in tensors.items():
        raw = value.detach().contiguous().numpy().astype('<f4').tobytes()
        header[name] = {'dtype': 'F32', 'shape': list(value.shape),
                        'data_offsets': [len(data), len(data) + len(raw)]}
        data += raw
        print(name, tuple(value.shape), float(value.abs().max()))
    text = json.dumps(header).encode()
    text += b' ' * (-len(text) % 8)
    with open(os.path.join(HERE, path), 'wb') as out:
        out.write(struct.pack('<Q', len(text)) + text + data)


golden = {}
WIDE = [512, 512]
NARROW = [48, 48, 48, 48, 32]
NARROWER = [16, 16, 16, 16, 12, 8, 8]
g = generator_of(512, WIDE)
golden['mean512'] = g.mean_style(tensor('mean', 64, 512)).reshape(-1)
generator_case(g, golden, 8, 2, 1)
g = generator_of(64, NARROW)
golden['mean64'] = g.mean_style(tensor('mean', 64, 64)).reshape(-1)
generator_case(g, golden, 64, 2, 0.7)
# Large biases keep the arguments of the leaky ReLUs, too many to be lucky with, away from 0.
generator_case(generator_of(64, NARROWER, 20), golden, 256, 1, 0.7)
discriminator_case(discriminator_of(WIDE), golden, 8, 2)
discriminator_case(discriminator_of(NARROW), golden, 64, 2)
discriminator_case(discriminator_of(NARROWER), golden, 256, 1)
save('stylegan-golden.safetensors', golden)
