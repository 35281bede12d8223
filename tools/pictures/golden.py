#!/usr/bin/env python3
"""Makes the small files of inpaint-files' tests, and what Pillow, tifffile or numpy say is in them.

    tools/pictures/golden.py --cases FOLDER --out inpaint-files/src/test/resources/org/inpaint4j/files/kinds
"""
import argparse, os, subprocess, sys
import numpy as np
from PIL import Image
sys.path.insert(0, os.path.dirname(__file__))
import matrix

matrix.W, matrix.H = 9, 7


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--cases', required=True)
    parser.add_argument('--out', required=True)
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    icc = matrix.profiles(args.cases)
    rng = np.random.default_rng(11)
    lines = []

    def add(name, a):
        """a: the samples as they are to be seen, [H, W, C]."""
        a = np.ascontiguousarray(a)
        bits = a.dtype.itemsize * 8
        lines.append(f'{name} {a.shape[1]} {a.shape[0]} {a.shape[2]} {bits} {a.astype(a.dtype.newbyteorder(">")).tobytes().hex()}')

    for fmt in ('png', 'tif', 'webp', 'bmp'):
        for mode in ('gray', 'graya', 'rgb', 'rgba', 'palette', 'palettea', 'bit'):
            for depth in (8, 16):
                orientation = 1 if fmt == 'bmp' else int(rng.integers(1, 9))
                profile = 'none' if fmt == 'bmp' else 'gray' if mode in ('gray', 'graya', 'bit') else 'wide'
                if matrix.holds(fmt, mode, depth, profile, orientation):
                    a = matrix.source(mode, depth, rng)
                    name = f'{mode}{depth}-{orientation}.{fmt}'
                    matrix.make(os.path.join(args.out, name), fmt, a, mode, depth, icc[profile], orientation)
                    if fmt == 'bmp' and mode == 'graya':  # bitmaps know no gray with alpha
                        a = a[..., [0, 0, 0, 1]]
                    add(name, matrix.upright(a, orientation))

    def convert(name, source, *options):
        path = os.path.join(args.out, name)
        Image.fromarray(source if source.shape[2] > 1 else source[..., 0]).save('/tmp/golden.png')
        subprocess.run(['convert', '/tmp/golden.png', *options, '-strip', path], check=True)
        add(name, source)

    rgb, gray, rgba = (matrix.source(mode, 8, rng) for mode in ('rgb', 'gray', 'rgba'))
    convert('interlaced.png', rgb, '-interlace', 'PNG')
    convert('interlaced-bit.png', matrix.source('bit', 8, rng), '-monochrome', '-interlace', 'PNG')
    convert('lzw.tif', rgb, '-compress', 'LZW')
    convert('packbits.tif', rgba, '-compress', 'RLE')
    convert('fax4.tif', matrix.source('bit', 8, rng), '-monochrome', '-compress', 'Group4')
    runs = np.repeat(np.repeat(rng.integers(0, 4, (4, 3, 1)) * 80, 2, 0)[:7], 3, 1).astype(np.uint8)
    convert('runs.bmp', runs, '-type', 'Palette', '-compress', 'RLE')
    # Gray of which one value is transparent.
    keyed = gray // 64 * 64
    Image.fromarray(keyed[..., 0]).save(os.path.join(args.out, 'key.png'), transparency=64)
    add('key.png', np.dstack([keyed, np.where(keyed == 64, 0, 255).astype(np.uint8)]))
    Image.fromarray(rgb).save(os.path.join(args.out, 'key-rgb.png'), transparency=tuple(int(v) for v in rgb[3, 4]))
    add('key-rgb.png', np.dstack([rgb, np.where((rgb == rgb[3, 4]).all(2), 0, 255).astype(np.uint8)]))
    # Of two bits, four grays.
    im = Image.fromarray(keyed[..., 0] // 64).convert('P')
    four = keyed // 64 * 85
    im.putpalette([v for g in (0, 85, 170, 255) for v in (g, g, g)])
    im.save(os.path.join(args.out, 'palette2.png'), bits=2)
    add('palette2.png', four)
    few = np.array([[10, 20, 30], [200, 100, 50], [0, 255, 0]], np.uint8)[rng.integers(0, 3, (7, 9))]
    im = Image.fromarray(few).quantize(3)
    im.save(os.path.join(args.out, 'palette.gif'))
    add('palette.gif', np.asarray(im.convert('RGB')))
    with open(os.path.join(args.out, 'expected.txt'), 'w') as file:
        file.write('\n'.join(lines) + '\n')


if __name__ == '__main__':
    main()
