#!/usr/bin/python3
"""Makes the golden files of StyleIterationTest: iterations of tools/stylegan/train_stylegan.py itself, with tiny networks, in
double precision (Debian's python3-torch, 1.13).

    ./make_style_iteration_golden.py

writes style-iteration-LOSS.safetensors beside itself: one iteration of 8 pixels, two while 16 pixels fade in, one of 16 pixels;
all that is drawn for them; the weights of both networks before the first, after the second and after the last; the losses; and
the images of the last weights. With the Wasserstein loss beta1 of Adam is .5
and the rate of the discriminator half of that of the generator.
"""
import os
import sys

import numpy as np
import torch

HERE = os.path.dirname(os.path.abspath(__file__))
TOOLS = os.path.join(HERE, *['..'] * 7, 'tools')
sys.path.insert(0, os.path.join(TOOLS, 'stylegan'))
import train_stylegan
from features import write_safetensors  # noqa: E402  tools/completion, on the path since train_stylegan

BATCH, ITERATIONS = 4, 4
OPTIONS = ('--out nowhere --channels 6,5,4 --judge 5,4,3 --style 6 --layers 2 --batches 4,4 --fade 0,0 --stable 0,0 --deviation .1 --penalty-every 2 '
           '--average .5 --rate .002 --judge-rate .002 --mapping .01 --spread 1').split()


def rounded(t):
    """As float32 holds it."""
    return t.float().double()


def parameters(prefix, module):
    return {prefix + k: v.detach().float().numpy().copy() for k, v in module.named_parameters()}


def main():
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    for loss in ('r1', 'wasserstein'):
        sys.argv = ['x', *OPTIONS, '--loss', loss, *('--penalty 2' if loss == 'r1' else '--penalty 10 --beta1 .5 --judge-rate .001').split()]
        a = train_stylegan.arguments()
        a.stable, a.fade = [BATCH / 1000, 0], [0, 2 * BATCH / 1000]
        t = train_stylegan.Training(a)
        random = torch.Generator().manual_seed(5)
        for p in list(t.G.parameters()) + list(t.D.parameters()):
            p.data.copy_(rounded(p + .3 * torch.randn(p.shape, generator=random)))
        tensors = {**parameters('generator.', t.G), **parameters('discriminator.', t.D)}
        for k in range(ITERATIONS):
            t.place.advance()
            step, side = t.place.step, 4 << t.place.step
            draw = train_stylegan.Draw.__new__(train_stylegan.Draw)
            draw.real = rounded(torch.randn(BATCH, 3, side, side, generator=random).tanh())
            draw.z = rounded(torch.randn(2 * BATCH, a.style, generator=random))
            draw.crossover = torch.tensor([1, step + 1, step, step + 1])
            draw.noise = [rounded(torch.randn(BATCH, 1, 4 << i, 4 << i, generator=random)) for i in range(step + 1)]
            draw.shift = rounded(torch.randn(BATCH, 3, side, side, generator=random))
            draw.mixture = rounded(torch.rand(BATCH, 1, 1, 1, generator=random))
            tensors.update({'real.%d' % k: draw.real, 'z.%d' % k: draw.z, 'crossover.%d' % k: draw.crossover,
                            **{'noise.%d.%d' % (k, i): n for i, n in enumerate(draw.noise)}})
            if k % a.penalty_every == 0:
                tensors.update({'shift.%d' % k: draw.shift, 'mixture.%d' % k: draw.mixture.flatten()})
            losses = np.nan_to_num(t.step(draw)[:4])
            tensors['losses.%d' % k] = losses
            print(loss, step, np.round(losses, 4))
            if k in (1, ITERATIONS - 1):
                tensors.update({**parameters('after.%d.generator.' % k, t.G), **parameters('after.%d.discriminator.' % k, t.D)})
        with torch.no_grad():
            tensors['images'] = t.G(draw.z[:BATCH], draw.noise, 2)
        tensors = {k: np.asarray(v, np.float32) for k, v in tensors.items()}
        write_safetensors(os.path.join(HERE, 'style-iteration-%s.safetensors' % loss), tensors, {})


if __name__ == '__main__':
    main()
