#!/usr/bin/python3
"""Trains a StyleGAN (networks.py) of small pictures, size after size: Karras et al. 2019 with progressive growing. What an
iteration computes is what StyleGanTrainer of inpaint-train computes (StyleIterationTest).

  OMP_WAIT_POLICY=PASSIVE OMP_NUM_THREADS=2 nice -n 10 tools/stylegan/train_stylegan.py --out DIR

Losses: non-saturating, with R1 (Mescheder et al. 2018) by finite differences: the squared change of D under a little Gaussian
noise on real pictures, over the variance of the noise (Lin et al. 2025). Or --loss wasserstein: the difference of the mean
logits, with a gradient penalty (Gulrajani et al. 2017) on mixtures of real and generated pictures. With s the change of D over
the deviation of the noise, s^2 - sqrt(2 pi) |s| + 1 has the expectation (|grad D| - 1)^2.

Everything random is a function of (seed, iteration), so a training that is stopped and goes on is the same bit for bit.

DIR: state.pt, losses.csv, sheet-NNNNNN.png (real pictures; samples; samples of truncation 0.7), size-NNN.pt (the average at the
end of a size), faces.npy, starts.txt (the options of each start: lengths, rates and weights may change on the way).
"""
import argparse
import copy
import csv
import itertools
import math
import os
import signal
import sys
import time
import numpy as np
import torch
from PIL import Image
from torch.nn import functional as F
from networks import Discriminator, Generator, Noise
sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'completion'))
import faces  # noqa: E402  tools/completion/faces.py
from features import read_safetensors, state_dict  # noqa: E402  tools/completion/features.py
import runs  # noqa: E402  tools/completion/runs.py

COLUMNS = ('iteration', 'pictures', 'size', 'alpha', 'seconds', 'd_real', 'd_generated', 'g', 'penalty', 'logit_real', 'logit_generated')
FIRST = 1  # the step of the smallest pictures, 8 pixels


def numbers(text):
    return [int(t) for t in text.split(',')]


def arguments():
    p = argparse.ArgumentParser()
    p.add_argument('--data', default='../shared/data/faces64-train.zip')
    p.add_argument('--out', required=True)
    p.add_argument('--start', help='begin with the networks in a file of export_stylegan.py, at its size, instead of random ones at 8 pixels')
    p.add_argument('--channels', type=numbers, default='256,256,128,64,32', help='of the maps of 4, 8, 16 ... pixels')
    p.add_argument('--judge', type=numbers, default='256,192,96,48,24', help='channels of the discriminator: its blocks double them at the larger size')
    p.add_argument('--style', type=int, default=256, help='numbers of z and w')
    p.add_argument('--layers', type=int, default=2, help='from z to w')
    p.add_argument('--batches', type=numbers, default='64,32,16,16', help='pictures in a batch of 8, 16 ... pixels')
    p.add_argument('--fade', type=numbers, default='0,100,100,100', help='thousands of pictures while a size fades in')
    p.add_argument('--stable', type=numbers, default='200,150,100,0', help='and after it; the last size has no end')
    p.add_argument('--iterations', type=int, default=10 ** 9)
    p.add_argument('--pictures', type=float, default=1e12, help='thousands of pictures, all in all')
    p.add_argument('--hours', type=float, default=1e9, help='of this run')
    p.add_argument('--seed', type=int, default=23)
    p.add_argument('--rate', type=float, default=.0008, help='of the generator')
    p.add_argument('--judge-rate', type=float, default=.002, help='of the discriminator')
    p.add_argument('--beta1', type=float, default=0, help='of Adam')
    p.add_argument('--mapping', type=float, default=.1, help='share of the rate for the layers from z to w')
    p.add_argument('--spread', type=float, default=.25, help='the deviation that the weights towards styles and colours start with')
    p.add_argument('--loss', choices=('r1', 'wasserstein'), default='r1')
    p.add_argument('--penalty', type=lambda text: [float(t) for t in text.split(',')], default='.01,.02,.04,.08',
                   help='weight, of all sizes or of 8, 16 ... pixels; R1 has half of it')
    p.add_argument('--penalty-every', type=int, default=4, help='iterations from one penalty, of so many times its weight, to the next')
    p.add_argument('--deviation', type=float, default=.01, help='of the noise that a penalty adds to pictures in -1..1')
    p.add_argument('--mixing', type=float, default=.5, help='share of the images with two styles')
    p.add_argument('--no-noise', action='store_true', help='the strengths of the noise in the generator stay 0, as they start')
    p.add_argument('--average', type=float, default=.998)
    p.add_argument('--minutes', type=float, default=5, help='between two states on disk')
    p.add_argument('--sheet-every', type=int, default=500)
    runs.device_arguments(p)
    a = p.parse_args()
    runs.check_arguments(p, a)
    if len(a.penalty) == 1:
        a.penalty *= len(a.channels) - FIRST
    if len(a.judge) != len(a.channels):
        p.error('--judge must have as many numbers as --channels: found %s and %s' % (a.judge, a.channels))
    for name in ('batches', 'fade', 'stable', 'penalty'):
        if len(getattr(a, name)) != len(a.channels) - FIRST:
            p.error('--%s must have a number for each size: expected %d, found %s' % (name, len(a.channels) - FIRST, getattr(a, name)))
    return a


