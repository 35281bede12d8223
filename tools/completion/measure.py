#!/usr/bin/python3
"""Figures of a completion network on parts of FFHQ faces at 128 pixels, and a sheet of its fills.

  tools/completion/measure.py --state ../training/completion64/best.pt --faces 300-499 --sheet sheet.png

Each face gets --per-face holes, parts in turn (masks.py). A network of 64 pixels sees the face reduced by areas, its answer
is enlarged bicubically; a pixel of 64 is known where at least half of the four under it are, and is their mean. The fill is Poisson-blended at 128 pixels.
Columns: those of ../shared/tools/hole_metrics.py, and `yunet`: a distance of the same kind by the face finder's features,
which no loss here uses. Rows beside the network: `harmonic` (the smooth fill) and `64px` (the truth at 64, enlarged).
"""
import argparse
import json
import os
import sys
import numpy as np
import torch
from PIL import Image
from scipy import sparse
from scipy.sparse.linalg import splu
import faces
import masks
from features import read_safetensors, state_dict
from networks import generator_of, load_weights
from yunet import YuNet


def poisson(photo, fill, hole, cache):
    """photo, fill: h x w x 3 double; the fill's differences with the photo's values at the hole's edge; free at the border."""
    key = hole.tobytes()
    if key not in cache:
        h, w = hole.shape
        number = -np.ones((h, w), int)
        number[hole] = np.arange(hole.sum())
        rows, columns, values, border = [], [], [], []
        degree = np.zeros(hole.sum())
        for dy, dx in ((0, 1), (1, 0), (0, -1), (-1, 0)):
            y, x = np.where(hole)
            v, u = y + dy, x + dx
            inside = (v >= 0) & (v < h) & (u >= 0) & (u < w)
            p, v, u, y, x = number[y, x][inside], v[inside], u[inside], y[inside], x[inside]
            degree += np.bincount(p, minlength=len(degree))
            q = number[v, u]
            rows.append(p[q >= 0]); columns.append(q[q >= 0]); values.append(-np.ones((q >= 0).sum()))
            border.append((p, y, x, v, u))
        n = np.arange(len(degree))
        matrix = sparse.csc_matrix((np.concatenate(values + [degree]), (np.concatenate(rows + [n]), np.concatenate(columns + [n]))))
        cache[key] = splu(matrix), border, len(degree)
    lu, border, n = cache[key]
    result = photo.copy()
    for c in range(3):
        b = np.zeros(n)
        for p, y, x, v, u in border:
            np.add.at(b, p, fill[y, x, c] - fill[v, u, c] + np.where(hole[v, u], 0, photo[v, u, c]))
        result[..., c][hole] = lu.solve(b)
    return result


def reduce_half(t):
    return (t[0::2, 0::2] + t[1::2, 0::2] + t[0::2, 1::2] + t[1::2, 1::2]) / 4


def enlarge(t, size):
    """h x w x 3 double, bicubic, by channel in float."""
    return np.stack([np.asarray(Image.fromarray(t[..., c].astype(np.float32)).resize((size, size), Image.BICUBIC))
                     for c in range(3)], -1).astype(np.float64)


def network(path):
    if path.endswith('.safetensors'):
        tensors, meta = read_safetensors(path)
        size = int(meta['size'])
        weights = state_dict(tensors)
        about = {k: meta[k] for k in ('iteration', 'pictures') if k in meta}
    else:
        s = torch.load(path, map_location='cpu')
        size, weights = s['size'], s['average']
        about = dict(iteration=s['iteration'], pictures=s.get('pictures'))
    g = generator_of(weights)
    load_weights(g, weights)
    return g.eval(), size, about


def answer(g, size, photo, hole, z):
    """photo: 128 x 128 x 3 double 0..255 -> the network's whole picture, enlarged to the photo's size."""
    side, small, known = photo.shape[0], photo, ~hole
    while small.shape[0] > size:
        share = reduce_half(known.astype(float))
        small, known = reduce_half(small * known[..., None]) / np.maximum(share, .25)[..., None], share >= .5
    x = torch.from_numpy(small.transpose(2, 0, 1).astype(np.float32) / 127.5 - 1)[None]
    m = torch.from_numpy(known.astype(np.float32))[None, None]
    with torch.no_grad():
        y = g(torch.cat([x * m, m], 1), z)[0]
    t = (y.numpy().transpose(1, 2, 0).astype(np.float64) + 1) * 127.5
    return enlarge(t, side) if size < side else t


