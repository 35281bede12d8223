#!/usr/bin/python3
"""Trains the face completion network (networks.py) at 64 pixels, or with --first-stage its second stage at 128. Resumable: state.pt in --out is written atomically, everything random
is a function of (seed, iteration), so a resumed run goes on as if it had not been stopped.

  OMP_WAIT_POLICY=PASSIVE OMP_NUM_THREADS=2 nice -n 10 tools/completion/train_completion.py --out DIR [--iterations N]

Loss of the generator: l1 on known pixels and in the hole, there less the farther a pixel is from known ones (Yu et al. 2018); non-saturating adversarial loss of the composited picture (the
logit of the whole and the logits of patches that see the hole); l1 between the discriminator's features of the composited
and the true picture, relative to their size (Wang et al. 2018); SqueezeNet's distance in the hole (Zhang et al. 2018); and
minus the difference between two answers to one picture with two z, up to a limit, so that z is not ignored (Mao et al. 2019).

Batches are small (32): on a processor the time goes with the number of pictures, and twice the updates an hour are worth
more than quieter gradients; 32 pictures are enough for batch norm, whose smallest map is 4x4.

DIR: state.pt, best.pt (lowest validation distance), losses.csv, validation.csv, sheet-NNNNNN.png, faces.npy,
starts.txt (the options of each start: they may change on the way).
"""
import argparse
import copy
import csv
import itertools
import os
import signal
import time
import numpy as np
import torch
from PIL import Image
from torch.nn import functional as F
import faces
import masks
from features import SqueezeNet, read_safetensors, state_dict
from networks import VARIANTS, Discriminator, EdgesFirst, Generator, TwoStages, edge_map, generator_of, initialise, load_weights
import runs

COLUMNS = ('iteration', 'seconds', 'l1_hole', 'l1_known', 'adversarial', 'matching', 'feature', 'difference',
           'd_loss', 'd_real', 'd_composited')


def arguments():
    p = argparse.ArgumentParser()
    p.add_argument('--data', default='../shared/data')
    p.add_argument('--out', required=True)
    p.add_argument('--batch', type=int, default=32)
    p.add_argument('--pairs', type=int, default=4, help='entries of the batch that repeat a picture with another z')
    p.add_argument('--iterations', type=int, default=10 ** 9)
    p.add_argument('--hours', type=float, default=1e9, help='of this run')
    p.add_argument('--seed', type=int, default=18)
    p.add_argument('--rate', type=float, default=3e-4, help='of the generator')
    p.add_argument('--d-rate', type=float, default=3e-4)
    p.add_argument('--halve-at', default='', help='iterations, comma separated')
    p.add_argument('--l1-hole', type=float, default=10)
    p.add_argument('--discount', type=float, default=.95, help='of l1 for each pixel (of 64) of distance to known ones')
    p.add_argument('--l2-hole', type=float, default=0, help='the context encoder: .999, with --adversarial .001 and no other loss')
    p.add_argument('--l1-known', type=float, default=4)
    p.add_argument('--adversarial', type=float, default=.6)
    p.add_argument('--matching', type=float, default=1.5)
    p.add_argument('--feature', type=float, default=4)
    p.add_argument('--difference', type=float, default=4)
    p.add_argument('--difference-limit', type=float, default=.12)
    p.add_argument('--feature-from', type=int, default=400)
    p.add_argument('--adversarial-from', type=int, default=300)
    p.add_argument('--average', type=float, default=.999)
    p.add_argument('--minutes', type=float, default=6, help='between two states on disk')
    p.add_argument('--sheet-every', type=int, default=250)
    p.add_argument('--validate-every', type=int, default=500)
    p.add_argument('--edges', type=float, default=10, help='of the expected edges, of --variant edges')
    p.add_argument('--variant', choices=VARIANTS, default='skips')
    p.add_argument('--first-stage', help='best.pt of a training at 64, or a file of both stages: trains the second stage over it, at 128')
    p.add_argument('--jitter', type=float, default=0, help='share of the faces that are turned, sized and moved a little')
    p.add_argument('--both-ways', action='store_true', help='the second stage is shown the mean of the first stage\'s answers to the '
                   'picture and to its mirror image; a state of before goes on with it')
    p.add_argument('--joint', type=float, default=0, help='rate of the first stage beside the second, as a share of --rate')
    p.add_argument('--joint-pairs', type=int, default=0, help='pictures whose first stage is asked with two z')
    p.add_argument('--start', help='state.pt of an earlier training: begins with its average and its discriminator; or a file of weights, '
                   'with a new discriminator')
    p.add_argument('--judge-first', type=int, default=0, help='iterations in which the discriminator learns alone')
    p.add_argument('--processor-hours', type=float, default=1e9, help='of this run, in the time of one processor: to compare variants')
    runs.device_arguments(p)
    a = p.parse_args()
    runs.check_arguments(p, a)
    if a.processor_hours < 1e9 and a.workers:
        p.error('--processor-hours must go without --workers, whose time is not counted: found %d' % a.workers)
    a.size = 128 if a.first_stage else 64
    return a


