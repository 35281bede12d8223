"""Pictures of a stored zip as one uint8 array [N,S,S,3], decoded once and kept beside the state; batches from it."""
import io
import os
import zipfile
import numpy as np
from PIL import Image
import masks


def load(path, cache=None):
    if cache and os.path.exists(cache):
        return np.load(cache, mmap_mode=None)
    with zipfile.ZipFile(path) as archive:
        names = sorted(n for n in archive.namelist() if n.lower().endswith(('.jpg', '.png')))
        faces = np.stack([np.asarray(Image.open(io.BytesIO(archive.read(n))).convert('RGB')) for n in names])
    if cache:
        with open(cache + '.part', 'wb') as f:
            np.save(f, faces)
        os.replace(cache + '.part', cache)
    return faces


def batch(faces, seed, iteration, size, pairs, jitter=0):
    """The batch of an iteration, a function of (seed, iteration) alone.

    Returns pictures [B,3,S,S] in -1..1, holes [B,1,S,S] (1 = hole), z [B,16]. The last `pairs` entries repeat the first
    ones, with other z. Pictures are mirrored, and half of them moved by up to two pixels and changed a little in colour.
    jitter: the share of them that is turned (by 4 degrees), sized (by 5 %) and moved (by 1.5 pixels of 64; all standard deviations)
    before: a face that was found is off by so much."""
    n = size - pairs
    rng = np.random.default_rng([seed, 1, iteration])
    first = iteration * n
    index = [permutation(len(faces), seed, i // len(faces))[i % len(faces)] for i in range(first, first + n)]
    side = faces.shape[1]
    pictures = np.empty((size, side, side, 3), np.float32)
    holes = np.empty((size, 1, side, side), np.float32)
    for k, i in enumerate(index):
        face = faces[i]
        if jitter and rng.random() < jitter:
            face = off(face, rng)
        if rng.random() < .5:
            face = face[:, ::-1]
        reach = 2 * side // 64
        if rng.random() < .5:
            dy, dx = rng.integers(0, 2 * reach + 1, 2)
            face = np.pad(face, ((reach, reach), (reach, reach), (0, 0)), 'reflect')[dy:dy + side, dx:dx + side]
        t = face.astype(np.float32) / 127.5 - 1
        if rng.random() < .5:
            t = np.clip(t * rng.normal(1, .06) + rng.normal(0, .04, 3).astype(np.float32), -1, 1)
        pictures[k] = t
        holes[k, 0] = masks.draw(rng, side)
    pictures[n:], holes[n:] = pictures[:pairs], holes[:pairs]
    z = rng.standard_normal((size, 16)).astype(np.float32)
    return np.ascontiguousarray(pictures.transpose(0, 3, 1, 2)), holes, z


def off(face, rng):
    """The face as a square that is a little wrong shows it; beyond its border, mirrored."""
    side = face.shape[0]
    angle, size = np.deg2rad(rng.normal(0, 4)), np.exp(rng.normal(0, .05))
    dx, dy = rng.normal(0, 1.5 * side / 64, 2)
    pad = side // 4
    wide = Image.fromarray(np.pad(face, ((pad, pad), (pad, pad), (0, 0)), 'reflect'))
    c, s, middle = np.cos(angle) * size, np.sin(angle) * size, side / 2 + pad
    # from places of the result to places of the padded face
    affine = (c, -s, middle + dx - c * side / 2 + s * side / 2, s, c, middle + dy - s * side / 2 - c * side / 2)
    return np.asarray(wide.transform((side, side), Image.AFFINE, affine, Image.BICUBIC))


_permutations = {}


def permutation(n, seed, epoch):
    if epoch not in _permutations:
        if len(_permutations) > 1:
            _permutations.clear()
        _permutations[epoch] = np.random.default_rng([seed, 2, epoch]).permutation(n)
    return _permutations[epoch]
