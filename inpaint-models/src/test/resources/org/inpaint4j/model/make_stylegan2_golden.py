#!/usr/bin/python3
"""Makes the golden files of StyleGan2GoldenTest with PyTorch (Debian's python3-torch, 1.13).

    ./make_stylegan2_golden.py CHECKOUT

CHECKOUT is a folder with model.py and op/ of rosinality/stylegan2-pytorch: the oracle is that
port's own code, none of which is part of this project.

stylegan2.pt is a training checkpoint as the port writes it, of a narrow network of 32 pixels with
random weights. stylegan2-golden.safetensors has latents, noise, images and gradients, computed in
double precision. The first seed is taken whose gradients hardly differ in single precision: a leaky
ReLU whose argument is within rounding of 0 may take either slope.
"""
import os
import sys

import torch
import torch.utils.cpp_extension

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, *['..'] * 7, 'tools', 'completion'))
sys.path.insert(0, sys.argv[1])
torch.utils.cpp_extension.load = lambda *a, **k: None  # kernels for GPUs: not needed
import model  # noqa: E402  the port
from features import write_safetensors  # noqa: E402

torch.set_num_threads(2)
STYLE, SIZE, CHANNELS = 16, 32, [12, 12, 10, 8]
COUNT = 2


def narrow_generator():
    g = model.Generator(8, STYLE, 3)
    g.input = model.ConstantInput(CHANNELS[0])
    g.conv1 = model.StyledConv(CHANNELS[0], CHANNELS[0], 3, STYLE)
    g.to_rgb1 = model.ToRGB(CHANNELS[0], STYLE, upsample=False)
    g.convs, g.to_rgbs = torch.nn.ModuleList(), torch.nn.ModuleList()
    for a, b in zip(CHANNELS, CHANNELS[1:]):
        g.convs += [model.StyledConv(a, b, 3, STYLE, upsample=True), model.StyledConv(b, b, 3, STYLE)]
        g.to_rgbs.append(model.ToRGB(b, STYLE))
    g.log_size, g.size = 5, SIZE
    g.num_layers, g.n_latent = 2 * len(CHANNELS) - 1, 2 * len(CHANNELS)
    return g


def narrow_discriminator():
    d = model.Discriminator(8)
    wide = CHANNELS[::-1]
    d.convs = torch.nn.Sequential(model.ConvLayer(3, wide[0], 1),
                                  *[model.ResBlock(a, b) for a, b in zip(wide, wide[1:])])
    d.final_conv = model.ConvLayer(wide[-1] + 1, CHANNELS[0], 3)
    d.final_linear = torch.nn.Sequential(
        model.EqualLinear(CHANNELS[0] * 16, CHANNELS[0], activation='fused_lrelu'),
        model.EqualLinear(CHANNELS[0], 1))
    return d


def randomise(network):
    """The strengths of the noise and most biases begin at 0: give them all something to do."""
    with torch.no_grad():
        for name, p in network.named_parameters():
            if name.endswith('bias'):
                p.add_(0.2 * torch.randn_like(p))
                if 'style' in name:
                    p.mul_(100)
            elif 'noise' in name:
                p.add_(0.3 * torch.randn_like(p))


def results(g, d, mean, z, added, noise, t, images):
    """All that is compared, in the precision of the arguments."""
    out = {}
    z, added = z.clone().requires_grad_(), added.clone().requires_grad_()
    noise = [n.clone().requires_grad_() for n in noise]
    made, _ = g([z], noise=noise, truncation=0.7, truncation_latent=mean)
    gradients = torch.autograd.grad((made * t).sum(), [z] + noise)
    out.update({'z.images': made, 'z.dz': gradients[0], 'z.dnoise': gradients[-1]})
    w = 0.5 * g.style(z).detach()
    made, _ = g([w[:, None] + added], noise=noise, input_is_latent=True)
    gradient, = torch.autograd.grad((made * t).sum(), [added])
    out.update({'plus.w': w, 'plus.images': made, 'plus.dadded': gradient})
    images = images.clone().requires_grad_()
    # One at a time: the minibatch statistic is to be that of each image alone.
    logits = torch.cat([d(images[i:i + 1]) for i in range(COUNT)]).reshape(-1)
    gradient, = torch.autograd.grad(logits.sum(), [images])
    out.update({'d.logits': logits, 'd.dimages': gradient})
    return {k: v.detach() for k, v in out.items()}


def main():
    for seed in range(100):
        torch.manual_seed(seed)
        g, d = narrow_generator(), narrow_discriminator()
        randomise(g), randomise(d)
        mean = g.mean_latent(64).detach()[0]
        inputs = [mean, torch.randn(COUNT, STYLE), 0.3 * torch.randn(COUNT, g.n_latent, STYLE),
                  [torch.randn(COUNT, 1, 4 << (i + 1) // 2, 4 << (i + 1) // 2)
                   for i in range(g.num_layers)],
                  torch.randn(COUNT, 3, SIZE, SIZE) / (3 * SIZE * SIZE) ** 0.5,
                  0.5 * torch.randn(COUNT, 3, SIZE, SIZE)]
        single = results(g, d, *inputs)
        state = {'g': g.state_dict(), 'd': d.state_dict(), 'g_ema': g.state_dict(), 'latent_avg': mean}
        state['g'] = {k: v * 2 for k, v in state['g'].items()}  # not the one that is wanted
        torch.save(state, os.path.join(HERE, 'stylegan2.pt'))
        double = results(g.double(), d.double(),
                         *[[n.double() for n in v] if isinstance(v, list) else v.double() for v in inputs])
        worst = max(((single[k] - double[k]).abs().max() / double[k].abs().max()).item() for k in double)
        print(seed, worst)
        if worst < 2e-5:
            break
    else:
        raise SystemExit('no smooth point')
    names = ('mean', 'z', 'added', 'noise', 't', 'images')
    for name, value in zip(names, inputs):
        if name == 'noise':
            value = torch.cat([n.reshape(COUNT, -1) for n in value], 1)
        double[name] = value
    tensors = {name: value.detach().float().numpy() for name, value in double.items()}
    write_safetensors(os.path.join(HERE, 'stylegan2-golden.safetensors'), tensors, {'seed': seed})


if __name__ == '__main__':
    main()
