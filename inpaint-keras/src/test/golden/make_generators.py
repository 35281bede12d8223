"""Writes small generators with random weights in the formats of Keras, and what PyTorch makes of them.

    python3 make_generators.py ../resources/org/inpaint4j/keras

Needs h5py, NumPy and PyTorch, not Keras: the files have the groups, attributes and configurations that model.save
writes, as genuine files have them. keras_in_torch.py beside this script computes the networks from the files. Each
network has, in GENERATORS.safetensors:
  NAME/z         [2, L] latent vectors
  NAME/t         [2, C, H, W] weights of the samples
  NAME/images    [2, C, H, W] the images
  NAME/gradient  [2, L] the gradient of the sum of images times t with respect to z
"""

import io
import json
import pathlib
import struct
import sys
import zipfile

import h5py
import numpy as np

import keras_in_torch

DTYPE = {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float32"}, "registered_name": None}
random = np.random.default_rng(24)


def kernel(*shape):
    return (random.standard_normal(shape) / np.sqrt(np.prod(shape[:-1]) / 2)).astype("f4")


def bias(n):
    return random.uniform(-0.3, 0.3, n).astype("f4")


def norm(n):
    return [random.uniform(0.5, 1.5, n), random.uniform(-0.5, 0.5, n), random.uniform(-0.5, 0.5, n),
            random.uniform(0.5, 2, n)]


class Layer:
    """A layer of a network: its configuration and its weights by name."""

    def __init__(self, kind, name, weights=(), inputs=(), **config):
        self.kind, self.name, self.weights, self.inputs = kind, name, list(weights), list(inputs)
        self.config = {"name": name, **config}

    def entry(self, keras3):
        made = {"class_name": self.kind, "config": self.config, "name": self.name}
        if keras3:
            args = [{"class_name": "__keras_tensor__",
                     "config": {"shape": [None], "dtype": "float32", "keras_history": [i, 0, 0]}} for i in self.inputs]
            args = args if self.kind not in ("Add", "Concatenate", "Multiply") else [args]
            made["inbound_nodes"] = [{"args": args, "kwargs": {}}] if args else []
        else:
            made["inbound_nodes"] = [[[i, 0, 0, {}] for i in self.inputs]] if self.inputs else []
        return made

    def all_weights(self):
        return [(self.name, w, v) for w, v in self.weights]


class Inner(Layer):
    """A Sequential as a layer."""

    def __init__(self, name, layers, inputs):
        super().__init__("Sequential", name, inputs=inputs, layers=[l.entry(False) for l in layers])
        self.layers = layers

    def all_weights(self):
        return [w for layer in self.layers for w in layer.all_weights()]


def dense(name, a, b, **more):
    return Layer("Dense", name, [("kernel", kernel(a, b)), ("bias", bias(b))], units=b, use_bias=True, **more)


def conv(name, k, a, b, transposed=False, use_bias=True, **more):
    sides = (k, k) if isinstance(k, int) else k
    shape = (*sides, b, a) if transposed else (*sides, a, b)
    scaled = kernel(*sides, a, b).reshape(shape)
    weights = [("kernel", scaled)] + ([("bias", bias(b))] if use_bias else [])
    return Layer("Conv2DTranspose" if transposed else "Conv2D", name, weights, filters=b, kernel_size=list(sides),
                 use_bias=use_bias, dilation_rate=[1, 1], groups=1, **more)


def batch_norm(name, n, axis, scale=True, center=True, **more):
    names = ["gamma"] * scale + ["beta"] * center + ["moving_mean", "moving_variance"]
    values = [v.astype("f4") for v, kept in zip(norm(n), (scale, center, True, True)) if kept]
    return Layer("BatchNormalization", name, zip(names, values), axis=axis, epsilon=0.001, scale=scale, center=center,
                 **more)


def configuration(kind, layers, keras3=False):
    if kind == "Sequential":
        return {"class_name": kind, "config": {"name": "generator", "layers": [l.entry(keras3) for l in layers]}}
    first, last = [layers[0].name, 0, 0], [layers[-1].name, 0, 0]
    return {"class_name": kind, "config": {"name": "generator", "layers": [l.entry(keras3) for l in layers],
                                           "input_layers": first if keras3 else [first],
                                           "output_layers": last if keras3 else [last]}}


def write_h5(path, kind, layers, version="2.10.0", libver="earliest", ending=":0"):
    """model.save("x.h5"): the configuration is an attribute, and each layer has a group that names its weights."""
    with h5py.File(path, "w", libver=libver) as file:
        file.attrs["keras_version"], file.attrs["backend"] = version, "tensorflow"
        file.attrs["model_config"] = json.dumps(configuration(kind, layers))
        top = file.create_group("model_weights")
        top.attrs["layer_names"] = [l.name.encode() for l in layers]
        for layer in layers:
            group = top.create_group(layer.name)
            names = [f"{owner}/{w}{ending}" for owner, w, _ in layer.all_weights()]
            group.attrs["weight_names"] = [n.encode() for n in names]
            for name, (_, _, value) in zip(names, layer.all_weights()):
                group.create_dataset(name, data=value)


def write_keras(path, kind, layers, container="layers", keras3=True, libver="earliest"):
    """model.save("x.keras"): a zip of the configuration and of an HDF5 file that counts layers and weights."""
    memory = io.BytesIO()

    def add(group, layers):
        counts = {}
        for layer in layers:
            snake = keras_in_torch.snake(layer.kind)
            counts[snake] = counts.get(snake, -1) + 1
            inner = group.create_group(f"{container}/{snake}" + (f"_{counts[snake]}" if counts[snake] else ""))
            variables = inner.create_group("vars")
            for i, (_, value) in enumerate(layer.weights):
                variables.create_dataset(str(i), data=value)
            if isinstance(layer, Inner):
                add(inner, layer.layers)

    with h5py.File(memory, "w", libver=libver) as file:
        add(file, layers)
        file.create_group("vars")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as file:
        for name, content in (("metadata.json", json.dumps({"keras_version": "3.8.0"}).encode()),
                              ("config.json", json.dumps(configuration(kind, layers, keras3)).encode()),
                              ("model.weights.h5", memory.getvalue())):
            file.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content)