class Training:
    def __init__(self, a):
        self.a = a
        torch.manual_seed(a.seed)
        g = torch.Generator().manual_seed(a.seed)
        last = torch.channels_last
        if a.first_stage:
            weights = start(a.first_stage)['average']
            weights = {k[6:]: v for k, v in weights.items() if k.startswith('first.')} or weights
            first = generator_of(weights)
            load_weights(first, weights)
            self.G = TwoStages(first, both_ways=a.both_ways)
            initialise(self.G.refiner, g)
        else:
            self.G = initialise(EdgesFirst() if a.variant == 'edges' else Generator(a.variant != 'context-encoder', a.variant), g)
        self.D = initialise(Discriminator(a.size), g)
        if a.start:
            s = start(a.start)
            load_weights(self.G, s['average'])
            if 'D' in s:
                self.D.load_state_dict(s['D'])
        for net in (self.G, self.D):
            net.to(a.device, memory_format=last)
        self.iteration, self.best = 0, float('inf')
        self.average = copy.deepcopy(self.G)
        self.g_adam = torch.optim.Adam([p for p in self.G.parameters() if p.requires_grad], a.rate, (.5, .999))
        self.d_adam = torch.optim.Adam(self.D.parameters(), a.d_rate, (.5, .999))
        for adam in (self.g_adam, self.d_adam):
            runs.to_device(adam, a.device)
        self.net = SqueezeNet(os.path.join(a.data, 'squeezenet1_0.safetensors'), a.device)
        self.iterations = runs.Iterations(self.iterate, a.device)

    def join(self):
        """Lets the first stage learn too, if it does not already: a second group of the optimizer."""
        if self.a.joint and not self.G.joint:
            self.g_adam.add_param_group(dict(params=self.G.join()))
            runs.to_device(self.g_adam, self.a.device)

    def state(self):
        return runs.on_cpu(dict(
            G=self.G.state_dict(), D=self.D.state_dict(), average=self.average.state_dict(), g_adam=runs.optimizer_state(self.g_adam),
            d_adam=runs.optimizer_state(self.d_adam), iteration=self.iteration, best=self.best, seed=self.a.seed, batch=self.a.batch,
            pairs=self.a.pairs, size=self.a.size, options=vars(self.a)))

    def restore(self, s):
        if (s['seed'], s['batch'], s['pairs'], s['size']) != (self.a.seed, self.a.batch, self.a.pairs, self.a.size):
            raise SystemExit('seed, batch, pairs and size must be those of the state')
        if len(s['g_adam']['param_groups']) > 1:
            self.join()
        if self.a.both_ways:
            for name in ('G', 'average'):
                s[name].setdefault('both_ways', torch.ones(1))
        for name in ('G', 'D', 'average', 'g_adam', 'd_adam'):
            getattr(self, name).load_state_dict(s[name])
        for adam in (self.g_adam, self.d_adam):
            runs.to_device(adam, self.a.device)
        self.iteration, self.best = s['iteration'], s['best']

    def step(self, truth, hole, z, near=None):
        """One update of both networks. near: masks.nearness of the holes, if it is made already. Gives the figures of losses.csv."""
        a, it = self.a, self.iteration
        halvings = sum(it >= int(t) for t in a.halve_at.split(',') if t)
        for adam, rates in ((self.g_adam, (a.rate, a.rate * a.joint)), (self.d_adam, (a.d_rate,))):
            for group, rate in zip(adam.param_groups, rates):
                group['lr'] = rate * .5 ** halvings
        if near is None:
            near = nearness(a, hole)
        share = torch.tensor(1 - min(a.average, (1 + it) / (10 + it)), dtype=z.dtype)
        figures = self.iterations((halvings, it >= a.adversarial_from, it >= a.feature_from, it < a.judge_first), (share, truth, hole, z, near))
        self.iteration += 1
        return figures

    def judge(self, images):
        with runs.shorter(self.a):
            whole, patch, maps = self.D(images)
        return whole.to(images.dtype), patch.to(images.dtype), [m.to(images.dtype) for m in maps]

    def iterate(self, settings, tensors):
        a, (_, adversarial_too, feature_too, judge_alone) = self.a, settings
        share, truth, hole, z, near = tensors
        mask = 1 - hole
        with runs.shorter(self.a), torch.set_grad_enabled(not judge_alone):
            answer = self.G(torch.cat([truth * mask, mask], 1), z).to(z.dtype)
        composited = truth * mask + answer * hole
        seen = (F.avg_pool2d(hole, 8) > 0).float()

        for p in self.D.parameters():
            p.requires_grad_(True)
        n = len(truth)
        whole, patch, _ = self.judge(torch.cat([torch.cat([truth, composited.detach()]), torch.cat([mask, mask])], 1))
        d_loss = (F.softplus(-whole[:n]).mean() + F.softplus(whole[n:]).mean()
                  + (F.softplus(-patch[:n]) * seen).sum() / seen.sum()
                  + (F.softplus(patch[n:]) * seen).sum() / seen.sum()) / 2
        self.d_adam.zero_grad(set_to_none=True)
        d_loss.backward()
        self.d_adam.step()
        if judge_alone:
            nothing = torch.zeros_like(share)
            return torch.stack([nothing] * 6 + [t.detach() for t in (d_loss, whole[:n].mean(), whole[n:].mean())])

        for p in self.D.parameters():
            p.requires_grad_(False)
        with torch.no_grad():
            real = self.judge(torch.cat([truth, mask], 1))[2]
        whole2, patch2, ours = self.judge(torch.cat([composited, mask], 1))
        off = (answer - truth).abs()
        l1_hole = (off * near).sum() / (3 * near.sum())
        l1_known = (off * mask).sum() / (3 * mask.sum())
        l2_hole = (off.square() * near).sum() / (3 * near.sum())
        adversarial = (F.softplus(-whole2).mean() + (F.softplus(-patch2) * seen).sum() / seen.sum()) / 2
        matching = sum((r - o).abs().mean() / r.abs().mean() / F.adaptive_max_pool2d(hole, r.shape[-2:]).mean()
                       for r, o in zip(real, ours)) / len(real)
        difference = self.difference(answer, torch.cat([truth * mask, mask], 1), hole, z)
        loss = (a.l1_hole * l1_hole + a.l2_hole * l2_hole + a.l1_known * l1_known + a.matching * matching - a.difference * difference
                + a.adversarial * (1 if adversarial_too else 1 / 6) * adversarial)
        if a.variant == 'edges':
            off_edges = (self.G.expected - edge_map(truth, torch.ones_like(mask))).abs()
            loss = loss + a.edges * (off_edges * near).sum() / near.sum()
        feature = torch.zeros_like(loss)
        if feature_too:
            with runs.shorter(self.a):
                feature = self.net.distance(truth, composited, hole).mean().to(z.dtype)
            loss = loss + a.feature * feature
        self.g_adam.zero_grad(set_to_none=True)
        loss.backward()
        self.g_adam.step()
        with torch.no_grad():
            for p, q in zip(self.average.parameters(), self.G.parameters()):
                p.lerp_(q, share)
        return torch.stack([t.detach() for t in (l1_hole, l1_known, adversarial, matching, feature, difference, d_loss,
                                                 whole[:n].mean(), whole[n:].mean())])

    def difference(self, answer, x, hole, z):
        """Between two answers to one picture, up to the limit: of the entries that repeat, or of the first stage alone, which
        costs little and is where z goes in."""
        a = self.a
        if a.pairs:
            n, one, two = a.pairs, answer[:a.pairs], answer[-a.pairs:]
        elif a.joint_pairs:
            n = a.joint_pairs
            with runs.shorter(self.a):
                one, two = self.G.coarse(x[:n], z[:n]).to(z.dtype), self.G.coarse(x[:n], z[n:2 * n]).to(z.dtype)
        else:
            return answer.new_zeros(())
        return (((two - one).abs() * hole[:n]).sum((1, 2, 3)) / (3 * hole[:n].sum((1, 2, 3)))).clamp(max=a.difference_limit).mean()

    def settle(self, pictures):
        """Batch norm's figures of the averaged generator: measured anew, as the average of weights has none."""
        own = self.average.refiner if self.a.first_stage else self.average
        norms = [m for m in own.modules() if isinstance(m, torch.nn.BatchNorm2d)]
        for m in norms:
            m.reset_running_stats()
            m.momentum = None
        self.average.train()
        with torch.no_grad():
            for k in range(16):
                truth, hole, z = (torch.from_numpy(t).to(self.a.device) for t in faces.batch(pictures, self.a.seed + 1, k, 4096 // self.a.size, 0, self.a.jitter))
                self.average(torch.cat([truth * (1 - hole), 1 - hole], 1), z)
        self.average.eval()


def start(path):
    """A state; of an exported network, the average alone, as it was learned: what a second stage adds is not enlarged."""
    if not path.endswith('.safetensors'):
        return runs.load(path)
    tensors, about = read_safetensors(path)
    weights = state_dict(tensors)
    if 'refiner.last.weight' in weights:
        weights['refiner.last.weight'] /= float(about.get('detail', 1))
    return dict(average=weights)


def nearness(a, hole):
    return masks.nearness(hole, a.discount ** (64 / a.size))


def batch(a, pictures, iteration):
    """Of an iteration: truths, holes, latents, nearness."""
    truth, hole, z = (torch.from_numpy(t) for t in faces.batch(pictures, a.seed, iteration, a.batch, a.pairs, a.jitter))
    return truth.contiguous(memory_format=torch.channels_last), hole, z, nearness(a, hole)


def validation_set(a):
    """Faces 300..499 of the dev set, each with one of the parts, in turn."""
    pictures = faces.load(os.path.join(a.data, 'ffhq%d-dev.zip' % a.size))[300:500]
    truth = torch.from_numpy(pictures.transpose(0, 3, 1, 2).astype(np.float32) / 127.5 - 1)
    holes = np.stack([masks.part(masks.PARTS[i % len(masks.PARTS)], a.size) for i in range(len(pictures))])
    z = torch.from_numpy(np.random.default_rng(7).standard_normal((len(pictures), 16)).astype(np.float32))
    return [t.to(a.device) for t in (truth, torch.from_numpy(holes.astype(np.float32))[:, None], z)]


def validate(training, data):
    truth, hole, z = data
    distance, error, gradient = [], [], []
    with torch.no_grad():
        for k in range(0, len(truth), 40):
            t, h = truth[k:k + 40], hole[k:k + 40]
            composited = t * (1 - h) + h * training.average(torch.cat([t * (1 - h), 1 - h], 1), z[k:k + 40])
            distance.append(training.net.distance(t, composited, h))
            error.append(((t - composited).square().sum((1, 2, 3)) / h.sum((1, 2, 3)) / 3))
            gradient.append(edge(composited, h) / edge(t, h))
    psnr = 10 * torch.log10(4 / torch.cat(error)).mean()
    return torch.cat(distance).mean().item(), psnr.item(), torch.cat(gradient).mean().item()


def edge(t, h):
    dx, dy = t[:, :, 1:-1, 2:] - t[:, :, 1:-1, :-2], t[:, :, 2:, 1:-1] - t[:, :, :-2, 1:-1]
    return ((dx * dx + dy * dy).sqrt() * h[:, :, 1:-1, 1:-1]).sum((1, 2, 3))


def sheet(training, data, path):
    """24 faces: the hole, two answers (two z), the truth."""
    truth, hole, z = (t[:24] for t in data)
    x = torch.cat([truth * (1 - hole), 1 - hole], 1)
    with torch.no_grad():
        answers = [truth * (1 - hole) + hole * training.average(x, v) for v in (z, z.flip(0))]
    rows = []
    for r in range(0, 24, 4):
        row = [t[k] for k in range(r, r + 4) for t in (truth * (1 - hole), *answers, truth)]
        rows.append(torch.cat(row, 2))
    picture = ((torch.cat(rows, 1).permute(1, 2, 0) + 1) * 127.5).round().clamp(0, 255).byte().cpu().numpy()
    h, w = picture.shape[:2]
    Image.fromarray(picture).resize((w * 128 // training.a.size, h * 128 // training.a.size), Image.BICUBIC).save(path)


def main():
    a = arguments()
    os.makedirs(a.out, exist_ok=True)
    def path(name): return os.path.join(a.out, name)
    pictures = faces.load(os.path.join(a.data, 'faces%d-train.zip' % a.size), path('faces.npy'))
    training = Training(a)
    if os.path.exists(path('state.pt')):
        training.restore(runs.load(path('state.pt')))
    training.join()
    data = validation_set(a)
    runs.keep_rows(path('losses.csv'), training.iteration, COLUMNS)
    runs.keep_rows(path('validation.csv'), training.iteration, ('iteration', 'pictures', 'distance', 'psnr', 'gradient'))
    stop = []
    for s in (signal.SIGTERM, signal.SIGINT):
        signal.signal(s, lambda *_: stop.append(1))
    with open(path('starts.txt'), 'a') as f:
        f.write('iteration %d: %s\n' % (training.iteration, ' '.join('%s=%s' % t for t in sorted(vars(a).items()))))
    first = saved = begun = time.time()
    used = time.process_time()
    rows = []
    def finite(): return runs.figures_of(rows, training.iteration) if rows else None
    batches = runs.made_ahead(lambda it: batch(a, pictures, it), itertools.count(training.iteration), a)
    while training.iteration < a.iterations and time.time() - first < 3600 * a.hours and time.process_time() - used < 3600 * a.processor_hours and not stop:
        rows.append(training.step(*next(batches)))
        it = training.iteration
        if it % 25 == 0:
            figures = finite()
            with open(path('losses.csv'), 'a', newline='') as f:
                csv.writer(f).writerow([it, '%.3f' % ((time.time() - begun) / len(rows))] + ['%.4f' % t for t in figures.mean(0)])
            rows, begun = [], time.time()
        if it % a.sheet_every == 0 or it % a.validate_every == 0:
            training.settle(pictures)
        if it % a.sheet_every == 0:
            sheet(training, data, path('sheet-%06d.png' % it))
        if it % a.validate_every == 0:
            figures = validate(training, data)
            with open(path('validation.csv'), 'a', newline='') as f:
                csv.writer(f).writerow([it, it * (a.batch - a.pairs)] + ['%.4f' % t for t in figures])
            if figures[0] < training.best:
                training.best = figures[0]
                runs.save(dict(average=runs.on_cpu(training.average.state_dict()), iteration=it, pictures=it * (a.batch - a.pairs),
                          seed=a.seed, size=a.size, distance=figures[0]), path('best.pt'))
        if time.time() - saved > 60 * a.minutes:
            finite()
            runs.save(training.state(), path('state.pt'))
            saved = time.time()
    finite()
    training.settle(pictures)
    runs.save(training.state(), path('state.pt'))


if __name__ == '__main__':
    main()
