"""Exports generators with random weights, and writes what PyTorch makes of them.

    python3 make_generators.py ../resources/org/inpaint4j/onnx

Needs PyTorch (1.13 exports without the onnx package) and NumPy. Each NAME.onnx has, in GENERATORS.safetensors:
  NAME/z         [2, L] latent vectors
  NAME/t         [2, C, H, W] weights of the samples
  NAME/images    [2, C, H, W] the images
  NAME/gradient  [2, L] the gradient of the sum of images times t with respect to z
"""

import json
import pathlib
import struct
import sys

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


class Upsampling(nn.Module):
    """Gemm, Reshape, Resize, Conv, BatchNormalization, LeakyRelu, Add, Sigmoid: a small ResNet; RGB of 24x16."""

    def __init__(self):
        super().__init__()
        self.start = nn.Linear(7, 8 * 6 * 4)
        self.norm = nn.BatchNorm2d(8)
        self.one, self.two = nn.Conv2d(8, 6, 3, 1, 1), nn.Conv2d(6, 6, 3, 1, 1, bias=False)
        self.past = nn.Conv2d(8, 6, 1)
        self.last = nn.Conv2d(6, 3, (5, 3), 1, (2, 1))

    def forward(self, z):
        x = self.norm(self.start(z).view(-1, 8, 6, 4))
        up = F.interpolate(F.leaky_relu(x, 0.2), scale_factor=2, mode="nearest")
        x = self.past(up) + self.two(F.leaky_relu(self.one(up), 0.1))
        x = F.interpolate(x, scale_factor=2, mode="nearest")
        return torch.sigmoid(self.last(F.relu(x)) * 1.5 + torch.tensor([[[0.3]], [[-0.2]], [[0.1]]]))


class Gated(nn.Module):
    """ConvTranspose of odd kernels, InstanceNormalization, Concat, Mul, Tanh; gray of 16x16, from [N, L, 1, 1]."""

    def __init__(self):
        super().__init__()
        self.start = nn.ConvTranspose2d(5, 8, 4)
        self.norm = nn.InstanceNorm2d(8, affine=True)
        nn.init.uniform_(self.norm.weight, 0.5, 1.5)
        nn.init.uniform_(self.norm.bias, -0.5, 0.5)
        self.left = nn.ConvTranspose2d(8, 4, 3, 2, 1, output_padding=1)
        self.right = nn.ConvTranspose2d(8, 4, 4, 2, 1)
        self.plain = nn.InstanceNorm2d(8)
        self.gate = nn.Conv2d(8, 8, 1)
        self.down = nn.Conv2d(8, 8, 3, 2, 1)
        self.last = nn.ConvTranspose2d(8, 1, 6, 4, 1)

    def forward(self, z):
        x = F.relu(self.norm(self.start(z)))
        x = torch.cat([self.left(x), self.right(x)], 1)
        x = self.plain(x) * torch.sigmoid(self.gate(x))
        return torch.tanh(self.last(F.leaky_relu(self.down(x), 0.2)))


class Dense(nn.Module):
    """Gemm and BatchNormalization of vectors, two outputs of one layer joined, a product of vectors; RGB of 8x8."""

    def __init__(self):
        super().__init__()
        self.one, self.two = nn.Linear(4, 12), nn.Linear(12, 12)
        self.norm = nn.BatchNorm1d(12)
        self.last = nn.Linear(24, 3 * 8 * 8)

    def forward(self, z):
        x = F.relu(self.norm(self.one(z)))
        x = torch.cat([x, self.two(x) * x], 1)
        return torch.tanh(self.last(x)).view(-1, 3, 8, 8).tanh()


class Biased(nn.Sequential):
    """The operations of a DCGAN, with biases, another kernel and an output padding; RGB of 16x16."""

    def __init__(self):
        super().__init__(
            nn.ConvTranspose2d(5, 8, 4), nn.BatchNorm2d(8), nn.ReLU(),
            nn.ConvTranspose2d(8, 6, 3, 2, 1, output_padding=1), nn.BatchNorm2d(6), nn.ReLU(),
            nn.ConvTranspose2d(6, 3, 4, 2, 1), nn.Tanh())


