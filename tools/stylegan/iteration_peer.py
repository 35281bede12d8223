#!/usr/bin/python3
"""The peer of `./inpaint bench train stylegan`: iterations of train_stylegan.py at 64 pixels, 32 pictures in a batch.

Reads numbers from standard input, a line each; makes so many iterations and answers with the milliseconds of each.

--plain: enlarges by repeating pixels before a 3x3 convolution and halves by means after one, as the port's code is written; else as
networks.py has it, which takes fewer products.
"""
import sys
import time
import numpy as np
import torch
from torch.nn import functional as F
import train_stylegan
from networks import EqualConv2d

BATCH = 32


def main():
    plain = '--plain' in sys.argv
    sys.argv = [sys.argv[0], '--out', 'nowhere', '--batches', ','.join([str(BATCH)] * 4), '--fade', '0,0,0,0', '--stable', '0,0,0,0']
    if plain:
        EqualConv2d.enlarged = lambda self, x: self(F.interpolate(x, scale_factor=2), 1)
        EqualConv2d.halved = lambda self, x: F.avg_pool2d(self(x, 1), 2)
    a = train_stylegan.arguments()
    torch.set_flush_denormal(True)
    training = train_stylegan.Training(a)
    pictures = np.random.default_rng(1).integers(0, 256, (1000, 64, 64, 3), dtype=np.uint8)
    for line in sys.stdin:
        times = []
        for _ in range(int(line)):
            begun = time.perf_counter()
            training.place.advance()
            training.step(train_stylegan.Draw(a, training.place, pictures))
            times.append('%.3f' % (1000 * (time.perf_counter() - begun)))
        print(' '.join(times), flush=True)


if __name__ == '__main__':
    main()
