#!/usr/bin/env python3
"""Puts every kind of picture through `inpaint fill` and reads the results with readers that are not ours.

Makes pictures of all kinds that PNG, TIFF, WebP, BMP and JPEG can hold (gray, RGB, palette, 1 bit; 8 or
16 bits; with and without alpha; no profile, sRGB, wide gamut, gray; orientation 1 to 8; 300 dots per
inch), fills a hole in each, writes PNG, TIFF, BMP and JPEG, and compares the known samples, the depth,
the alpha, the profile, the orientation and the resolution. What a format cannot hold has to be refused.

Needs Python 3 with Pillow, numpy and tifffile, ImageMagick's `convert`, and a built command:
    tools/pictures/matrix.py --driver "java -cp CLASSPATH tools/pictures/Run.java" --cases FOLDER --work FOLDER
or, without fills and in a minute, --copy --driver "java -cp CLASSPATH tools/pictures/Copy.java".
The driver reads lines of arguments, separated by tabs, and answers each with its exit code, a tab and
what was printed.
"""
import argparse, io, os, struct, subprocess, sys, zlib
from collections import Counter, OrderedDict
import numpy as np
import tifffile
from PIL import Image

W, H = 30, 22


def profiles(cases):
    read = lambda name: Image.open(os.path.join(cases, name)).info['icc_profile']
    wide, srgb = read('icc_wide.png'), read('icc_srgb.jpg')
    gray = wide[:16] + b'GRAY' + wide[20:]  # carried, never interpreted
    return {'none': None, 'sRGB': srgb, 'wide': wide, 'gray': gray}