def dcgan():
    """The usual chain, RGB of 24x16 pixels: transposed convolutions with 5, 4, 3 rows and stride 2 or 1."""
    last = {"data_format": "channels_last"}
    return [dense("dense", 6, 3 * 2 * 8, activation="linear", batch_input_shape=[None, 6]),
            batch_norm("batch_normalization", 48, [1]),
            Layer("LeakyReLU", "leaky_re_lu", alpha=0.30000001192092896),
            Layer("Reshape", "reshape", target_shape=[3, 2, 8]),
            conv("conv2d_transpose", 5, 8, 8, True, False, strides=[2, 2], padding="same", output_padding=None, **last),
            batch_norm("batch_normalization_1", 8, [3]),
            Layer("ReLU", "re_lu", max_value=None, negative_slope=0.0, threshold=0.0),
            Layer("Dropout", "dropout", rate=0.5),
            conv("conv2d_transpose_1", 4, 8, 6, True, strides=[2, 2], padding="same", activation="selu", **last),
            batch_norm("batch_normalization_2", 6, -1, scale=False),
            conv("conv2d_transpose_2", 3, 6, 5, True, strides=[2, 2], padding="same", activation="relu", **last),
            conv("conv2d_transpose_3", 5, 5, 3, True, strides=[1, 1], padding="same", activation="tanh", **last)]


def residual():
    """A graph of Keras 3 with branches and a network as a layer, gray of 15x9 pixels."""
    last = {"data_format": "channels_last", "dtype": DTYPE}
    inner = Inner("inner", [conv("c", 3, 6, 6, padding="same", strides=[1, 1], activation="silu", **last),
                            batch_norm("b", 6, -1, center=False)], ["up"])
    return [Layer("InputLayer", "z", batch_shape=[None, 5], dtype="float32"),
            placed(dense("dense", 5, 4 * 3 * 6, activation="elu"), "z"),
            Layer("Reshape", "reshape", inputs=["dense"], target_shape=[4, -1, 6], dtype=DTYPE),
            Layer("UpSampling2D", "up", inputs=["reshape"], size=[2, 2], interpolation="nearest", **last),
            inner,
            Layer("Add", "add", inputs=["up", "inner"]),
            placed(conv("even", 4, 6, 4, padding="same", strides=[1, 1], activation="softplus", **last), "add"),
            placed(conv("wide", (1, 3), 6, 3, padding="same", strides=1, activation="leaky_relu", **last), "inner"),
            Layer("Concatenate", "concatenate", inputs=["even", "wide"], axis=-1),
            Layer("UpSampling2D", "up_1", inputs=["concatenate"], size=[4, 4], interpolation="nearest", **last),
            placed(conv("down", 5, 7, 5, padding="same", strides=[2, 2], activation="swish", **last), "up_1"),
            Layer("ZeroPadding2D", "zeros", inputs=["down"], padding=[[1, 2], [2, 0]], **last),
            Layer("Cropping2D", "crop", inputs=["zeros"], cropping=[[2, 0], [1, 1]], **last),
            placed(dense("pixels", 5, 5, activation={"module": "builtins", "class_name": "function", "config": "tanh",
                                                     "registered_name": "function"}), "crop"),
            Layer("Multiply", "gate", inputs=["crop", "pixels"]),
            placed(conv("last", 3, 5, 1, padding="valid", strides=[1, 1], activation="linear", **last), "gate"),
            Layer("Activation", "sigmoid", inputs=["last"], activation="sigmoid"),
            Layer("Cropping2D", "crop_1", inputs=["sigmoid"], cropping=[[0, 0], [0, 1]], **last)]


def placed(layer, *inputs):
    layer.inputs = list(inputs)
    return layer


