#!/usr/bin/python3
"""Makes the pictures of TrainingImagesTest with Pillow (Debian's python3-pil).

    ./make_resize_golden.py

picture-WxH.png       smooth colours with some edges
resized-WxH-S.png     its central square, resized to S x S with Image.BILINEAR
gray-WxH-S.png        the same of its grays, Image.convert('L')
"""
import os

import numpy
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))


def picture(width, height):
    y, x = numpy.mgrid[0:height, 0:width].astype(float)
    red = 127 + 120 * numpy.sin(x / 5) * numpy.cos(y / 7)
    green = 255 * ((x // 9 + y // 6) % 2)
    blue = 255 * (x + y) / (width + height)
    return Image.fromarray(numpy.stack([red, green, blue], 2).round().astype('uint8'))


for width, height, size in [(90, 70, 32), (20, 25, 32), (32, 32, 32)]:
    image = picture(width, height)
    image.save(os.path.join(HERE, 'picture-%dx%d.png' % (width, height)))
    side = min(width, height)
    left, top = (width - side) // 2, (height - side) // 2
    square = image.crop((left, top, left + side, top + side))
    name = '%dx%d-%d.png' % (width, height, size)
    square.resize((size, size), Image.BILINEAR).save(os.path.join(HERE, 'resized-' + name))
    gray = square.convert('L').resize((size, size), Image.BILINEAR)
    gray.save(os.path.join(HERE, 'gray-' + name))
