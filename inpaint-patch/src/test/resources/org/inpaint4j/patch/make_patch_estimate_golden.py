#!/usr/bin/env python3
"""Golden values for PatchEstimateTest: patch_estimate_golden.csv, written beside this script.

The conditional mean of a Gaussian, from its textbook formula in the space of the pixels (the Java code works in
the space of the neighbours), with every loop written out. Needs NumPy.
"""
import csv, os
import numpy as np

W, H, CHANNELS, SIDE, REACH, COUNT = 26, 22, 3, 9, 6, 16
IN_PATCH, IN_NEIGHBOUR, IN_FIT = .02, .3, .02            # Trust.SCATTERED
NOISE, SPREAD, FIT_FLOOR, MISSING_COST = 1 / 20, .08, 30, 3


def image():
    c, y, x = np.meshgrid(range(CHANNELS), range(H), range(W), indexing='ij')
    v = .5 + .2 * np.sin(.9 * x + .4 * y + c) + .1 * np.sin(2.3 * x - 1.7 * y + .5 * c)
    return (v + .05 * ((x * 7 + y * 13 + c * 5) % 11) / 11).astype(np.float32).astype(np.float64)


def is_hole(x, y):
    return 9 <= y < 12 or abs(x - y) < 2


def estimate(u, hole, x, y):
    guide = 255 * u.mean(0)
    cut = lambda plane, a, b: plane[b:b + SIDE, a:a + SIDE].ravel()
    missing = cut(hole, x, y)
    weight = np.where(missing, IN_PATCH, 1)
    here = cut(guide, x, y)
    found = []
    for b in range(max(0, y - REACH), min(H - SIDE, y + REACH) + 1):
        for a in range(max(0, x - REACH), min(W - SIDE, x + REACH) + 1):
            if (a, b) != (x, y):
                theirs = np.where(cut(hole, a, b), IN_NEIGHBOUR, 1)
                lost = (1 - IN_NEIGHBOUR) * cut(hole, a, b).mean()
                mean = (weight * theirs * (cut(guide, a, b) - here) ** 2).sum() / (weight.sum() * (1 - lost) + 1e-3)
                found.append((mean + MISSING_COST * lost * (mean + 1), b, a))
    near = sorted(found)[:COUNT]
    vectors = np.array([cut(guide, a, b) for _, b, a in near])
    mean = vectors.mean(0)
    centred = vectors - mean
    w = np.sqrt(np.where(missing, IN_FIT, 1))
    scaled = centred * w
    ridge = NOISE * (~missing).sum() * COUNT + SPREAD * (scaled ** 2).sum() / COUNT
    covariance = scaled.T @ scaled
    solved = np.linalg.solve(covariance + ridge * np.eye(SIDE * SIDE), w * (here - mean))
    fit = mean + centred.T @ (scaled @ solved)
    error = (w ** 2 * (here - fit) ** 2).sum() / (w ** 2).sum()
    rows = []
    for c in range(CHANNELS):
        theirs = np.array([cut(u[c], a, b) for _, b, a in near])
        rows.append(theirs.mean(0) + (theirs - theirs.mean(0)).T @ (scaled @ solved))
    return np.array(rows), 1 / (error + FIT_FLOOR)


def main():
    u = image()
    hole = np.array([[is_hole(x, y) for x in range(W)] for y in range(H)])
    u[:, hole] = .5
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'patch_estimate_golden.csv'), 'w') as f:
        out = csv.writer(f, lineterminator='\n')
        out.writerow(['patch_x', 'patch_y', 'x', 'y', 'weight'] + ['c%d' % c for c in range(CHANNELS)])
        for x, y in [(8, 6), (0, 0), (W - SIDE, 4)]:
            values, weight = estimate(u, hole, x, y)
            for p in range(SIDE * SIDE):
                a, b = x + p % SIDE, y + p // SIDE
                if hole[b, a]:
                    out.writerow([x, y, a, b, '%.9g' % weight] + ['%.7f' % v for v in values[:, p]])


if __name__ == '__main__':
    main()
