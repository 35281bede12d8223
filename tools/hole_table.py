#!/usr/bin/env python3
"""Figures of a folder of filled photographs, image by image and as medians.

  hole_table.py PHOTOS RESULTS KIND TOOLS SQUEEZENET

PHOTOS has NAME.png and masks/dev-NAME.KIND.png; RESULTS has NAME.KIND.png and perhaps times.txt with lines
"NAME.KIND processor-seconds". TOOLS is the folder of hole_metrics.py, which defines the figures; SQUEEZENET its
weights. Needs what hole_metrics.py needs.
"""
import os, sys
import numpy as np
from PIL import Image


def main():
    photos, results, kind, tools, weights = sys.argv[1:6]
    sys.path.insert(0, tools)
    import hole_metrics
    import torch
    torch.set_num_threads(1)
    net = hole_metrics.load_safetensors(weights)
    times = {}
    if os.path.exists(os.path.join(results, 'times.txt')):
        with open(os.path.join(results, 'times.txt')) as f:
            times = {name: float(seconds) for name, seconds in (line.split() for line in f)}
    rgb = lambda name: np.asarray(Image.open(name).convert('RGB'))
    keys = ['psnr', 'ssim', 'sqz', 'sharp', 'seam', 'cpu/MP']
    print('%-12s' % kind, *['%7s' % k for k in keys])
    rows = []
    for file in sorted(os.listdir(results)):
        if not file.endswith('.%s.png' % kind):
            continue
        name = file.split('.')[0]
        truth, result = rgb(os.path.join(photos, name + '.png')), rgb(os.path.join(results, file))
        mask = Image.open(os.path.join(photos, 'masks', 'dev-%s.%s.png' % (name, kind))).convert('L')
        erode = 2 if kind == 'blob' else 0
        figures = hole_metrics.figures(truth, result, np.asarray(mask) > 0, net, erode)
        seconds = times.get('%s.%s' % (name, kind), float('nan'))
        rows.append([figures[k] for k in keys[:5]] + [seconds / (truth.shape[0] * truth.shape[1] / 1e6)])
        print('%-12s' % name, *['%7.3f' % v for v in rows[-1]])
    print('%-12s' % 'median', *['%7.3f' % v for v in np.median(np.array(rows), 0)])


if __name__ == '__main__':
    main()
