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


def batch(faces, seed, iteration, size, pairs):
    """The batch of an iteration, a function of (seed, iteration) alone.

    Returns pictures [B,3,S,S] in -1..1, holes [B,1,S,S] (1 = hole), z [B,16]. The last `pairs` entries repeat the first
    ones, with other z. Pictures are mirrored, and half of them moved by up to two pixels and changed a little in colour."""
    n = size - pairs
    rng = np.random.default_rng([seed, 1, iteration])
    first = iteration * n
    index = [permutation(len(faces), seed, i // len(faces))[i % len(faces)] for i in range(first, first + n)]
    side = faces.shape[1]
    pictures = np.empty((size, side, side, 3), np.float32)
    holes = np.empty((size, 1, side, side), np.float32)
    for k, i in enumerate(index):
        face = faces[i]
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


_permutations = {}


def permutation(n, seed, epoch):
    if epoch not in _permutations:
        if len(_permutations) > 1:
            _permutations.clear()
        _permutations[epoch] = np.random.default_rng([seed, 2, epoch]).permutation(n)
    return _permutations[epoch]
