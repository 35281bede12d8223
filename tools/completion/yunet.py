"""The backbone of the face finder YuNet-s as a judge: features that no network here was trained on."""
import numpy as np
import torch
from torch.nn import functional as F
from features import read_safetensors


class YuNet:
    def __init__(self, path):
        self.w = {k: torch.from_numpy(v.astype(np.float32)) for k, v in read_safetensors(path)[0].items()}

    def unit(self, x, name):
        w = self.w
        x = F.conv2d(x, w[name + '.pw.weight'], w[name + '.pw.bias'])
        d = w[name + '.dw.weight']
        return F.relu(F.conv2d(x, d, w[name + '.dw.bias'], padding=1, groups=d.shape[0]))

    def __call__(self, rgb):
        """[N,3,H,W], 0..255 -> features at strides 2, 4, 8, 16, unit vectors at each place."""
        x = F.relu(F.conv2d(rgb.flip(1), self.w['stem.conv.weight'], self.w['stem.conv.bias'], stride=2, padding=1))
        x = self.unit(x, 'stem.unit')
        layers = [x]
        x = F.max_pool2d(x, 2)
        for name in ('stage1.unit1', 'stage1.unit2', 'stage2.unit1', 'stage2.unit2'):
            x = self.unit(x, name)
        layers.append(x)
        for stage in ('stage3', 'stage4'):
            x = F.max_pool2d(x, 2)
            x = self.unit(self.unit(x, stage + '.unit1'), stage + '.unit2')
            layers.append(x)
        return [t / (t.square().sum(1, keepdim=True) + 1e-10).sqrt() for t in layers]

    def distance(self, truth, result, hole):
        """truth, result: h x w x 3 uint8, whole pictures; hole: h x w bool. Mean over the layers of the squared distance,
        weighted by the hole."""
        m = torch.from_numpy(hole.astype(np.float32))[None, None]
        total = 0
        with torch.no_grad():
            a, b = (self(torch.from_numpy(t.transpose(2, 0, 1).astype(np.float32))[None]) for t in (truth, result))
        for p, q in zip(a, b):
            weight = F.adaptive_avg_pool2d(m, p.shape[-2:])
            total += float(((p - q).square().sum(1, keepdim=True) * weight).sum() / weight.sum())
        return total / len(a)
