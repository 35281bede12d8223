"""Makes the golden values of FeatureStatisticsTest with NumPy and SciPy 1.10.

    python3 frechet_golden.py > ../resources/org/inpaint4j/eval/frechet.csv

The features come from a hash (SplitMix64), which the test repeats, so no data has to be kept.
"""
import numpy as np
from scipy.linalg import sqrtm, svdvals


def uniform(seed, n):
    """n numbers k / 2^24 from SplitMix64 with counter seed * 2^32 + i."""
    with np.errstate(over="ignore"):
        z = np.uint64(seed) * np.uint64(1 << 32) + np.arange(n, dtype=np.uint64)
        z = (z + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    return (z >> np.uint64(40)).astype(np.float64) / (1 << 24)


def features(seed, n, d, shift):
    own = uniform(seed, n * d).reshape(n, d)
    shared = uniform(seed + 1000, n)[:, None]
    columns = np.arange(d)[None, :]
    return (own * (1 + columns % 7) + shared * (columns % 5) + shift * (columns % 3)).astype(np.float32)


def frechet(a, b):
    a, b = a.astype(np.float64), b.astype(np.float64)
    s1, s2 = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    mean = ((a.mean(0) - b.mean(0)) ** 2).sum()
    if min(len(a), len(b)) > a.shape[1]:
        cross = np.trace(sqrtm(s1 @ s2)).real
    else:
        # sqrtm loses half the digits of a singular matrix: the singular values of the product of the
        # centred samples are the roots of the eigenvalues of s1 s2, without a root being taken.
        ca = (a - a.mean(0)) / np.sqrt(len(a) - 1)
        cb = (b - b.mean(0)) / np.sqrt(len(b) - 1)
        cross = svdvals(ca @ cb.T).sum()
    return mean + np.trace(s1) + np.trace(s2) - 2 * cross


def kid(x, y):
    x, y = x.astype(np.float64), y.astype(np.float64)
    k = lambda a, b: (a @ b.T / a.shape[1] + 1) ** 3
    n = len(x)
    xx, yy = k(x, x), k(y, y)
    within = (xx.sum() - np.trace(xx) + yy.sum() - np.trace(yy)) / (n * (n - 1))
    return within - 2 * k(x, y).mean()


for n1, n2, d, shift in [(200, 150, 24, 0.5), (1200, 1300, 128, 0.1), (40, 30, 64, 0.25), (90, 200, 100, 0.0)]:
    a, b = features(1, n1, d, 0.0), features(2, n2, d, shift)
    n = min(n1, n2)
    print(",".join([str(n1), str(n2), str(d), str(shift), repr(frechet(a, b)), repr(kid(a[:n], b[:n]))]))
