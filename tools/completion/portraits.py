#!/usr/bin/python3
"""Parts of the thirteen portraits covered and filled by the command, beside the portraits: a sheet for the docs.

  tools/completion/portraits.py --portraits ../shared/data/portraits --work out/portraits docs/images/portraits.jpg

The command ./inpaint fill finds the faces by itself; the squares below only say where to make the holes. They are
the library's own, of the uncovered portraits: middle, size and angle in pixels and degrees.
"""
import argparse
import math
import os
import subprocess
from PIL import Image, ImageDraw

SQUARES = {
    '020104.jpg': (92, 109, 120, -3.6), '020304.jpg': (88, 123, 123, -5), '020519.jpg': (90, 115, 118, 1.4),
    '020536.jpg': (85, 107, 116, -2.4), '021734.jpg': (245, 193, 201, -2.7), '029346.jpg': (91, 113, 135, -1.8),
    '029541.jpg': (89, 109, 128, 3.7), '029571.jpg': (87, 114, 119, 6.7), '029588.jpg': (89, 110, 121, 2.5),
    '029707.jpg': (86, 106, 118, 3.4), '029925.jpg': (85, 109, 127, -3.6), '041904.jpg': (252, 222, 230, -2.1),
    'astronaut.png': (223, 123, 125, 2.2)}

# ellipse or rectangle: middle and half axes, as shares of the square
PARTS = {'eyes': ('rectangle', .5, .33, .36, .13), 'mouth': ('ellipse', .5, .7, .24, .13), 'half': ('rectangle', .25, .5, .25, .5)}
TILE = 112


def outline(square, kind, u, v, du, dv):
    x, y, size, angle = square
    t = math.radians(angle)
    corners = [(du * math.cos(k * math.pi / 32), dv * math.sin(k * math.pi / 32)) for k in range(64)] if kind == 'ellipse' \
        else [(-du, -dv), (du, -dv), (du, dv), (-du, dv)]
    places = [((u - .5 + a) * size, (v - .5 + b) * size) for a, b in corners]
    return [(x + a * math.cos(t) - b * math.sin(t), y + a * math.sin(t) + b * math.cos(t)) for a, b in places]


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('--portraits', default='../shared/data/portraits')
    p.add_argument('--work', default='out/portraits', help='folder for masks and fills')
    p.add_argument('--command', default='./inpaint')
    p.add_argument('sheet')
    a = p.parse_args()
    folders = {name: os.path.join(a.work, name) for name in ('photos', 'masks', 'fills')}
    for folder in folders.values():
        os.makedirs(folder, exist_ok=True)
    for name, square in SQUARES.items():
        photo = Image.open(os.path.join(a.portraits, name)).convert('RGB')
        for part, shape in PARTS.items():
            file = '%s-%s.png' % (name.split('.')[0], part)
            mask = Image.new('L', photo.size, 0)
            ImageDraw.Draw(mask).polygon(outline(square, *shape), fill=255)
            photo.save(os.path.join(folders['photos'], file))
            mask.save(os.path.join(folders['masks'], file))
    subprocess.run([a.command, 'fill', '--image', folders['photos'], '--mask', folders['masks'], '--out', folders['fills']], check=True)
    sheet = Image.new('RGB', ((2 * len(PARTS) + 1) * TILE, len(SQUARES) * TILE), 'white')
    for row, (name, (x, y, size, _)) in enumerate(SQUARES.items()):
        reach = size * .62
        box = tuple(round(t) for t in (x - reach, y - reach, x + reach, y + reach))
        tiles = []
        for part in PARTS:
            file = '%s-%s.png' % (name.split('.')[0], part)
            photo, mask, fill = (Image.open(os.path.join(folders[f], file)) for f in ('photos', 'masks', 'fills'))
            tiles += [Image.composite(Image.new('RGB', photo.size, (128, 128, 128)), photo, mask), fill.convert('RGB')]
        for column, tile in enumerate(tiles + [photo]):
            sheet.paste(tile.crop(box).resize((TILE, TILE), Image.LANCZOS), (column * TILE, row * TILE))
    sheet.save(a.sheet, quality=88)


if __name__ == '__main__':
    main()
