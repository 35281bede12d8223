"""Makes networks with the contracts of published ones and random weights, and what NumPy and PyTorch make of them.

    python3 make_standins.py ../resources/org/inpaint4j/onnx

Needs PyTorch (1.13 exports without the onnx package), NumPy and scikit-image. With --large FILE it writes only an
88 MB network with LaMa's contract, to measure time and memory with.

GOLDEN.safetensors holds, for each network NAME:
  NAME/target   [3, H, W] known samples from 0 to 1, 0 in the hole
  NAME/hole     [H, W] 1 in the hole
  NAME/fed/...  the tensors that the network is to be fed, by name, computed in NumPy
  edge-connect/edges  [H, W] what scikit-image's Canny detector finds
  NAME/output   [3, H, W] PyTorch's output for them, brought to 0 to 1 (every 1009th value if H = 512)
"""

import json
import pathlib
import struct
import sys

import numpy as np
import torch
import torch.nn.functional as F
from skimage.feature import canny
from torch import nn

OPSET = 14


def conv(into, out, size, stride):
    return nn.Conv2d(into, out, size, stride, (size - stride) // 2)


def up(into, out, size, stride):
    return nn.ConvTranspose2d(into, out, size, stride, (size - stride) // 2)


class Body(nn.Module):
    """Half the size and back; the first planes of the input are added, so that pictures come out."""

    def __init__(self, planes=4, out=3, first=0):
        super().__init__()
        self.down = conv(planes, 8, 4, 2)
        self.up = up(8, out, 4, 2)
        self.first = first
        self.out = out

    def forward(self, x):
        y = self.up(F.leaky_relu(self.down(x), 0.2))
        return 2 * y + x[:, self.first : self.first + self.out]


class Lama(nn.Module):
    """Separate inputs from 0 to 1, hole 1; 0 to 255, composited."""

    def __init__(self, large=False):
        super().__init__()
        self.body = Body()
        self.large = nn.Sequential(*[nn.Conv2d(544, 544, 3, 8, 1) for _ in range(8)]) if large else None
        self.widen = nn.Conv2d(4, 544, 16, 16) if large else None

    def forward(self, image, mask):
        masked = torch.cat([image * (1 - mask), mask], 1)
        painted = torch.sigmoid(4 * self.body(masked) - 2)
        if self.large is not None:
            x = F.relu(self.widen(masked))
            for layer in self.large:
                x = F.relu(F.conv2d(x, layer.weight, layer.bias, 1, 1))
            painted = painted + 1e-3 * torch.tanh(x.mean())
        return torch.clamp((mask * painted + (1 - mask) * image) * 255, 0, 255)


class JoinedLama(nn.Module):
    """[masked RGB, mask] of sizes that 32 divides; 0 to 1, not composited."""

    def __init__(self):
        super().__init__()
        self.body = Body()
        self.coarse = nn.Conv2d(4, 3, 32, 32)

    def forward(self, x):
        far = F.interpolate(self.coarse(x), scale_factor=32.0, mode="nearest")
        return torch.sigmoid(4 * self.body(x) - 2 + far)


class MiganGenerator(nn.Module):
    """[known - 0.5, RGB x known] from -1 to 1; about -1 to 1, not composited."""

    def __init__(self):
        super().__init__()
        self.body = Body(first=1)

    def forward(self, x):
        return 1.1 * self.body(x)


class MiganPipeline(nn.Module):
    """uint8, 255 where known, any size; composites with a mask that is a pixel wider than the hole."""

    def __init__(self, inner=64):
        super().__init__()
        self.generator = MiganGenerator()
        self.inner = inner

    def forward(self, image, mask):
        known = (mask.float() / 255)
        rgb = image.float() * 2 / 255 - 1
        small = F.interpolate(rgb, (self.inner, self.inner), mode="bilinear", align_corners=False)
        k = F.interpolate(known, (self.inner, self.inner), mode="nearest")
        y = self.generator(torch.cat([k - 0.5, small * k], 1))
        y = ((y * 0.5 + 0.5) * 255).clamp(0, 255)
        y = F.interpolate(y, (image.shape[2], image.shape[3]), mode="bilinear", align_corners=False)
        wide = 1 - F.max_pool2d(1 - known, 3, 1, 1)
        return (image.float() * wide + y * (1 - wide)).clamp(0, 255).to(torch.uint8)


class AotUnit(nn.Module):
    """As a phone vendor exports AOT-GAN: 0 to 1 on both sides; the graph does the rest."""

    def __init__(self):
        super().__init__()
        self.body = Body()

    def forward(self, image, mask):
        bgr = torch.flip(image * 2 - 1, [1])
        x = torch.cat([bgr * (1 - mask) + mask, mask], 1)
        return (torch.clamp(torch.flip(self.body(x), [1]), -1, 1) + 1) / 2


class AotSigned(nn.Module):
    """AOT-GAN's generator itself: -1 to 1 on both sides, the hole set to 1."""

    def __init__(self):
        super().__init__()
        self.body = Body()

    def forward(self, image, mask):
        return torch.tanh(self.body(torch.cat([image, mask], 1)))


class ChannelsLast(nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, image, mask):
        y = self.inner(image.permute(0, 3, 1, 2), mask.permute(0, 3, 1, 2))
        return y.permute(0, 2, 3, 1)


class EdgeNetwork(nn.Module):
    """[gray, edges, mask]; edges from 0 to 1."""

    def __init__(self):
        super().__init__()
        self.body = Body(3, 1, 1)

    def forward(self, x):
        return torch.sigmoid(4 * self.body(x) - 2)


class ColourNetwork(nn.Module):
    """[RGB, edges], the hole 1; 0 to 1."""

    def __init__(self):
        super().__init__()
        self.body = Body()

    def forward(self, x):
        return (torch.tanh(self.body(x) * 2 - 1) + 1) / 2


class Half(nn.Module):
    """float16 in and out; what is between is another network, since PyTorch cannot run float16 on processors."""

    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, image, mask):
        return self.inner(image.float(), mask.float()).half()


class Slow(nn.Module):
    """LaMa's contract and 400 convolutions that share their weights: something to cancel."""

    def __init__(self):
        super().__init__()
        self.wide = nn.Conv2d(4, 16, 1)
        self.same = nn.Conv2d(16, 16, 3, 1, 1)
        self.back = nn.Conv2d(16, 3, 1)

    def forward(self, image, mask):
        x = self.wide(torch.cat([image, mask], 1))
        for _ in range(400):
            x = torch.tanh(self.same(x))
        return torch.sigmoid(self.back(x))


class HalfSize(nn.Module):
    def forward(self, image, mask):
        return F.avg_pool2d(image * (1 - mask), 2)


class NotFinite(nn.Module):
    def forward(self, image, mask):
        return image / (image - image) * mask


class Classifier(nn.Module):
    def forward(self, image):
        return image.mean((2, 3))


def dcgan(path, relu=nn.ReLU):
    """The generator of a checkpoint of PyTorch's DCGAN tutorial."""
    weights = torch.load(path, map_location="cpu")["G"]["model_state_dict"]
    layers, index = [], 0
    while f"main.{index}.weight" in weights:
        a, b = weights[f"main.{index}.weight"].shape[:2]
        layers.append(nn.ConvTranspose2d(a, b, 4, 1 if index == 0 else 2, 0 if index == 0 else 1, bias=False))
        last = f"main.{index + 1}.weight" not in weights
        layers += [nn.Tanh()] if last else [nn.BatchNorm2d(b), relu()]
        index += 3
    holder = nn.Module()
    holder.main = nn.Sequential(*layers)
    holder.load_state_dict(weights)
    return holder.main


def pattern(height, width):
    """Samples and a hole that Java can make as well, bit for bit."""
    c, y, x = np.meshgrid(np.arange(3), np.arange(height), np.arange(width), indexing="ij")
    samples = ((c * 7 + y * 13 + x * 29) % 256).astype(np.float32) / np.float32(255)
    y, x = y[0], x[0]
    hole = ((x * 5 + y * 3) % 17 == 0) | ((x > width // 4) & (x < width // 2) & (y > height // 3) & (y < height * 2 // 3))
    return np.where(hole, np.float32(0), samples), hole


ONE = np.float32(1)
TWO = np.float32(2)
HALF = np.float32(0.5)


def separate_unit(target, hole):
    return {"image": target[None], "mask": hole[None, None].astype(np.float32)}


def joined_lama(target, hole):
    m = hole[None, None].astype(np.float32)
    return {"input": np.concatenate([target[None] * (ONE - m), m], 1)}


def migan_generator(target, hole):
    known = (~hole)[None, None].astype(np.float32)
    rgb = np.where(hole, np.float32(0), target * TWO - ONE)[None]
    return {"input": np.concatenate([known - HALF, rgb], 1)}


def migan_pipeline(target, hole):
    image = np.floor(target * np.float32(255) + HALF).astype(np.uint8)[None]
    return {"image": image, "mask": np.where(hole, 0, 255).astype(np.uint8)[None, None]}


def aot_signed(target, hole):
    m = hole[None, None].astype(np.float32)
    return {"image": (target * TWO - ONE)[None] * (ONE - m) + m, "mask": m}


def last(feed):
    return lambda target, hole: {k: np.ascontiguousarray(v.transpose(0, 2, 3, 1)) for k, v in feed(target, hole).items()}


def discs(side):
    """A picture with edges in all directions, strong ones and weak ones, and a hole across them."""
    y, x = np.meshgrid(np.arange(side), np.arange(side), indexing="ij")
    picture = np.zeros((3, side, side), np.float32)
    for number, (cx, cy, r, level) in enumerate([(80, 90, 50, 200), (170, 60, 33, 90), (150, 180, 61, 30), (60, 200, 20, 255)]):
        inside = 3 * (x - cx) ** 2 + 2 * (y - cy) ** 2 < 2 * r * r
        for c, value in enumerate([level, level // 2 + 60, 255 - level]):
            light = HALF + x.astype(np.float32) / np.float32(512)
            picture[c][inside] = (np.float32(value) / np.float32(255) * light)[inside]
    hole = (x > 100) & (x < 160) & (y > 100) & (y < 150)
    return np.where(hole, np.float32(0), picture), hole


def edge_connect(golden, edges, colours):
    target, hole = discs(256)
    gray = (np.tensordot(np.array([0.2125, 0.7154, 0.0721]), target.astype(np.float64), 1)).astype(np.float32)
    found = canny(gray.astype(np.float64), sigma=2, mask=~hole).astype(np.float32)
    m = hole.astype(np.float32)
    first = np.stack([gray * (ONE - m) + m, found * (ONE - m), m])[None]
    with torch.no_grad():
        plane = edges(torch.from_numpy(first))
        rgb = torch.from_numpy((target * (ONE - m) + m)[None])
        y = colours(torch.cat([rgb, plane], 1)).numpy()[0]
    golden["edge-connect/edges"] = found
    golden["edge-connect/output"] = y.reshape(-1)[::1009]


def unit(y):
    return y


def byte(y):
    return y / np.float32(255)


def signed(y):
    return (y + ONE) / TWO


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


def export(net, args, path, inputs, output, axes=None):
    net.eval()
    with torch.no_grad():
        torch.onnx.export(
            net, args, str(path), input_names=inputs, output_names=[output],
            dynamic_axes=axes or {}, opset_version=OPSET, do_constant_folding=True)
    print(path.name, path.stat().st_size)


def f(*shape):
    return torch.rand(*shape)


def main():
    torch.manual_seed(20)
    torch.set_num_threads(1)
    if sys.argv[1] == "--large":
        b = {"image": {0: "batch"}, "mask": {0: "batch"}, "output": {0: "batch"}}
        export(Lama(True), (f(1, 3, 512, 512), f(1, 1, 512, 512)), pathlib.Path(sys.argv[2]), ["image", "mask"], "output", b)
        return
    to = pathlib.Path(sys.argv[1])
    two = ["image", "mask"]
    full = (f(1, 3, 512, 512), (f(1, 1, 512, 512) > 0.5).float())
    batch = {"image": {0: "batch"}, "mask": {0: "batch"}, "output": {0: "batch"}}
    size = {2: "height", 3: "width"}
    u8 = ((f(1, 3, 96, 96) * 255).to(torch.uint8), torch.full((1, 1, 96, 96), 255, dtype=torch.uint8))
    # As MI-GAN's own export has it: the output is called result, and the axes are given for "output", so
    # the file declares an output of the size of the example.
    wrong = {"image": {0: "b", **size}, "mask": {0: "b", **size}, "output": {0: "b", **size}}
    tall = tuple(x.permute(0, 2, 3, 1).contiguous() for x in full)
    nets = {
        "lama": (Lama(), full, two, "output", batch, separate_unit, byte, 512),
        "opencv-lama": (Lama(), full, two, "output", None, separate_unit, byte, 512),
        "joined-lama": (JoinedLama(), (f(1, 4, 64, 64),), ["input"], "output", {"input": size, "output": size}, joined_lama, unit, 64),
        "migan-pipeline": (MiganPipeline(), u8, two, "result", wrong, migan_pipeline, byte, 40),
        "migan-generator": (MiganGenerator(), (f(1, 4, 256, 256),), ["input"], "output", None, migan_generator, signed, 256),
        "aot-unit": (AotUnit(), full, two, "painted_image", None, separate_unit, unit, 512),
        "aot-signed": (AotSigned(), full, two, "painted_image", None, aot_signed, signed, 512),
        "aot-last": (ChannelsLast(AotUnit()), tall, two, "painted_image", None, last(separate_unit), unit, 512),
    }
    golden = {}
    for name, (net, args, inputs, output, axes, feed, decode, side) in nets.items():
        export(net, args, to / (name + ".onnx"), inputs, output, axes)
        target, hole = pattern(16, 24)
        golden[name + "/target"], golden[name + "/hole"] = target, hole.astype(np.float32)
        for key, value in feed(target, hole).items():
            golden[name + "/fed/" + key] = value
        fed = feed(*pattern(side, side))
        with torch.no_grad():
            y = net(*[torch.from_numpy(fed[key]) for key in inputs]).numpy().astype(np.float32)
        y = decode(y.transpose(0, 3, 1, 2) if name == "aot-last" else y)[0]
        golden[name + "/output"] = y.reshape(-1)[::1009] if side > 64 else y.reshape(-1)
    edges, colours = EdgeNetwork(), ColourNetwork()
    export(edges, (f(1, 3, 256, 256),), to / "edge.onnx", ["input"], "output")
    export(colours, (f(1, 4, 256, 256),), to / "colour.onnx", ["input"], "output")
    edge_connect(golden, edges, colours)
    checkpoint = pathlib.Path(__file__).resolve().parents[4] / "inpaint-models/src/test/resources/org/inpaint4j/model/dcgan-small.pt"
    export(dcgan(checkpoint), (f(1, 6, 1, 1),), to / "dcgan-small.onnx", ["z"], "image")
    export(dcgan(checkpoint, nn.LeakyReLU), (f(1, 6, 1, 1),), to / "dcgan-leaky.onnx", ["z"], "image")
    small = (f(1, 3, 64, 64), f(1, 1, 64, 64))
    export(Slow(), (f(1, 3, 256, 256), f(1, 1, 256, 256)), to / "slow.onnx", two, "output")
    export(HalfSize(), small, to / "half-size.onnx", two, "output")
    export(NotFinite(), small, to / "not-finite.onnx", two, "output")
    export(Half(nets["lama"][0]), tuple(x.half() for x in full), to / "lama-half.onnx", two, "output", batch)
    export(Classifier(), (f(1, 3, 64, 64),), to / "classifier.onnx", ["image"], "output")
    write_safetensors(to / "GOLDEN.safetensors", golden)


main()
