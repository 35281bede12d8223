"""Computes a Keras network of a file with PyTorch, layer by layer: the other side of the tests.

    python3 keras_in_torch.py FILE IMAGES.npz [N]

writes z, t, images and the gradient of the sum of images times t with respect to z, for N vectors z. Needs h5py,
NumPy and PyTorch, not Keras. Images are [N, rows, columns, channels] between the layers as in Keras, unless a layer
says channels_first.

TensorFlow's padding "same" is written out. A convolution of an image of n rows with stride s and a kernel of k rows
makes m = ceil(n / s) rows. It is given (m - 1) s + k - n rows of zeros if that is positive, half of them (rounded down)
above the image and the rest below. A transposed convolution from m to n rows is the gradient of that convolution with
respect to its image: each of the m rows adds k rows of the kernel, s rows apart, to a whole of (m - 1) s + k rows, of
which those that were zeros above and below are cut off. If the whole is shorter than n, zeros follow.
"""

import io
import json
import math
import re
import sys
import zipfile

import h5py
import numpy as np
import torch
import torch.nn.functional as F


torch.set_num_threads(1)


def pair(value, default=1):
    value = default if value is None else value
    return (value, value) if isinstance(value, int) else tuple(value)


def zeros_for(n, m, k, s, same):
    """Rows of zeros above and below."""
    total = max(0, (m - 1) * s + k - n) if same else 0
    return total // 2, total - total // 2


def convolve(x, kernel, strides, same):
    """x [N, C, H, W], kernel [kH, kW, in, out]."""
    sides = x.shape[2:]
    pads = []
    for n, k, s in zip(sides, kernel.shape[:2], strides):
        pads.append(zeros_for(n, math.ceil(n / s), k, s, same))
    x = F.pad(x, (*pads[1], *pads[0]))
    return F.conv2d(x, kernel.permute(3, 2, 0, 1), stride=strides)


