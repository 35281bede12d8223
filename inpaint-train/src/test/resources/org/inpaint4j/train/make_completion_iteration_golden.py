#!/usr/bin/python3
"""Makes the golden files of CompletionIterationTest: iterations of tools/completion/train_completion.py itself, with tiny
networks, in double precision (Debian's python3-torch, 1.13).

    ./make_completion_iteration_golden.py

writes completion-iteration-VARIANT.safetensors beside itself: pictures, holes and latents of three iterations; the weights
of both networks, the running statistics and the singular vectors before the first, after it and after the last; the losses; and the
picture that the network, applied with the last weights and statistics, makes of the first batch.
"""
import argparse
import os
import sys

import numpy as np
import torch
from torch.nn import functional as F

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, *['..'] * 7)
sys.path.insert(0, os.path.join(ROOT, 'tools', 'completion'))
import masks
import networks
import runs
import train_completion
from features import write_safetensors

DOWN, UP, BOTTLENECK, LATENT, JUDGE = (4, 5, 6), (6, 5, 5, 4), 7, 3, (4, 5, 6)
SIDE, BATCH, PAIRS, ITERATIONS = 32, 4, 1, 3
LOSSES = ('hole', 'known', 'adversarial', 'matching', 'features', 'difference', 'judge')


def training(variant):
    """A Training of tiny networks; all but the networks' sizes is the trainer's own."""
    a = argparse.Namespace(
        size=SIDE, batch=BATCH, pairs=PAIRS, seed=5, rate=3e-4, d_rate=3e-4, halve_at='2', l1_hole=10, l2_hole=0, discount=.95,
        l1_known=4, adversarial=.6, matching=1.5, feature=4, difference=4, difference_limit=.12, feature_from=1,
        adversarial_from=1, average=.999, first_stage=None, data=os.path.join(ROOT, '..', 'shared', 'data'), variant=variant, edges=10, joint=0, joint_pairs=0,
        bfloat16=False, judge_first=0)
    if variant == 'context-encoder':
        a.l1_hole, a.l2_hole, a.l1_known, a.discount, a.adversarial, a.matching, a.feature, a.difference = 0, .999, 0, 1, .001, 0, 0, 0
    t = train_completion.Training.__new__(train_completion.Training)
    t.a, t.iteration, t.best = a, 0, float('inf')
    t.iterations = runs.Iterations(t.iterate, 'cpu')
    g = torch.Generator().manual_seed(a.seed)
    t.G = (networks.EdgesFirst(True, DOWN, UP, BOTTLENECK, LATENT) if variant == 'edges'
           else networks.Generator(variant != 'context-encoder', variant, DOWN, UP, BOTTLENECK, LATENT))
    t.D = networks.Discriminator(SIDE, JUDGE)
    for network in (t.G, t.D):
        networks.initialise(network, g)
        for name, p in network.named_parameters():
            # Wide enough that no output is nearly constant; biases are not all zero. As float32 holds them.
            p.data.copy_((p * (1 if 'norm' in name else 8) + .05 * torch.randn(p.shape, generator=g)).float().double())
        for b in network.buffers():
            if b.is_floating_point():
                b.copy_(b.float().double())
    import copy
    t.average = copy.deepcopy(t.G)
    t.g_adam = torch.optim.Adam(t.G.parameters(), a.rate, (.5, .999))
    t.d_adam = torch.optim.Adam(t.D.parameters(), a.d_rate, (.5, .999))
    t.net = train_completion.SqueezeNet(os.path.join(a.data, 'squeezenet1_0.safetensors'))
    t.net.w = {k: v.double() for k, v in t.net.w.items()}
    t.net.mean = t.net.mean.double()
    return t


def state(prefix, module):
    return {prefix + k: v.float().numpy().copy() for k, v in module.state_dict().items() if not k.endswith('num_batches_tracked')}


def main():
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    for variant in networks.VARIANTS:
        rng = np.random.default_rng(11)
        torch.manual_seed(11)
        t = training(variant)
        pictures = F.interpolate(torch.randn(BATCH - PAIRS, 3, 6, 6), (SIDE, SIDE), mode='bicubic', align_corners=False).tanh()
        # what float16 holds as it is
        truth = ((pictures * 256).round() / 256)
        truth = torch.cat([truth, truth[:PAIRS]])
        tensors = {'truth': truth.numpy().astype(np.float16), **state('generator.', t.G), **state('discriminator.', t.D)}
        for k in range(ITERATIONS):
            holes = np.stack([masks.draw(rng, SIDE) for _ in range(BATCH - PAIRS)]).astype(np.float64)[:, None]
            holes = torch.from_numpy(np.concatenate([holes, holes[:PAIRS]]))
            z = torch.randn(BATCH, LATENT).float().double()
            losses = t.step(truth, holes, z)
            tensors['holes.%d' % k] = holes.numpy().astype(np.float16)
            tensors['z.%d' % k] = z.numpy().astype(np.float32)
            tensors['losses.%d' % k] = np.array(losses[:7], np.float32)
            if k != 1:
                tensors.update(state('after.%d.generator.' % k, t.G))
                tensors.update(state('after.%d.discriminator.' % k, t.D))
        t.G.eval()
        with torch.no_grad():
            x = torch.cat([truth * (1 - holes), 1 - holes], 1)
            tensors['applied'] = t.G(x, z)[:1].numpy().astype(np.float32)
        write_safetensors(os.path.join(HERE, 'completion-iteration-%s.safetensors' % variant), tensors,
                          {'losses': ' '.join(LOSSES)})
        print(variant, np.round(losses, 4))


if __name__ == '__main__':
    main()