def first():
    """A graph of Keras 2 with channels first, one with an inner network; ends in vectors, gray of 6x9 pixels."""
    channels = {"data_format": "channels_first"}
    inner = Inner("sequential", [conv("conv2d_transpose_1", 2, 6, 5, True, strides=[3, 3], padding="valid", **channels),
                                 batch_norm("batch_normalization", 5, [1]),
                                 Layer("ELU", "elu", alpha=0.7)], ["conv2d_transpose"])
    return [Layer("InputLayer", "input_1", batch_input_shape=[32, 7, 1, 1]),
            placed(conv("conv2d_transpose", (3, 2), 7, 6, True, strides=[1, 1], padding="valid",
                        activation={"class_name": "LeakyReLU", "config": {"name": "l", "alpha": 0.1}}, **channels), "input_1"),
            inner,
            placed(conv("conv2d_transpose_2", 3, 5, 4, True, strides=[2, 2], padding="same", output_padding=[1, 0],
                        **channels), "sequential"),
            Layer("ReLU", "re_lu", inputs=["conv2d_transpose_2"], max_value=1.5, negative_slope=0.2, threshold=0.0),
            Layer("Flatten", "flatten", inputs=["re_lu"], **channels),
            placed(dense("dense", 4 * 18 * 11, 54, activation="tanh"), "flatten"),
            Layer("Reshape", "reshape", inputs=["dense"], target_shape=[6, 9])]


def old_keras():
    """A chain as Keras 2.13 writes .keras files; one pixel goes in, RGB of 8x8 pixels comes out."""
    last = {"data_format": "channels_last"}
    return [Layer("InputLayer", "input", batch_input_shape=[None, 1, 1, 4], dtype="float32"),
            conv("conv2d_transpose", 4, 4, 6, True, strides=[1, 1], padding="valid", activation="leaky_relu", **last),
            batch_norm("batch_normalization", 6, [3]),
            Layer("Flatten", "flatten", **last),
            Layer("Reshape", "reshape", target_shape=[4, 4, 6]),
            conv("conv2d_transpose_1", 6, 6, 3, True, strides=[2, 2], padding="same", activation="sigmoid", **last)]


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


def broken(to):
    """Files that are refused, each small."""
    image = {"data_format": "channels_last", "padding": "same", "strides": [1, 1]}

    def chain(*layers):
        return [Layer("InputLayer", "input", batch_input_shape=[None, 4]), *layers]

    tail = [dense("dense", 4, 12, activation="tanh"), Layer("Reshape", "reshape", target_shape=[2, 2, 3])]
    write_h5(to / "refused-lambda.h5", "Sequential", chain(*tail, Layer(
        "Lambda", "lambda", function={"class_name": "__lambda__", "config": {"code": "4wEAAAAA"}})))
    write_h5(to / "refused-layer.h5", "Sequential", chain(*tail, Layer("Softmax", "softmax", axis=-1)))
    write_h5(to / "refused-range.h5", "Sequential", chain(*tail, Layer("LeakyReLU", "leaky_re_lu", alpha=0.2)))
    huge = conv("conv2d", 1, 3, 3, activation="tanh", **image)
    write_h5(to / "refused-huge.h5", "Sequential", chain(
        *tail, Layer("UpSampling2D", "up", size=[4096, 4096], interpolation="nearest"), huge))
    with h5py.File(to / "refused-weights.h5", "w") as file:
        file.attrs["layer_names"] = [b"dense"]
        file.create_dataset("dense/dense/kernel:0", data=kernel(4, 12))
    for name, make in {"refused-chunks.h5": dict(chunks=(2, 12), compression="gzip"),
                       "refused-external.h5": dict(external=[("/etc/hostname", 0, 192)])}.items():
        write_h5(to / name, "Sequential", chain(*tail))
        with h5py.File(to / name, "a") as file:
            group = file["model_weights/dense/dense"]
            del group["kernel:0"]
            group.create_dataset("kernel:0", (4, 12), "f4", **make)
    write_h5(to / "refused-link.h5", "Sequential", chain(*tail))
    with h5py.File(to / "refused-link.h5", "a") as file:
        group = file["model_weights/dense/dense"]
        del group["kernel:0"]
        group["kernel:0"] = h5py.ExternalLink("refused-lambda.h5", "/model_weights/dense/dense/kernel:0")


def main():
    keras_in_torch.self_check()
    to = pathlib.Path(sys.argv[1])
    write_h5(to / "dcgan.h5", "Sequential", dcgan())
    write_h5(to / "dcgan-latest.h5", "Sequential", dcgan(), "3.11.2", "latest", "")
    write_keras(to / "residual.keras", "Functional", residual())
    write_keras(to / "dcgan-v110.keras", "Sequential", dcgan(), libver="v110")
    write_keras(to / "old.keras", "Sequential", old_keras(), "_layer_checkpoint_dependencies", False)
    write_h5(to / "first.h5", "Model", first(), "2.2.4-tf")
    broken(to)
    golden = {}
    for path in sorted([*to.glob("*.h5"), *to.glob("*.keras")]):
        if not path.name.startswith("refused"):
            for key, value in keras_in_torch.golden(path).items():
                golden[path.name + "/" + key] = value
                print(path.name, key, value.shape, float(np.abs(value).max()))
    write_safetensors(to / "GENERATORS.safetensors", golden)


main()
