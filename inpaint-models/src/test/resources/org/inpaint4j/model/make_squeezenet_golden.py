"""Makes squeezenet-golden.csv with torchvision 0.14's squeezenet1_0.

    python3 make_squeezenet_golden.py squeezenet1_0.safetensors > squeezenet-golden.csv

A line for each image size and each of the four taps: height, width, tap, the tap's shape, and the mean
of each channel over the tap. The images come from a hash (SplitMix64) that the test repeats.
"""
import json
import struct
import sys

import numpy as np
import torch
from torchvision.models import squeezenet1_0

with open(sys.argv[1], "rb") as file:
    length = struct.unpack("<Q", file.read(8))[0]
    header = json.loads(file.read(length))
    data = file.read()
state = {}
for name, entry in header.items():
    if name != "__metadata__":
        start, end = entry["data_offsets"]
        values = np.frombuffer(data[start:end], np.float16).astype(np.float32)
        state[name] = torch.from_numpy(values.reshape(entry["shape"]))
net = squeezenet1_0()
net.load_state_dict(state)
net.eval()


def uniform(seed, n):
    with np.errstate(over="ignore"):
        z = np.uint64(seed) * np.uint64(1 << 32) + np.arange(n, dtype=np.uint64)
        z = (z + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    return (z >> np.uint64(40)).astype(np.float64) / (1 << 24)


TAPS = {1: 0, 5: 1, 10: 2, 12: 3}
for height, width in [(64, 64), (67, 82)]:
    rgb = uniform(height, 3 * height * width).reshape(1, 3, height, width)
    bgr = rgb[:, ::-1] * 255 - np.array([104, 117, 123]).reshape(1, 3, 1, 1)
    x = torch.from_numpy(bgr.astype(np.float32))
    with torch.no_grad():
        for i, layer in enumerate(net.features):
            x = layer(x)
            if i in TAPS:
                shape = "x".join(map(str, x.shape))
                means = x.mean((2, 3))[0].numpy()
                print(",".join([str(height), str(width), str(TAPS[i]), shape] + ["%.6g" % m for m in means]))