class Place:
    """Where a training is: the step, whether its size fades in, iterations in this phase, iterations and pictures in all."""

    def __init__(self, a, step=FIRST, fading=False, done=0, iteration=0, pictures=0):
        self.a, self.step, self.fading, self.done, self.iteration, self.pictures = a, step, fading, done, iteration, pictures

    def figures(self):
        return self.step, self.fading, self.done, self.iteration, self.pictures

    @property
    def batch(self):
        return self.a.batches[self.step - FIRST]

    def length(self):
        """Iterations of the phase; none if it does not end."""
        if not self.fading and self.step == len(self.a.channels) - 1:
            return math.inf
        return -(-1000 * (self.a.fade if self.fading else self.a.stable)[self.step - FIRST] // self.batch)

    def alpha(self):
        return min((self.done + .5) / self.length(), .9999) if self.fading else 1

    def advance(self):
        """The phase changes at the start of an iteration, so that the options of a resumed training decide on it."""
        while self.done >= self.length():
            if self.fading:
                self.fading, self.done = False, 0
            else:
                self.step, self.fading, self.done = self.step + 1, True, 0

    def count(self):
        self.done, self.iteration, self.pictures = self.done + 1, self.iteration + 1, self.pictures + self.batch


def places(a, figures):
    """The figures of the place of each iteration from there on."""
    place = Place(a, *figures)
    while True:
        place.advance()
        yield place.figures()
        place.count()


class Draw:
    """All that is drawn for an iteration."""

    def __init__(self, a, place, pictures):
        rng = np.random.default_rng([a.seed, 1, place.iteration])
        n, side = place.batch, 4 << place.step
        index = [faces.permutation(len(pictures), a.seed, i // len(pictures))[i % len(pictures)]
                 for i in range(place.pictures, place.pictures + n)]
        self.real = torch.from_numpy(reduced(pictures[index], side, rng.random(n) < .5))
        self.z = normal(rng, 2 * n, a.style)
        # Of two styles the second begins at a block from 1 on; beyond the last block there is none.
        self.crossover = torch.from_numpy(np.where(rng.random(n) < a.mixing, rng.integers(1, place.step + 1, n), place.step + 1))
        self.noise = [normal(rng, n, 1, 4 << i, 4 << i) for i in range(place.step + 1)] if not a.no_noise else []
        if place.iteration % a.penalty_every == 0:
            self.shift = normal(rng, n, 3, side, side)
            self.mixture = torch.from_numpy(rng.random((n, 1, 1, 1)).astype(np.float32))

    def pin_memory(self):
        for name, t in vars(self).items():
            setattr(self, name, [n.pin_memory() for n in t] if name == 'noise' else t.pin_memory())
        return self


def normal(rng, *shape):
    return torch.from_numpy(rng.standard_normal(shape).astype(np.float32))


def reduced(bytes_, side, mirrored):
    """[N,S,S,3] of bytes as [N,3,side,side] in -1..1: means of squares of pixels."""
    k = bytes_.shape[1] // side
    t = bytes_.astype(np.float32).reshape(len(bytes_), side, k, side, k, 3).mean((2, 4)) / np.float32(127.5) - 1
    t[mirrored] = t[mirrored, :, ::-1]
    return np.ascontiguousarray(t.transpose(0, 3, 1, 2))


def at_most(pictures, side):
    """Pictures [N,S,S,3] of bytes, reduced to the side if they are larger."""
    if pictures.shape[1] <= side:
        return pictures
    out = np.empty((len(pictures), side, side, 3), np.uint8)
    for i in range(0, len(pictures), 500):
        t = reduced(pictures[i:i + 500], side, np.zeros(len(pictures[i:i + 500]), bool))
        out[i:i + 500] = np.rint((t + 1) * 127.5).transpose(0, 2, 3, 1)
    return out


class Training:
    def __init__(self, a):
        torch.manual_seed(a.seed)
        self.a, self.place = a, Place(a)
        last = torch.channels_last
        self.G = Generator(a.channels, a.style, a.layers).to(a.device, memory_format=last)
        self.D = Discriminator(a.judge).to(a.device, memory_format=last)
        with torch.no_grad():
            for name, p in self.G.generator.named_parameters():
                if name.endswith('weight_orig') and ('.style.' in name or 'to_rgb' in name):
                    p.mul_(a.spread)
        if a.start:
            self.load(*read_safetensors(a.start))
        self.average = copy.deepcopy(self.G)
        self.g_adam = torch.optim.Adam([dict(params=self.G.generator.parameters()), dict(params=self.G.style.parameters())], a.rate, (a.beta1, .99))
        self.d_adam = torch.optim.Adam(self.D.parameters(), a.rate, (a.beta1, .99))
        for adam in (self.g_adam, self.d_adam):
            runs.to_device(adam, a.device)
        self.iterations = runs.Iterations(self.iterate, a.device)

    def load(self, tensors, about):
        for network, prefix in ((self.G, 'g_running.'), (self.D, 'discriminator.')):
            network.load_state_dict(state_dict(tensors, prefix))
        self.place = Place(self.a, int(about['size']).bit_length() - 3, iteration=int(about['iteration']), pictures=int(about['pictures']))

    def state(self):
        return runs.on_cpu(dict(G=self.G.state_dict(), D=self.D.state_dict(), average=self.average.state_dict(),
                                g_adam=runs.optimizer_state(self.g_adam), d_adam=runs.optimizer_state(self.d_adam),
                                place=self.place.figures(), options=vars(self.a)))

    def restore(self, s):
        fixed = ('channels', 'judge', 'style', 'layers', 'seed', 'batches')
        found = {k: (s['options'][k], getattr(self.a, k)) for k in fixed if s['options'][k] != getattr(self.a, k)}
        if found:
            raise SystemExit('options must be those of the state: found (state, now) %s' % found)
        for name in ('G', 'D', 'average', 'g_adam', 'd_adam'):
            getattr(self, name).load_state_dict(s[name])
        if self.a.no_noise:
            with torch.no_grad():
                for m in itertools.chain(self.G.modules(), self.average.modules()):
                    if isinstance(m, Noise):
                        m.weight_orig.zero_()
        for adam in (self.g_adam, self.d_adam):
            runs.to_device(adam, self.a.device)
        self.place = Place(self.a, *s['place'])

    def step(self, draw):
        """One update of both networks, at the place; it counts the iteration. Gives the figures of losses.csv, on the device."""
        a, place = self.a, self.place
        penalised = place.iteration % a.penalty_every == 0
        for adam, rates in ((self.g_adam, (a.rate, a.rate * a.mapping)), (self.d_adam, (a.judge_rate,))):
            for group, rate in zip(adam.param_groups, rates):
                group['lr'], group['betas'] = rate, (a.beta1, .99)
        decay = min(a.average, (1 + place.iteration) / (10 + place.iteration))
        tensors = [torch.tensor(place.alpha(), dtype=draw.z.dtype), torch.tensor(1 - decay, dtype=draw.z.dtype), draw.real, draw.z,
                   draw.crossover, *draw.noise] + ([draw.shift, draw.mixture] if penalised else [])
        figures = self.iterations((place.step, place.fading, penalised), tensors)
        place.count()
        return figures

    def iterate(self, settings, tensors):
        a, (step, fading, penalised) = self.a, settings
        alpha, share, real_images, z, crossover, *noise = tensors
        if penalised:
            *noise, shift, mixture = noise
        if not fading:
            alpha = None

        def judge(images):
            with runs.shorter(self.a):
                return self.D(images, step, alpha).to(z.dtype)
        with runs.shorter(self.a):
            images = self.G(z, noise, step, alpha, crossover)

        self.D.requires_grad_(True)
        real = judge(real_images)
        made = judge(images.detach())
        if a.loss == 'r1':
            d_real, d_made = F.softplus(-real).mean(), F.softplus(made).mean()
        else:
            d_real, d_made = .001 * real.square().mean() - real.mean(), made.mean()
        loss, penalty = d_real + d_made, torch.full_like(d_real, float('nan'))
        if penalised:
            points = real_images if a.loss == 'r1' else torch.lerp(real_images, images.detach().to(mixture.dtype), mixture)
            with runs.exact(a.device):
                s = (self.D(points + a.deviation * shift, step, alpha) - self.D(points, step, alpha)) / a.deviation
            penalty = s.square().mean() if a.loss == 'r1' else (s.square() - math.sqrt(2 * math.pi) * s.abs() + 1).mean()
            loss = loss + a.penalty_every * a.penalty[step - FIRST] * (.5 if a.loss == 'r1' else 1) * penalty
        self.d_adam.zero_grad(set_to_none=True)
        loss.backward()
        self.d_adam.step()

        self.D.requires_grad_(False)
        judged = judge(images)
        g_loss = F.softplus(-judged).mean() if a.loss == 'r1' else -judged.mean()
        self.g_adam.zero_grad(set_to_none=True)
        g_loss.backward()
        self.g_adam.step()
        with torch.no_grad():
            for p, q in zip(self.average.parameters(), self.G.parameters()):
                p.lerp_(q, share)
        return torch.stack([t.detach() for t in (d_real, d_made, g_loss, penalty, real.mean(), made.mean())])


def save_rows(images, least, path):
    """Rows of 10 images [N,3,S,S] in -1..1, each enlarged to at least so many pixels."""
    tiles = ((images.clamp(-1, 1) + 1) * 127.5).round().byte().permute(0, 2, 3, 1).cpu().numpy()
    k = max(1, least // tiles.shape[1])
    tiles = tiles.repeat(k, 1).repeat(k, 2)
    n, s = len(tiles) // 10, tiles.shape[1]
    Image.fromarray(tiles.reshape(n, 10, s, s, 3).transpose(0, 2, 1, 3, 4).reshape(n * s, 10 * s, 3)).save(path)


def sheet(training, pictures, path):
    """Rows of 10: real pictures; two rows of samples; two rows of truncation 0.7. The same latents each time."""
    place, rng = training.place, np.random.default_rng(7)
    step, side = place.step, 4 << place.step
    z, noise = normal(rng, 40, training.a.style), [normal(rng, 40, 1, 4 << i, 4 << i) for i in range(step + 1)]
    if training.a.no_noise:
        noise = []
    real = torch.from_numpy(reduced(pictures[:10], side, np.zeros(10, bool)))
    net, alpha = training.average, torch.tensor(place.alpha()) if place.fading else None
    z, alpha, real, *noise = [t if t is None else t.to(training.a.device) for t in (z, alpha, real, *noise)]
    with torch.no_grad():
        images = torch.cat([real, net(z[:20], [n[:20] for n in noise], step, alpha),
                            net.truncated(z[20:], [n[20:] for n in noise], step, alpha, .7, net.mean_style())])
    save_rows(images, 64, path)


def main():
    a = arguments()
    torch.set_flush_denormal(True)
    os.makedirs(a.out, exist_ok=True)
    def path(name): return os.path.join(a.out, name)
    pictures = at_most(faces.load(a.data, path('faces.npy')), 4 << len(a.channels) - 1)
    training = Training(a)
    if os.path.exists(path('state.pt')):
        training.restore(runs.load(path('state.pt')))
    place = training.place
    runs.keep_rows(path('losses.csv'), place.iteration, COLUMNS)
    stop = []
    for s in (signal.SIGTERM, signal.SIGINT):
        signal.signal(s, lambda *_: stop.append(1))
    with open(path('starts.txt'), 'a') as f:
        f.write('iteration %d: %s\n' % (place.iteration, ' '.join('%s=%s' % t for t in sorted(vars(a).items()))))
    begun = saved = since = time.time()
    rows = []
    def finite(): return runs.figures_of(rows, place.iteration, [COLUMNS.index('penalty') - COLUMNS.index('d_real')]) if rows else None
    draws = runs.made_ahead(lambda figures: Draw(a, Place(a, *figures), pictures), places(a, place.figures()), a)
    while (place.iteration < a.iterations and place.pictures < 1000 * a.pictures and time.time() - begun < 3600 * a.hours and not stop):
        end = place.figures()
        before = place.step
        place.advance()
        if place.step != before:
            finite()
            runs.save(dict(training.state(), place=end), path('size-%03d.pt' % (4 << before)))
        rows.append(training.step(next(draws)))
        if place.iteration % 25 == 0:
            figures = finite()
            with open(path('losses.csv'), 'a', newline='') as f:
                csv.writer(f).writerow([place.iteration, place.pictures, 4 << place.step, '%.3f' % place.alpha(),
                                        '%.4f' % ((time.time() - since) / len(rows))] + ['%.4f' % t for t in np.nanmean(figures, 0)])
            rows, since = [], time.time()
        if place.iteration % a.sheet_every == 0:
            sheet(training, pictures, path('sheet-%06d.png' % place.iteration))
        if time.time() - saved > 60 * a.minutes:
            finite()
            runs.save(training.state(), path('state.pt'))
            saved = time.time()
    finite()
    runs.save(training.state(), path('state.pt'))
    sheet(training, pictures, path('sheet-%06d.png' % place.iteration))


if __name__ == '__main__':
    main()
