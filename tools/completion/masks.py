"""Holes to train and measure with. A hole is a boolean array [S,S], true = to be filled."""
import math
import numpy as np
import torch
from PIL import Image, ImageDraw
from scipy import ndimage

# points of the alignment in the unit square of the crop, x, y (template of the face finder's specification)
RIGHT_EYE, LEFT_EYE, NOSE, RIGHT_MOUTH, LEFT_MOUTH = ((.335, .334), (.665, .334), (.500, .527), (.356, .681), (.644, .681))
MOUTH = (.500, .690)
PARTS = ('left-eye', 'right-eye', 'both-eyes', 'nose', 'mouth', 'left-half', 'right-half', 'lower-half')


def ellipse(size, x, y, rx, ry, angle=0.0):
    """All in units of the side; angle in radians."""
    c = (np.arange(size) + .5) / size
    dx, dy = c[None, :] - x, c[:, None] - y
    u = (dx * math.cos(angle) + dy * math.sin(angle)) / rx
    v = (-dx * math.sin(angle) + dy * math.cos(angle)) / ry
    return u * u + v * v <= 1


def box(size, x0, y0, x1, y1):
    hole = np.zeros((size, size), bool)
    a = [int(round(t * size)) for t in (y0, y1, x0, x1)]
    hole[max(a[0], 0):max(a[1], 0), max(a[2], 0):max(a[3], 0)] = True
    return hole


def part(name, size):
    """The fixed holes of the measurement: one part of an aligned face."""
    if name == 'left-eye':
        return ellipse(size, LEFT_EYE[0], LEFT_EYE[1] - .02, .15, .12)
    if name == 'right-eye':
        return ellipse(size, RIGHT_EYE[0], RIGHT_EYE[1] - .02, .15, .12)
    if name == 'both-eyes':
        return box(size, .17, .20, .83, .45)
    if name == 'nose':
        return ellipse(size, NOSE[0], NOSE[1] - .04, .14, .17)
    if name == 'mouth':
        return ellipse(size, MOUTH[0], MOUTH[1] + .01, .23, .12)
    if name == 'left-half':
        return box(size, .5, 0, 1, 1)
    if name == 'right-half':
        return box(size, 0, 0, .5, 1)
    if name == 'lower-half':
        return box(size, 0, .5, 1, 1)
    raise ValueError('part must be one of %s: found %s' % (PARTS, name))


def rectangle(rng, size, low, high):
    area = rng.uniform(low, high)
    aspect = math.exp(rng.uniform(-.6, .6))
    h = min(max(int(round(size * math.sqrt(area * aspect))), 3), size)
    w = min(max(int(round(size * math.sqrt(area / aspect))), 3), size)
    y, x = rng.integers(0, size - h + 1), rng.integers(0, size - w + 1)
    hole = np.zeros((size, size), bool)
    hole[y:y + h, x:x + w] = True
    return hole


def rectangles(rng, size):
    if rng.random() < .5:
        return rectangle(rng, size, .06, .40)
    hole = np.zeros((size, size), bool)
    for _ in range(rng.integers(1, 4)):
        hole |= rectangle(rng, size, .03, .15)
    return hole


def half(rng, size):
    at = rng.uniform(.4, .6)
    return [box(size, 0, 0, at, 1), box(size, at, 0, 1, 1), box(size, 0, at, 1, 1), box(size, 0, 0, 1, at)][rng.choice(4, p=[.3, .3, .3, .1])]


def blob(rng, size, x, y, rx, ry):
    """An ellipse with a wavy border, or a rounded box."""
    c = (np.arange(size) + .5) / size
    angle = rng.uniform(-.5, .5)
    dx, dy = c[None, :] - x, c[:, None] - y
    u = (dx * math.cos(angle) + dy * math.sin(angle)) / rx
    v = (-dx * math.sin(angle) + dy * math.cos(angle)) / ry
    if rng.random() < .25:
        return np.maximum(np.abs(u), np.abs(v)) <= .9
    turn = np.arctan2(v, u)
    wave = sum(rng.normal(0, .12 / k) * np.cos(k * turn + rng.uniform(0, 6.28)) for k in (1, 2, 3, 5))
    return np.hypot(u, v) <= 1 + wave


def parts(rng, size):
    """One to three blobs over eyes, nose, mouth or anywhere, moved and resized a little."""
    hole = np.zeros((size, size), bool)
    for _ in range(rng.choice([1, 2, 3], p=[.6, .3, .1])):
        kind = rng.integers(0, 6)
        scale = math.exp(rng.normal(0, .25))
        dx, dy = rng.normal(0, .025, 2)
        if kind == 0:
            x, y, rx, ry = *RIGHT_EYE, .15, .12
        elif kind == 1:
            x, y, rx, ry = *LEFT_EYE, .15, .12
        elif kind == 2:
            x, y, rx, ry = .5, .334, .36, .13
        elif kind == 3:
            x, y, rx, ry = NOSE[0], NOSE[1] - .04, .14, .17
        elif kind == 4:
            x, y, rx, ry = *MOUTH, .23, .13
        else:
            x, y, rx, ry = *rng.uniform(.1, .9, 2), *rng.uniform(.08, .25, 2)
        hole |= blob(rng, size, x + dx, y + dy, rx * scale, ry * scale)
    return hole


def strokes(rng, size):
    picture = Image.new('L', (size, size), 0)
    draw = ImageDraw.Draw(picture)
    for _ in range(rng.integers(1, 7)):
        width = max(1, int(round(size * rng.uniform(.025, .12))))
        p = rng.uniform(0, size, 2)
        turn = rng.uniform(0, 6.28)
        points = [tuple(p)]
        for _ in range(rng.integers(2, 9)):
            turn += rng.normal(0, .8)
            p = np.clip(p + rng.uniform(.08, .3) * size * np.array([math.cos(turn), math.sin(turn)]), -2, size + 2)
            points.append(tuple(p))
        draw.line(points, fill=255, width=width, joint='curve')
    return np.asarray(picture) > 0


def noise(rng, size):
    share = rng.uniform(.5, .8)
    return rng.random((size, size)) < share


FAMILIES = ((rectangles, .30), (parts, .36), (half, .10), (strokes, .16), (noise, .08))


def draw(rng, size):
    """A hole of 3 to 60 % (of noise, 50 to 80 %)."""
    while True:
        family = FAMILIES[rng.choice(len(FAMILIES), p=[w for _, w in FAMILIES])][0]
        hole = family(rng, size)
        if family is not noise and rng.random() < .06:
            hole = hole | strokes(rng, size)
        share = hole.mean()
        if family is noise or .03 <= share <= .60:
            return hole


def nearness(holes, factor):
    """holes: tensor [N,1,S,S], 1 = hole. factor to the power of (a pixel's distance to the nearest known one, less 1), 0 on known
    pixels."""
    out = np.zeros(tuple(holes.shape), np.float32)
    for n, hole in enumerate(holes[:, 0].numpy() > 0):
        distance = ndimage.distance_transform_cdt(hole, 'chessboard')
        out[n, 0] = np.where(hole, factor ** (np.maximum(distance, 1) - 1.0), 0)
    return torch.from_numpy(out)
