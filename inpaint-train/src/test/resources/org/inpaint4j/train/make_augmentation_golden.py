#!/usr/bin/python3
"""Makes augmentation.safetensors for AugmentationTest with PyTorch (Debian's python3-torch, 1.13).

    ./make_augmentation_golden.py

x            images [N, C, H, W]
drawn        [N, 7]: brightness, saturation, contrast, shift right, shift down, centre of the cut
out          the augmented images: colour, translation and cutout of Zhao et al. 2020, written down
             again here
t, gradient  a direction, and d sum(t * out) / d x by PyTorch
"""
import os
import sys

import torch

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from make_iteration_golden import save  # noqa: E402


def augment(x, drawn):
    n, _, height, width = x.shape
    column = lambda i: drawn[:, i].view(n, 1, 1, 1)
    x = x + column(0)
    gray = x.mean(1, keepdim=True)
    x = (x - gray) * column(1) + gray
    mean = x.mean((1, 2, 3), keepdim=True)
    x = (x - mean) * column(2) + mean
    images = []
    for i in range(n):
        right, down, cut_x, cut_y = [int(v) for v in drawn[i, 3:]]
        moved = torch.zeros_like(x[i])
        moved[:, max(0, down):height + min(0, down), max(0, right):width + min(0, right)] = \
            x[i, :, max(0, -down):height - max(0, down), max(0, -right):width - max(0, right)]
        keep = torch.ones(height, width, dtype=x.dtype)
        keep[max(0, cut_y - height // 4):cut_y + height // 4,
             max(0, cut_x - width // 4):cut_x + width // 4] = 0
        images.append(moved * keep)
    return torch.stack(images)


if __name__ == '__main__':
    torch.manual_seed(3)
    torch.set_default_dtype(torch.float64)
    x = torch.tanh(torch.randn(3, 3, 32, 32)).float().double().requires_grad_()
    drawn = torch.tensor([[0.25, 0.5, 1.25, 3, -4, 10, 20],
                          [-0.375, 1.75, 0.625, -4, 2, 0, 31],
                          [0.125, 1.0, 1.0, 0, 0, 16, 3]])
    t = torch.randn(3, 3, 32, 32).float().double()
    out = augment(x, drawn)
    (out * t).sum().backward()
    save('augmentation.safetensors',
         {'x': x, 'drawn': drawn, 'out': out, 't': t, 'gradient': x.grad})
