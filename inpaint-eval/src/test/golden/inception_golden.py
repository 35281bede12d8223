"""Makes the golden values of ImageFeaturesTest with torchvision 0.14's inception_v3.

    python3 inception_golden.py ../resources/org/inpaint4j/eval/inception

The weights come from a hash (SplitMix64), which the test repeats, so the file of 100 MB is not kept:
shapes.csv has the tensors' names and shapes, features.csv a line for each variant with the 2,048
features of one hashed image of 147x147. The variant "fid" pools as pytorch-fid does: means without
the padding, and a maximum in the last block.
"""
import os
import sys
import zlib

import numpy as np
import torch
import torchvision.models.inception as inception

target = sys.argv[1]
os.makedirs(target, exist_ok=True)


def uniform(seed, n):
    with np.errstate(over="ignore"):
        z = np.uint64(seed) * np.uint64(1 << 32) + np.arange(n, dtype=np.uint64)
        z = (z + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    return (z >> np.uint64(40)).astype(np.float64) / (1 << 24)


def hashed(name, shape):
    u = uniform(zlib.crc32(name.encode()) >> 1, int(np.prod(shape))).reshape(shape)
    if name.endswith("conv.weight"):
        return (2 * u - 1) * np.sqrt(6.0 / np.prod(shape[1:]))
    if name.endswith("bn.bias") or name.endswith("running_mean"):
        return (u - 0.5) * 0.2
    return 0.5 + u


class Pooling:
    """torch.nn.functional with the mean pooling of the FID variant."""

    def __init__(self, functional):
        self.functional = functional

    def __getattr__(self, name):
        return getattr(self.functional, name)

    def avg_pool2d(self, x, kernel_size, stride, padding):
        return self.functional.avg_pool2d(x, kernel_size, stride, padding, count_include_pad=False)


net = inception.inception_v3(aux_logits=False, init_weights=False)
state = {}
with open(os.path.join(target, "shapes.csv"), "w") as file:
    for name, tensor in net.state_dict().items():
        if name.startswith("fc.") or name.endswith("num_batches_tracked"):
            state[name] = tensor
            continue
        file.write(name + "," + "x".join(map(str, tensor.shape)) + "\n")
        state[name] = torch.from_numpy(hashed(name, tuple(tensor.shape)).astype(np.float32))
net.load_state_dict(state)
net.eval()
image = torch.from_numpy((2 * uniform(147, 3 * 147 * 147).reshape(1, 3, 147, 147) - 1).astype(np.float32))
features = []
net.avgpool.register_forward_hook(lambda module, args, out: features.append(out.flatten().numpy()))
functional = inception.F
with torch.no_grad():
    net(image)
    inception.F = Pooling(functional)
    last = net.Mixed_7c
    forward = last._forward

    def with_maximum(x):
        saved = inception.F
        class Maximum(Pooling):
            def avg_pool2d(self, x, kernel_size, stride, padding):
                return self.functional.max_pool2d(x, kernel_size, stride, padding)
        inception.F = Maximum(functional)
        out = forward(x)
        inception.F = saved
        return out

    last._forward = with_maximum
    net(image)
with open(os.path.join(target, "features.csv"), "w") as file:
    for variant, values in zip(["torchvision", "fid"], features):
        file.write(variant + "," + ",".join("%.6g" % v for v in values) + "\n")
small = torch.from_numpy(uniform(5, 5 * 4).reshape(1, 1, 5, 4))
for size in [(7, 9), (3, 2)]:
    out = torch.nn.functional.interpolate(small, size=size, mode="bilinear", align_corners=False)
    print("%dx%d" % size, ",".join("%.9g" % v for v in out.flatten()))
