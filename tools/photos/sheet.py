#!/usr/bin/python3
"""The sheet of docs/patches.md: the photographs with a wide hole each, and the objects, beside what `./inpaint fill` makes of them.

  tools/photos/sheet.py --photos ../shared/data/photos --work /tmp/patches docs/images/patches.jpg

--work: a folder for the fills; what is there already is not filled again. --command: what fills a folder.
"""
import argparse
import glob
import os
import shlex
import shutil
import subprocess
import numpy as np
from PIL import Image

CELL, AROUND, ROWS = 230, 30, 9


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('--photos', default='../shared/data/photos')
    p.add_argument('--work', required=True)
    p.add_argument('--command', default='./inpaint fill --method patch --seed 1')
    p.add_argument('target')
    a = p.parse_args()
    photos, masks, fills = (os.path.join(a.work, n) for n in ('photos', 'masks', 'fills'))
    for folder in (photos, masks):
        os.makedirs(folder, exist_ok=True)
    for mask in glob.glob(os.path.join(a.photos, 'masks', 'dev-*.blob.png')) + glob.glob(os.path.join(a.photos, 'masks', 'dev-*.object-*.png')):
        name = os.path.basename(mask)[len('dev-'):]
        shutil.copy(mask, os.path.join(masks, name))
        shutil.copy(os.path.join(a.photos, name.split('.')[0] + '.png'), os.path.join(photos, name))
    if not os.path.isdir(fills):
        subprocess.run(shlex.split(a.command) + ['--image', photos, '--mask', masks, '--out', fills], check=True)
    sheet = Image.new('RGB', (4 * (CELL + 4), ROWS * (CELL + 4)), 'white')
    for i, name in enumerate(sorted(os.listdir(masks))):
        hole = np.asarray(Image.open(os.path.join(masks, name)).convert('L')) > 127
        photo = np.array(Image.open(os.path.join(photos, name)).convert('RGB'))
        photo[hole] = 255, 0, 255
        y, x = np.where(hole)
        box = (max(x.min() - AROUND, 0), max(y.min() - AROUND, 0), min(x.max() + AROUND, photo.shape[1]), min(y.max() + AROUND, photo.shape[0]))
        for k, picture in enumerate((Image.fromarray(photo), Image.open(os.path.join(fills, name)).convert('RGB'))):
            part = picture.crop(box)
            part.thumbnail((CELL, CELL))
            sheet.paste(part, ((2 * (i // ROWS) + k) * (CELL + 4), i % ROWS * (CELL + 4)))
    sheet.save(a.target, quality=88)


if __name__ == '__main__':
    main()