class Softmaxed(nn.Module):
    """An operation that cannot be searched through."""

    def __init__(self):
        super().__init__()
        self.last = nn.Linear(4, 48)

    def forward(self, z):
        return torch.tanh(F.softmax(self.last(z), 1).view(-1, 3, 4, 4))


def leaky(path):
    """The network of dcgan-leaky.onnx, which make_standins.py exports."""
    weights = torch.load(path, map_location="cpu")["G"]["model_state_dict"]
    layers, index = [], 0
    while f"main.{index}.weight" in weights:
        a, b = weights[f"main.{index}.weight"].shape[:2]
        layers.append(nn.ConvTranspose2d(a, b, 4, 1 if index == 0 else 2, 0 if index == 0 else 1, bias=False))
        last = f"main.{index + 1}.weight" not in weights
        layers += [nn.Tanh()] if last else [nn.BatchNorm2d(b), nn.LeakyReLU()]
        index += 3
    holder = nn.Module()
    holder.main = nn.Sequential(*layers)
    holder.load_state_dict(weights)
    return holder.main


def randomised(net):
    """Batch norms as after a training."""
    for layer in net.modules():
        if isinstance(layer, (nn.BatchNorm1d, nn.BatchNorm2d)):
            nn.init.uniform_(layer.running_mean, -0.5, 0.5)
            nn.init.uniform_(layer.running_var, 0.5, 2)
            nn.init.uniform_(layer.weight, 0.5, 1.5)
            nn.init.uniform_(layer.bias, -0.5, 0.5)
    return net.eval()


def write_safetensors(path, tensors):
    header, blobs, at = {}, [], 0
    for name, value in tensors.items():
        blob = np.ascontiguousarray(value.astype("<f4")).tobytes()
        header[name] = {"dtype": "F32", "shape": list(value.shape), "data_offsets": [at, at + len(blob)]}
        blobs.append(blob)
        at += len(blob)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(blobs))


def add(golden, to, name, net, latent):
    """Exports a network, unless another program does, and adds what it makes."""
    randomised(net) if name != "dcgan-leaky" else net.eval()
    z = torch.randn(2, *latent, requires_grad=True)
    images = net(z)
    t = torch.randn_like(images)
    (images * t).sum().backward()
    golden[name + "/z"] = z.detach().numpy().reshape(2, -1)
    golden[name + "/t"] = t.numpy()
    golden[name + "/images"] = images.detach().numpy()
    golden[name + "/gradient"] = z.grad.numpy().reshape(2, -1)
    if name != "dcgan-leaky":
        with torch.no_grad():
            torch.onnx.export(net, torch.randn(1, *latent), str(to / (name + ".onnx")), input_names=["z"],
                              output_names=["image"], opset_version=14,
                              dynamic_axes={"z": {0: "n"}, "image": {0: "n"}} if name == "generator-gated" else None)


def main():
    torch.manual_seed(24)
    torch.set_num_threads(1)
    to = pathlib.Path(sys.argv[1])
    checkpoint = pathlib.Path(__file__).resolve().parents[4] / "inpaint-models/src/test/resources/org/inpaint4j/model/dcgan-small.pt"
    nets = {"generator-upsampling": (Upsampling(), (7,)), "generator-gated": (Gated(), (5, 1, 1)), "generator-dense": (Dense(), (4,)),
            "generator-softmax": (Softmaxed(), (4,)), "dcgan-leaky": (leaky(checkpoint), (6, 1, 1))}
    golden = {}
    for name, (net, latent) in nets.items():
        add(golden, to, name, net, latent)
    torch.manual_seed(25)  # so that those before stay as they are
    add(golden, to, "generator-biased", Biased(), (5, 1, 1))
    write_safetensors(to / "GENERATORS.safetensors", golden)


main()
