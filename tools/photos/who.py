#!/usr/bin/python3
"""The picture of docs/photos.md: a rocket taken out of a photo and six noses covered, and filled by the command
without an option; beside each the map of who filled what, by the example WhoFilledWhat.

  tools/photos/who.py --work out/who docs/images/photo.jpg

--command: the program of both.
"""
import argparse
import os
import shlex
import subprocess
import sys
from PIL import Image, ImageDraw
sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'completion'))
from portraits import SQUARES, outline  # noqa: E402  tools/completion/portraits.py

GROUP = (('020104.jpg', '020304.jpg', '020519.jpg'), ('020536.jpg', '029346.jpg', '029541.jpg'))
NOSE = ('ellipse', .5, .52, .14, .1)
CELL, HEIGHT, GAP = (175, 214), 300, 6


def noses(portraits):
    """The group, and the mask of its noses."""
    size = len(GROUP[0]) * CELL[0], len(GROUP) * CELL[1]
    photo, mask = Image.new('RGB', size), Image.new('L', size)
    for row, names in enumerate(GROUP):
        for column, name in enumerate(names):
            x, y = column * CELL[0], row * CELL[1]
            photo.paste(Image.open(os.path.join(portraits, name)).convert('RGB'), (x, y))
            ImageDraw.Draw(mask).polygon([(x + u, y + v) for u, v in outline(SQUARES[name], *NOSE)], fill=255)
    return photo, mask


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('--data', default='../shared/data')
    p.add_argument('--work', required=True)
    p.add_argument('--command', default='./inpaint')
    p.add_argument('target')
    a = p.parse_args()
    os.makedirs(a.work, exist_ok=True)
    photos = os.path.join(a.data, 'photos')
    pictures = {'rocket': (Image.open(os.path.join(photos, 'rocket.png')),
                           Image.open(os.path.join(photos, 'masks', 'dev-rocket.object-rocket.png'))),
                'noses': noses(os.path.join(a.data, 'portraits'))}
    rows = []
    for name, parts in pictures.items():
        files = [os.path.join(a.work, '%s-%s.png' % (name, part)) for part in ('photo', 'mask', 'filled', 'map')]
        for part, file in zip(parts, files):
            part.save(file)
        command = shlex.split(a.command)
        subprocess.run(command + ['example', 'WhoFilledWhat'] + files, check=True)
        subprocess.run(command + ['fill', '--image', files[0], '--mask', files[1], '--out', files[2]], check=True)
        rows.append([Image.open(files[k]).convert('RGB') for k in (3, 2)])
    rows = [[t.resize((t.width * HEIGHT // t.height, HEIGHT), Image.LANCZOS) for t in row] for row in rows]
    sheet = Image.new('RGB', (max(sum(t.width + GAP for t in row) for row in rows) - GAP, len(rows) * (HEIGHT + GAP) - GAP), 'white')
    for r, row in enumerate(rows):
        for k, t in enumerate(row):
            sheet.paste(t, (k * (row[0].width + GAP), r * (HEIGHT + GAP)))
    sheet.save(a.target, quality=88)


if __name__ == '__main__':
    main()