def transpose(x, kernel, strides, same, more):
    """x [N, C, H, W], kernel [kH, kW, out, in]."""
    whole = F.conv_transpose2d(x, kernel.permute(3, 2, 0, 1), stride=strides)
    for axis in (0, 1):
        m, k, s = x.shape[2 + axis], kernel.shape[axis], strides[axis]
        if more is None:
            n = m * s + (0 if same else max(k - s, 0))
        else:
            n = (m - 1) * s + k - (2 * (k // 2) if same else 0) + more[axis]
        above = zeros_for(n, m, k, s, same)[0]
        short = above + n - whole.shape[2 + axis]
        if short > 0:
            shape = list(whole.shape)
            shape[2 + axis] = short
            whole = torch.cat([whole, torch.zeros(shape, dtype=x.dtype)], 2 + axis)
        whole = whole.narrow(2 + axis, above, n)
    return whole


def self_check():
    """transpose is the gradient of convolve."""
    for n, k, s in ((8, 5, 2), (8, 4, 2), (6, 3, 2), (7, 2, 1), (9, 2, 3), (6, 3, 3)):
        kernel = torch.randn(k, k, 2, 3, dtype=torch.float64)
        image = torch.zeros(1, 2, n, n, dtype=torch.float64, requires_grad=True)
        made = convolve(image, kernel, (s, s), True)
        g = torch.randn_like(made)
        if made.shape[2] * s == n:
            expected = torch.autograd.grad((made * g).sum(), image)[0]
            assert torch.allclose(transpose(g, kernel, (s, s), True, None), expected)


def snake(name):
    name = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", re.sub(r"\W+", "", name))
    return re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()


def activate(name, x):
    if isinstance(name, dict):
        inner = name["config"]
        return activate(inner, x) if isinstance(inner, str) else Network.leaf(name["class_name"], inner, x)
    return {None: lambda v: v, "linear": lambda v: v, "relu": F.relu, "tanh": torch.tanh, "sigmoid": torch.sigmoid,
            "leaky_relu": lambda v: F.leaky_relu(v, 0.2), "elu": F.elu, "selu": F.selu, "softplus": F.softplus,
            "silu": F.silu, "swish": F.silu}[name](x)


class Network:
    def __init__(self, path):
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as file:
                self.config = json.loads(file.read("config.json"))
                self.weights = h5py.File(io.BytesIO(file.read("model.weights.h5")), "r")
            self.counted = True
        else:
            self.weights = h5py.File(path, "r")
            text = self.weights.attrs["model_config"]
            self.config = json.loads(text.decode() if isinstance(text, bytes) else text)
            self.counted = False

    def of(self, layer, place, count):
        """All weights of a layer, in Keras's order."""
        group, path = place
        if self.counted:
            at = self.weights
            for name in path:
                at = at["layers" if "layers" in at else "_layer_checkpoint_dependencies"][name]
            return [torch.tensor(np.array(at["vars"][str(i)]), dtype=torch.float64) for i in range(count)]
        at = self.weights["model_weights"][group]
        names = [n.decode() if isinstance(n, bytes) else n for n in at.attrs["weight_names"]]
        if len(path) > 1:
            names = [n for n in names if n.split("/")[-2] == layer["config"]["name"]]
        order = ["kernel", "bias", "gamma", "beta", "moving_mean", "moving_variance"]
        names.sort(key=lambda n: order.index(n.split("/")[-1].split(":")[0]))
        assert len(names) == count, (names, count)
        return [torch.tensor(np.array(at[n]), dtype=torch.float64) for n in names]

    def __call__(self, z):
        return self.level(self.config, z, None, [])

    def level(self, network, x, group, path):
        config = network["config"]
        layers = config if isinstance(config, list) else config["layers"]
        values, counts, last = {}, {}, x
        for layer in layers:
            kind, name = layer["class_name"], layer["config"].get("name") if isinstance(layer["config"], dict) else None
            tracked = snake("Functional" if kind == "Model" else kind)
            counts[tracked] = counts.get(tracked, -1) + 1
            here = path + [tracked + (f"_{counts[tracked]}" if counts[tracked] else "")]
            if kind == "InputLayer":
                values[name] = x
                continue
            if network["class_name"] == "Sequential":
                inputs = [last]
            else:
                inputs = [values[n] for n in re.findall(r'"keras_history": \["([^"]+)"|\[+"([^"]+)", \d',
                                                        json.dumps(layer["inbound_nodes"])) for n in n if n]
            outer = group or name
            last = (self.level(layer, inputs[0], outer, here) if kind in ("Sequential", "Functional", "Model")
                    else self.layer(layer, inputs, (outer, here)))
            values[name] = last
        return last if network["class_name"] == "Sequential" else values[np.ravel(config["output_layers"])[0]]

    @staticmethod
    def leaf(kind, c, x):
        if kind == "LeakyReLU":
            return F.leaky_relu(x, c.get("alpha", c.get("negative_slope", 0.3)))
        if kind == "ELU":
            return F.elu(x, c.get("alpha", 1.0))
        if kind == "ReLU":
            y = F.leaky_relu(x, c.get("negative_slope") or 0.0)
            return y if c.get("max_value") is None else y.clamp(max=c["max_value"])
        raise ValueError(kind)

    def layer(self, layer, inputs, place):
        kind, c, x = layer["class_name"], layer["config"], inputs[0]
        first = c.get("data_format") == "channels_first"
        image = lambda v: v if first else v.permute(0, 3, 1, 2)
        back = lambda v: v if first else v.permute(0, 2, 3, 1)
        if kind in ("LeakyReLU", "ELU", "ReLU"):
            return self.leaf(kind, c, x)
        if kind == "Activation":
            return activate(c["activation"], x)
        if kind == "Dense":
            w = self.of(layer, place, 2 if c.get("use_bias", True) else 1)
            return activate(c.get("activation"), x @ w[0] + (w[1] if len(w) > 1 else 0))
        if kind in ("Conv2D", "Conv2DTranspose"):
            w = self.of(layer, place, 2 if c.get("use_bias", True) else 1)
            strides, same = pair(c.get("strides")), c.get("padding") == "same"
            more = c.get("output_padding")
            y = (convolve(image(x), w[0], strides, same) if kind == "Conv2D"
                 else transpose(image(x), w[0], strides, same, None if more is None else pair(more)))
            return activate(c.get("activation"), back(y + (w[1].view(1, -1, 1, 1) if len(w) > 1 else 0)))
        if kind == "BatchNormalization":
            scale, center = c.get("scale", True), c.get("center", True)
            w = self.of(layer, place, 2 + scale + center)
            axis = c["axis"][0] if isinstance(c["axis"], list) else c["axis"]
            sides = [1] * x.dim()
            sides[axis] = -1
            mean, variance = w[-2].view(sides), w[-1].view(sides)
            y = (x - mean) / torch.sqrt(variance + c.get("epsilon", 1e-3))
            y = y * w[0].view(sides) if scale else y
            return y + w[scale].view(sides) if center else y
        if kind == "Reshape":
            return x.reshape(x.shape[0], *c["target_shape"])
        if kind == "Flatten":
            return (x.permute(0, 2, 3, 1) if first and x.dim() == 4 else x).reshape(x.shape[0], -1)
        if kind == "UpSampling2D":
            down, across = pair(c.get("size"), 2)
            return back(image(x).repeat_interleave(down, 2).repeat_interleave(across, 3))
        if kind == "ZeroPadding2D":
            (a, b), (d, e) = [pair(p) for p in pair(c["padding"])]
            return back(F.pad(image(x), (d, e, a, b)))
        if kind == "Cropping2D":
            (a, b), (d, e) = [pair(p) for p in pair(c["cropping"])]
            y = image(x)
            return back(y[:, :, a:y.shape[2] - b, d:y.shape[3] - e])
        if kind in ("Dropout", "GaussianNoise"):
            return x
        if kind == "Add":
            return sum(inputs)
        if kind == "Multiply":
            return inputs[0] * inputs[1]
        if kind == "Concatenate":
            return torch.cat(inputs, c["axis"])
        raise ValueError(kind)


def latent(config):
    """The input's shape without the batch."""
    text = json.dumps(config)
    return json.loads(re.search(r'"batch_(?:input_)?shape": \[\w+, ([^\]]*)\]', text).expand(r"[\1]"))


def is_first(config):
    return '"channels_first"' in json.dumps(config)


def golden(path, count=2, seed=24):
    """z, t, images [N, C, H, W], gradient."""
    torch.manual_seed(seed)
    net = Network(path)
    shape = latent(net.config)
    z = torch.randn(count, int(np.prod(shape)), dtype=torch.float64).float().double().requires_grad_()
    images = net(z.view(count, *shape))
    images = images[:, None] if images.dim() == 3 else images if is_first(net.config) else images.permute(0, 3, 1, 2)
    t = torch.randn(images.shape).double()
    (images * t).sum().backward()
    return {"z": z.detach().numpy(), "t": t.numpy(), "images": images.detach().numpy(), "gradient": z.grad.numpy()}


if __name__ == "__main__":
    self_check()
    np.savez(sys.argv[2], **golden(sys.argv[1], int(sys.argv[3]) if len(sys.argv) > 3 else 8))