def main():
    p = argparse.ArgumentParser()
    p.add_argument('--data', default='../shared/data')
    p.add_argument('--tools', default='../shared/tools', help='folder of hole_metrics.py')
    p.add_argument('--state', action='append', required=True, help='best.pt, state.pt or .safetensors; may be given again')
    p.add_argument('--faces', default='0-199')
    p.add_argument('--per-face', type=int, default=1)
    p.add_argument('--parts', default=','.join(masks.PARTS))
    p.add_argument('--references', action='store_true', help='rows of the smooth fill and of the truth at 64 px as well')
    p.add_argument('--sheet', help='PNG of the first 24 fills at 4x: hole, fills, truth')
    p.add_argument('--json')
    p.add_argument('--scale', type=int, default=4)
    a = p.parse_args()
    torch.set_num_threads(1)
    sys.path.insert(0, a.tools)
    import hole_metrics
    squeezenet = hole_metrics.load_safetensors(os.path.join(a.data, 'squeezenet1_0.safetensors'))
    folder = os.path.join(a.data, 'yunet')
    yunet = YuNet(os.path.join(folder, next(n for n in sorted(os.listdir(folder)) if n.endswith('.safetensors') and '16' not in n)))
    low, high = (int(t) for t in a.faces.split('-'))
    pictures = faces.load(os.path.join(a.data, 'ffhq128-dev.zip'))[low:high + 1]
    nets = [network(s) for s in a.state]
    parts, cache, figures, cells = a.parts.split(','), {}, {}, []
    rng = np.random.default_rng(11)
    for i, truth in enumerate(pictures):
        for k in range(a.per_face):
            part = parts[(i * a.per_face + k) % len(parts)]
            hole = masks.part(part, 128)
            photo = truth.astype(np.float64) * ~hole[..., None]
            z = torch.from_numpy(rng.standard_normal((1, 16)).astype(np.float32))
            fills = {'%s %s' % (s, about): answer(g, size, photo, hole, z) for s, (g, size, about) in zip(a.state, nets)}
            if a.references:
                fills['harmonic'] = np.zeros_like(photo)
                fills['64px'] = enlarge(reduce_half(truth.astype(np.float64)), 128)
            row = [truth * ~hole[..., None]]
            for name, fill in fills.items():
                done = np.clip(np.rint(poisson(photo, fill, hole, cache)), 0, 255).astype(np.uint8)
                if len(cells) < 24:
                    row.append(done)
                f = hole_metrics.figures(truth, done, hole, squeezenet, 2)
                f['yunet'] = yunet.distance(truth, done, hole)
                for group in ('all', part):
                    figures.setdefault(name, {}).setdefault(group, []).append(f)
            if len(cells) < 24:
                cells.append(np.concatenate(row + [truth], 1))
    out = {}
    for name, groups in figures.items():
        print(name)
        print('  %-11s %4s %6s %6s %6s %6s %6s %6s' % ('part', 'n', 'psnr', 'ssim', 'sqz', 'sharp', 'seam', 'yunet'))
        for group, list_ in groups.items():
            mean = {k: float(np.nanmean([f[k] for f in list_])) for k in list_[0]}
            out.setdefault(name, {})[group] = mean
            print('  %-11s %4d %6.2f %6.3f %6.3f %6.2f %6.2f %6.3f' % (group, len(list_), *mean.values()))
    if a.json:
        with open(a.json, 'w') as f:
            json.dump(out, f, indent=1)
    if a.sheet:
        across = 3
        rows = [np.concatenate(cells[r:r + across], 1) for r in range(0, len(cells) - across + 1, across)]
        picture = Image.fromarray(np.concatenate(rows, 0).astype(np.uint8))
        picture.resize((picture.width * a.scale // 2, picture.height * a.scale // 2), Image.BICUBIC).save(a.sheet)


if __name__ == '__main__':
    main()
