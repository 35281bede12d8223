#!/usr/bin/python3
"""How far the samples of a training (its average) are from the pictures it was trained on, and a sheet of samples.

  tools/stylegan/measure.py ../training/stylegan64d/state.pt --samples 2000 --sheet samples.png

Two Fréchet distances: of the pixels of the pictures reduced to 8 pixels (fast: layout and colours), and, from 32 pixels on, of
features of SqueezeNet as `./inpaint bench samples` takes them. Both fall as the number of samples grows: compare equal numbers.
The statistics of the pictures are kept beside the state.
"""
import argparse
import os
import sys
import numpy as np
import torch
from scipy import linalg
from torch.nn import functional as F
from networks import Generator
from train_stylegan import at_most, normal, save_rows
sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'completion'))
import faces  # noqa: E402  tools/completion/faces.py
from features import SqueezeNet  # noqa: E402  tools/completion/features.py

BATCH = 50


def frechet(a, b):
    """Between Gaussians, each given as (mean, covariance)."""
    (m, s), (n, t) = a, b
    root = linalg.sqrtm(s @ t).real
    return float(((m - n) ** 2).sum() + np.trace(s) + np.trace(t) - 2 * np.trace(root))


def gaussian(vectors):
    v = np.concatenate(vectors).astype(np.float64)
    return v.mean(0), np.cov(v, rowvar=False)


def statistics(batches, net):
    """batches of pictures [N,3,S,S] in -1..1 -> Gaussians of their pixels at 8 pixels, and of their features."""
    pixels, features = [], []
    with torch.no_grad():
        for t in batches:
            t = t.clamp(-1, 1)
            pixels.append(F.adaptive_avg_pool2d(t, 8).flatten(1).numpy())
            if net:
                large = F.interpolate(t, size=(224, 224), mode='bilinear', align_corners=False)
                features.append((net.layers(large, 0)[-1].mean((2, 3)) / 32).numpy())
    return [gaussian(v) for v in (pixels, features) if v]


def as_images(bytes_):
    return torch.from_numpy(bytes_.astype(np.float32).transpose(0, 3, 1, 2) / np.float32(127.5) - 1)


def main():
    p = argparse.ArgumentParser()
    p.add_argument('state', help='state.pt or size-NNN.pt of train_stylegan.py')
    p.add_argument('--data', default='../shared/data/faces64-train.zip')
    p.add_argument('--squeezenet', default='../shared/data/squeezenet1_0.safetensors')
    p.add_argument('--samples', type=int, default=2000)
    p.add_argument('--pictures', type=int, default=4000, help='drawn at random from those of the training')
    p.add_argument('--weights', choices=('average', 'G'), default='average')
    p.add_argument('--seed', type=int, default=1)
    p.add_argument('--sheet', help='PNG of 40 samples')
    a = p.parse_args()
    s = torch.load(a.state, map_location='cpu')
    o, step = s['options'], s['place'][0]
    side = 4 << step
    g = Generator(o['channels'], o['style'], o['layers'])
    g.load_state_dict(s[a.weights])
    net = SqueezeNet(a.squeezenet) if side >= 32 else None

    def samples():
        rng = np.random.default_rng(a.seed)
        for i in range(0, a.samples, BATCH):
            yield g(normal(rng, BATCH, o['style']), [], step)
    kept = os.path.join(os.path.dirname(a.state), 'statistics-%d-%d.npz' % (side, a.pictures))
    if os.path.exists(kept):
        with np.load(kept) as f:
            truth = [(f['mean%d' % i], f['covariance%d' % i]) for i in range(len(f.files) // 2)]
    else:
        pictures = at_most(faces.load(a.data), side)
        chosen = pictures[np.random.default_rng(0).permutation(len(pictures))[:a.pictures]]
        truth = statistics((as_images(chosen[i:i + BATCH]) for i in range(0, len(chosen), BATCH)), net)
        np.savez(kept, **{k + str(i): v for i, pair in enumerate(truth) for k, v in zip(('mean', 'covariance'), pair)})
    found = [frechet(x, y) for x, y in zip(statistics(samples(), net), truth)]
    print('iteration %d, %d pictures, %d pixels: %s' % (s['place'][3], s['place'][4], side, ', '.join(
        '%s %.2f' % t for t in zip(('pixels', 'features'), found))))
    if a.sheet:
        with torch.no_grad():
            save_rows(g(normal(np.random.default_rng(7), 40, o['style']), [], step), 128, a.sheet)


if __name__ == '__main__':
    main()
