#!/usr/bin/python3
"""The sheet of docs/photos.md: six holes, our fills (those of sheet.py) and those of G'MIC and OpenCV.

  tools/photos/sheet.py --work /tmp/patches docs/images/patches.jpg
  tools/photos/peers.py --work /tmp/patches docs/images/photo-peers.jpg

Needs gmic and OpenCV (Debian's gmic and python3-opencv).
"""
import argparse
import os
import subprocess
import tempfile
import cv2
import numpy as np
from PIL import Image, ImageDraw

NAMES = ('rocket.object-rocket', 'blossom.object-twig', 'brick.blob', 'gravel.blob', 'raccoon.blob', 'coffee.blob')
WIDTH, HEIGHT, TOP = 190, 150, 15


def gmic(photo, hole, command):
    """What a command of G'MIC makes of the hole (255); its first fill."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, n) for n in ('photo.png', 'mask.png', 'filled.png')]
        cv2.imwrite(paths[0], photo)
        cv2.imwrite(paths[1], hole)
        subprocess.run(['gmic', *paths[:2], *command.split(), '-keep[0]', '-output', paths[2]], check=True, capture_output=True)
        return cv2.imread(paths[2])


def window(hole):
    """The part of a picture that is shown: around the hole, of the shape of a cell."""
    h, w = hole.shape
    y, x = np.where(hole)
    width = min(max(x.max() - x.min() + 60, (y.max() - y.min() + 60) * WIDTH / HEIGHT), w, h * WIDTH / HEIGHT)
    height = width * HEIGHT / WIDTH
    left = min(max((x.min() + x.max() - width) / 2, 0), w - width)
    top = min(max((y.min() + y.max() - height) / 2, 0), h - height)
    return tuple(int(round(t)) for t in (left, top, left + width, top + height))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('--work', required=True)
    p.add_argument('target')
    a = p.parse_args()
    fillers = {
        'hole': lambda photo, hole, ours: np.where(hole[..., None] > 0, np.uint8([255, 0, 255]), photo),
        'Inpaint4J': lambda photo, hole, ours: ours,
        "G'MIC patch": lambda photo, hole, ours: gmic(photo, hole, '-inpaint[0] [1],7,112,0.1,1,8.4,0,0.05,10,1'),
        "G'MIC matchpatch": lambda photo, hole, ours: gmic(photo, hole, '-inpaint_matchpatch[0] [1]'),
        'OpenCV NS': lambda photo, hole, ours: cv2.inpaint(photo, hole, 5, cv2.INPAINT_NS),
        'OpenCV Telea': lambda photo, hole, ours: cv2.inpaint(photo, hole, 5, cv2.INPAINT_TELEA),
    }
    sheet = Image.new('RGB', ((WIDTH + 3) * len(fillers) - 3, TOP + (HEIGHT + 3) * len(NAMES)), 'white')
    draw = ImageDraw.Draw(sheet)
    for i, name in enumerate(NAMES):
        photo, ours = (cv2.imread(os.path.join(a.work, folder, name + '.png')) for folder in ('photos', 'fills'))
        hole = np.uint8(cv2.imread(os.path.join(a.work, 'masks', name + '.png'), cv2.IMREAD_GRAYSCALE) > 127) * 255
        for k, (title, fill) in enumerate(fillers.items()):
            draw.text((k * (WIDTH + 3) + 3, 2), title, 'black')
            part = Image.fromarray(cv2.cvtColor(fill(photo, hole, ours), cv2.COLOR_BGR2RGB)).crop(window(hole))
            sheet.paste(part.resize((WIDTH, HEIGHT), Image.LANCZOS), (k * (WIDTH + 3), TOP + i * (HEIGHT + 3)))
    sheet.save(a.target, quality=90)


if __name__ == '__main__':
    main()
