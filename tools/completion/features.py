"""SqueezeNet v1.0's five layers of normalised features (as ../shared/tools/hole_metrics.py defines them), in batches
and with gradients; a reader and writer of safetensors files."""
import json
import struct
import numpy as np
import torch
from torch.nn import functional as F


def read_safetensors(path):
    with open(path, 'rb') as f:
        n = struct.unpack('<Q', f.read(8))[0]
        head, body = json.loads(f.read(n)), f.read()
    tensors = {}
    for name, v in head.items():
        if name != '__metadata__':
            a, b = v['data_offsets']
            kind = {'F16': np.float16, 'F32': np.float32}[v['dtype']]
            tensors[name] = np.frombuffer(body[a:b], kind).reshape(v['shape'])
    return tensors, head.get('__metadata__', {})


def state_dict(tensors, prefix='', kind=np.float32):
    """Those of a network in a file, as load_state_dict takes them."""
    return {k[len(prefix):]: torch.from_numpy(v.astype(kind)) for k, v in tensors.items() if k.startswith(prefix)}


def write_safetensors(path, tensors, metadata):
    head, body = {'__metadata__': {k: str(v) for k, v in metadata.items()}}, b''
    for name in sorted(tensors):
        t = np.ascontiguousarray(tensors[name])
        data = t.tobytes()
        head[name] = {'dtype': {'float16': 'F16', 'float32': 'F32'}[t.dtype.name], 'shape': list(t.shape),
                      'data_offsets': [len(body), len(body) + len(data)]}
        body += data
    text = json.dumps(head, separators=(',', ':')).encode()
    text += b' ' * (-len(text) % 8)
    with open(path, 'wb') as f:
        f.write(struct.pack('<Q', len(text)) + text + body)


class UnitDistance(torch.autograd.Function):
    """[N,C,H,W] twice -> [N,1,H,W]: the squared distance of the unit vectors along the channels. Gradients flow to the second alone.
    The same as by autograd, without the unit vectors, which take more time than some of the network's layers."""

    @staticmethod
    def forward(ctx, p, q):
        kind = torch.promote_types(p.dtype, torch.float32)
        pp, qq, pq = (t.sum(1, keepdim=True, dtype=kind) for t in (p * p, q * q, p * q))
        one, two = (pp + 1e-10).rsqrt(), (qq + 1e-10).rsqrt()
        both = one * two
        ctx.save_for_backward(p, q, both, two * two, pq)
        return pp * one * one + qq * two * two - 2 * pq * both

    @staticmethod
    def backward(ctx, g):
        p, q, both, square, pq = ctx.saved_tensors
        # of - 2 pq / (|p| |q|); |q|^2 / (|q|^2 + 1e-10) hardly changes
        along = -2 * g * both
        return None, p * along.to(p.dtype) - q * (along * pq * square).to(q.dtype)


class SqueezeNet:
    def __init__(self, path, device='cpu'):
        self.w = {k: torch.from_numpy(v.astype(np.float32)).to(device) for k, v in read_safetensors(path)[0].items()}
        self.mean = torch.tensor([104., 117., 123.], device=device).view(1, 3, 1, 1)

    def fire(self, t, i):
        w, p = self.w, 'features.%d.' % i
        s = F.relu(F.conv2d(t, w[p + 'squeeze.weight'], w[p + 'squeeze.bias']))
        return torch.cat([F.relu(F.conv2d(s, w[p + 'expand1x1.weight'], w[p + 'expand1x1.bias'])),
                          F.relu(F.conv2d(s, w[p + 'expand3x3.weight'], w[p + 'expand3x3.bias'], padding=1))], 1)

    def layers(self, pictures, padding):
        """pictures [N,3,H,W] in -1..1, RGB -> five feature maps; padding: of the first convolution, 0 in the network itself."""
        def pool(t):
            return F.max_pool2d(t, 3, 2, ceil_mode=True)
        x = (pictures.flip(1) + 1) * 127.5 - self.mean
        layers = [F.relu(F.conv2d(x, self.w['features.0.weight'], self.w['features.0.bias'], stride=2, padding=padding))]
        x = self.fire(self.fire(pool(layers[-1]), 3), 4); layers.append(x)
        x = self.fire(self.fire(pool(self.fire(x, 5)), 7), 8); layers.append(x)
        x = self.fire(self.fire(x, 9), 10); layers.append(x)
        x = self.fire(pool(x), 12); layers.append(x)
        return layers

    def distance(self, truth, result, holes):
        """[N]: mean over layers of the squared distance of unit vectors, weighted by the hole [N,1,H,W] (1 = hole).
        Gradients flow to result alone."""
        with torch.no_grad():
            a = self.layers(truth, 3)
        total = 0
        for p, q in zip(a, self.layers(result, 3)):
            weight = F.adaptive_avg_pool2d(holes, p.shape[-2:])
            total = total + (UnitDistance.apply(p, q) * weight).sum((1, 2, 3)) / weight.sum((1, 2, 3))
        return total / 5
