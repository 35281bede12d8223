#!/usr/bin/python3
"""detail_golden.csv: a small picture divided by scale as DetailPlanes does it, by SciPy's Gaussian filter.

  make_detail_golden.py > detail_golden.csv

One line for each third pixel: its index, luma below the band, first and last channel less it, shape, strength, detail and
structure of the three channels. The picture is sin-waves (DetailPlanesTest draws the same); a rectangle of it is unknown.
"""
import numpy as np
from scipy import ndimage

W, H, SCALE, FAINT = 31, 23, 1.5, .012
y, x = np.mgrid[:H, :W].astype(np.float64)
picture = np.stack([.5 + .2 * np.sin(.7 * x + c) * np.cos(.4 * y + .1 * x) + .1 * np.sin(1.9 * x + 1.3 * y + c) for c in range(3)])
usable = np.ones((H, W))
usable[4:9, 20:27] = 0


def blur(t, sigma):
    def g(a): return ndimage.gaussian_filter(a, sigma, mode='constant', truncate=3)
    return g(t * usable) / np.maximum(g(usable), 1e-3)


def luma(t): return np.tensordot([.299, .587, .114], t, 1)


below = np.stack([blur(p, .6 * SCALE) for p in picture])
base = np.stack([blur(p, 1.6 * SCALE) for p in picture])
low = luma(base)
band = luma(below) - low
strength = np.sqrt(blur(band * band, 1.5 * SCALE))
columns = [low, base[0] - low, base[2] - low, band / (strength + FAINT), strength, *(picture - below), *(picture - base)]
for i in range(0, W * H, 3):
    print(','.join([str(i)] + ['%.6f' % c.ravel()[i] for c in columns]))