def source(mode, depth, rng):
    """Samples [H, W, C] as they are stored."""
    channels = {'gray': 1, 'graya': 2, 'rgb': 3, 'rgba': 4, 'palette': 3, 'palettea': 4, 'bit': 1}[mode]
    top = 65535 if depth == 16 else 255
    if mode == 'bit':
        return (rng.random((H, W, 1)) < .5).astype(np.uint8) * 255
    if mode.startswith('palette'):
        colors = rng.integers(0, 256, (40, 3))
        index = rng.integers(0, 40, (H, W))
        image = colors[index]
        if mode == 'palettea':
            opacity = np.r_[np.arange(20) * 12, np.full(20, 255)]
            image = np.dstack([image, opacity[index]])
        return image.astype(np.uint8)
    ramp = np.linspace(0, top, W)[None, :, None] + np.zeros((H, 1, channels))
    noise = rng.integers(-top // 8, top // 8, (H, W, channels))
    image = np.clip(ramp * np.linspace(.4, 1, channels) + noise, 0, top)
    return image.astype(np.uint16 if depth == 16 else np.uint8)


def upright(a, orientation):
    return {1: lambda: a, 2: lambda: a[:, ::-1], 3: lambda: a[::-1, ::-1], 4: lambda: a[::-1],
            5: lambda: a.transpose(1, 0, 2), 6: lambda: np.rot90(a, -1), 7: lambda: a[::-1, ::-1].transpose(1, 0, 2),
            8: lambda: np.rot90(a, 1)}[orientation]()


def exif(orientation):
    e = Image.Exif()
    e[274] = orientation
    e[271] = 'Maker'
    e.get_ifd(0x8769)[0x9003] = '2024:05:06 07:08:09'
    return e.tobytes()[6:]


def png(path, a, mode, depth, icc, orientation, interlaced=False):
    if mode in ('palette', 'palettea', 'bit') or interlaced:
        im = pillow(a, mode)
        buffer = io.BytesIO()
        im.save(buffer, 'png')
        data = buffer.getvalue()
    else:
        color = {1: 0, 2: 4, 3: 2, 4: 6}[a.shape[2]]
        rows = a.astype('>u2' if depth == 16 else 'u1')
        raw = b''.join(b'\0' + r.tobytes() for r in rows)
        data = b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', W, H, depth, color, 0, 0, 0)) \
            + chunk(b'IDAT', zlib.compress(raw)) + chunk(b'IEND', b'')
    extra = chunk(b'pHYs', struct.pack('>IIB', 11811, 11811, 1)) + chunk(b'eXIf', exif(orientation))
    if icc:
        extra += chunk(b'iCCP', b'x\0\0' + zlib.compress(icc))
    open(path, 'wb').write(data[:33] + extra + data[33:])


def chunk(kind, content):
    return struct.pack('>I', len(content)) + kind + content + struct.pack('>I', zlib.crc32(kind + content))


def pillow(a, mode):
    if mode == 'bit':
        return Image.fromarray(a[..., 0]).convert('1', dither=Image.Dither.NONE)
    if mode in ('palette', 'palettea'):
        flat = a.reshape(-1, a.shape[2])
        colors, index = np.unique(flat, axis=0, return_inverse=True)
        im = Image.frombytes('P', (W, H), index.astype(np.uint8).tobytes())
        im.putpalette(colors[:, :3].astype(np.uint8).tobytes())
        if mode == 'palettea':
            im.info['transparency'] = bytes(colors[:, 3].astype(np.uint8))
        return im
    return Image.fromarray(a[..., 0] if a.shape[2] == 1 else a)


def tiff(path, a, mode, depth, icc, orientation):
    extra = [(274, 3, 1, orientation, True)] + ([(34675, 7, len(icc), icc, True)] if icc else [])
    if mode == 'palette' or mode == 'bit':
        pillow(a, mode).save(path, 'tiff', tiffinfo={274: orientation, 282: 300.0, 283: 300.0, 296: 2}, icc_profile=icc)
        return
    tifffile.imwrite(path, a[..., 0] if a.shape[2] == 1 else a,
                     photometric='rgb' if a.shape[2] > 2 else 'minisblack', planarconfig='contig',
                     extrasamples=['unassalpha'] if a.shape[2] in (2, 4) else None,
                     extratags=extra, resolution=(300, 300), resolutionunit='INCH', metadata=None)


def make(path, fmt, a, mode, depth, icc, orientation):
    if fmt == 'png':
        png(path, a, mode, depth, icc, orientation)
    elif fmt == 'tif':
        tiff(path, a, mode, depth, icc, orientation)
    elif fmt == 'webp':
        pillow(a, mode).save(path, 'webp', lossless=True, exact=True, icc_profile=icc or b'', exif=b'Exif\0\0' + exif(orientation))
    elif fmt == 'jpg':
        pillow(a, mode).save(path, 'jpeg', quality=90, icc_profile=icc, exif=b'Exif\0\0' + exif(orientation), dpi=(300, 300))
    elif mode in ('graya', 'rgba'):
        buffer = io.BytesIO()
        pillow(a, mode).save(buffer, 'png')
        subprocess.run(['convert', 'png:-', '-density', '300', '-units', 'PixelsPerInch', 'bmp:' + path], input=buffer.getvalue(), check=True)
    else:
        pillow(a, mode).save(path, 'bmp', dpi=(300, 300))


def holds(fmt, mode, depth, profile, orientation):
    gray = mode in ('gray', 'graya', 'bit')
    if depth == 16 and (mode in ('palette', 'palettea', 'bit') or fmt in ('webp', 'bmp', 'jpg')):
        return False
    if profile in ('sRGB', 'wide') and gray or profile == 'gray' and not gray:
        return False
    if fmt == 'webp' and mode not in ('rgb', 'rgba'):
        return False
    if fmt == 'jpg' and mode not in ('gray', 'rgb'):
        return False
    if fmt == 'bmp' and (profile != 'none' or orientation != 1 or mode == 'palettea'):
        return False
    if fmt == 'tif' and mode == 'palettea':
        return False
    return True


def rgba16(a):
    """Samples [H, W, C] of any kind as RGBA of 16 bits."""
    wide = a.astype(np.uint16) * (257 if a.dtype == np.uint8 else 1)
    if wide.ndim == 2:
        wide = wide[..., None]
    c = wide.shape[2]
    color = wide[..., :3] if c >= 3 else np.repeat(wide[..., :1], 3, 2)
    alpha = wide[..., -1:] if c in (2, 4) else np.full_like(wide[..., :1], 65535)
    return np.dstack([color, alpha])


def read(path, depth):
    """(samples, has alpha, bits, profile, orientation, dots per inch) by Pillow, tifffile or ImageMagick."""
    if path.endswith('.tif'):  # Pillow does not read gray and alpha of 16 bits
        with tifffile.TiffFile(path) as file:
            assert not file.is_bigtiff
            page = file.pages[0]
            value = lambda tag: page.tags[tag].value if tag in page.tags else None
            a = page.asarray()
            dots = value(282)
            return (a if a.ndim == 3 else a[..., None], bool(page.extrasamples), page.bitspersample, value(34675),
                    value(274) or 1, dots[0] / dots[1] if dots else 0)
    im = Image.open(path)
    im.load()
    has_alpha = im.mode in ('LA', 'RGBA', 'PA')
    icc, orientation = im.info.get('icc_profile'), im.getexif().get(274, 1)
    dots = im.info.get('dpi', (0, 0))[0]
    if path.endswith('.png'):
        data = open(path, 'rb').read()
        bits, color = data[24], data[25]
        has_alpha = color in (4, 6)
        if bits == 16:
            raw = subprocess.run(['convert', path, '-depth', '16', '-endian', 'MSB', 'rgba:-'], capture_output=True, check=True).stdout
            a = np.frombuffer(raw, '>u2').reshape(im.height, im.width, 4).astype(np.uint16)
            return a if has_alpha else a[..., :3], has_alpha, bits, icc, orientation, dots
    else:
        bits = 8
        if path.endswith('.bmp'):
            d = open(path, 'rb').read()
            if struct.unpack_from('<I', d, 14)[0] == 124:
                at, length = struct.unpack_from('<II', d, 14 + 112)
                icc = d[14 + at:14 + at + length] if length else None
            if struct.unpack_from('<H', d, 28)[0] == 32:
                raw = subprocess.run(['convert', path, '-depth', '8', 'rgba:-'], capture_output=True, check=True).stdout
                return np.frombuffer(raw, np.uint8).reshape(im.height, im.width, 4), True, 8, icc, orientation, dots
    a = np.asarray(im if im.mode != 'P' else im.convert('RGB'))
    return (a if a.ndim == 3 else a[..., None]), has_alpha, bits, icc, orientation, dots


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--driver', required=True)
    parser.add_argument('--cases', required=True, help='a folder with icc_wide.png and icc_srgb.jpg')
    parser.add_argument('--work', required=True)
    parser.add_argument('--every', type=int, default=1, help='take every so manyth file of each kind only')
    parser.add_argument('--copy', action='store_true', help='the driver copies, without filling')
    args = parser.parse_args()
    os.makedirs(args.work, exist_ok=True)
    icc = profiles(args.cases)
    driver = subprocess.Popen(args.driver, shell=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    masks = {}
    for name, shape in (('m', (H, W)), ('t', (W, H))):
        m = np.zeros(shape, np.uint8)
        m[(shape[0] - 6) // 2:(shape[0] + 6) // 2, (shape[1] - 6) // 2:(shape[1] + 6) // 2] = 255
        masks[shape] = (m, os.path.join(args.work, name + '.png'))
        Image.fromarray(m).save(masks[shape][1])
    results, wrong = OrderedDict(), []
    rng = np.random.default_rng(7)
    number = 0
    for fmt in ('png', 'tif', 'webp', 'bmp', 'jpg'):
        for mode in ('gray', 'graya', 'rgb', 'rgba', 'palette', 'palettea', 'bit'):
            for depth in (8, 16):
                a = source(mode, depth, rng)
                for profile in icc:
                    for orientation in range(1, 9):
                        if not holds(fmt, mode, depth, profile, orientation):
                            continue
                        number += 1
                        if number % args.every and fmt != 'bmp':
                            continue
                        path = os.path.join(args.work, f'{mode}{depth}-{profile}-{orientation}.{fmt}')
                        make(path, fmt, a, mode, depth, icc[profile], orientation)
                        stored = a
                        if fmt == 'jpg':
                            im = Image.open(path)
                            stored = np.asarray(im) if a.shape[2] == 3 else np.asarray(im)[..., None]
                        expected = upright(stored, orientation)
                        mask, mask_path = masks[expected.shape[:2]]
                        for out in ('png', 'tif', 'bmp', 'jpg'):
                            result = f'{path}.{out}'
                            if os.path.exists(result):
                                os.remove(result)
                            words = [path, result] if args.copy else [
                                'fill', '--image', path, '--mask', mask_path, '--out', result, '--method', 'harmonic']
                            driver.stdin.write('\t'.join(words) + '\n')
                            driver.stdin.flush()
                            answer = driver.stdout.readline().rstrip('\n')
                            alpha = mode in ('graya', 'rgba', 'palettea')
                            refused = depth == 16 and out in ('bmp', 'jpg') or alpha and out == 'jpg'
                            problem = check(answer, refused, result, expected, mask, mode, depth, alpha, icc[profile], out, fmt)
                            key = (fmt, mode, depth, out)
                            count = results.setdefault(key, Counter())
                            count['refused' if refused and not problem else 'right' if not problem else 'wrong'] += 1
                            if problem:
                                wrong.append(f'{path} -> .{out}: {problem}')
                            if os.path.exists(result):
                                os.remove(result)
                        os.remove(path)
    driver.stdin.close()
    print('| in | kind | bits | to PNG | to TIFF | to BMP | to JPEG |\n|---|---|---|---|---|---|---|')
    rows = OrderedDict()
    for (fmt, mode, depth, out), count in results.items():
        rows.setdefault((fmt, mode, depth), {})[out] = ', '.join(f'{n} {what}' for what, n in count.items())
    for (fmt, mode, depth), cells in rows.items():
        print(f'| {fmt} | {mode} | {depth} | ' + ' | '.join(cells[o] for o in ('png', 'tif', 'bmp', 'jpg')) + ' |')
    total = Counter()
    for count in results.values():
        total.update(count)
    print('\n' + ', '.join(f'{n} {what}' for what, n in total.items()))
    print('\n'.join(wrong[:60]), file=sys.stderr)
    sys.exit(bool(wrong))


def check(answer, refused, result, expected, mask, mode, depth, alpha, icc, out, fmt):
    if refused:
        return None if answer.startswith('2\t') and not os.path.exists(result) else f'not refused: {answer}'
    if not answer.startswith('0\t'):
        return answer
    try:
        a, has_alpha, bits, profile, orientation, dots = read(result, depth)
    except Exception as e:
        return f'cannot be read: {e!r}'
    if a.shape[:2] != expected.shape[:2]:
        return f'size {a.shape}'
    known = mask == 0
    difference = np.abs(rgba16(a).astype(int) - rgba16(expected))[known].max() / 257
    if difference > (24 if out == 'jpg' else 0):
        return f'known samples differ by {difference:.2f} of 255'
    if has_alpha != alpha:
        return f'alpha {has_alpha}'
    if bits != depth:
        return f'{bits} bits'
    if profile != icc and not (out == 'bmp' and icc is not None and mode in ('gray', 'graya', 'bit')):
        return f'profile of {profile and len(profile)} bytes'
    if orientation != 1:
        return f'orientation {orientation}'
    if fmt != 'webp' and abs(dots - 300) > .1:
        return f'{dots} dots per inch'
    return None


if __name__ == '__main__':
    main()
