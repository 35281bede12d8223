"""Makes the golden values of HoleMeasuresTest with hole_metrics.py (torch 1.13, scipy 1.10.1, numpy 1.24.2).

    python3 hole_golden.py ../../../../../shared ../resources/org/inpaint4j/eval/metric/hole

The first folder has tools/hole_metrics.py, data/squeezenet1_0.safetensors, data/photos and
data/portraits. The pictures are a part of coffee.png (scikit-image, CC0) and of the official
portrait 021734.jpg of a member of the US Congress (public domain), with parts of the masks of the
photographs. Each is filled twice:

    hashed   R = 64 + (7x+13y) mod 128, G = 64 + (5x+3y) mod 128, B = 64 + (2x+11y) mod 128
    moved    the truth 9 columns to the left, the first column where there is none
"""
import csv
import os
import sys

import numpy as np
import torch
from PIL import Image

shared, target = sys.argv[1:]
sys.path.insert(0, os.path.join(shared, "tools"))
import hole_metrics

torch.set_num_threads(1)
weights = hole_metrics.load_safetensors(os.path.join(shared, "data", "squeezenet1_0.safetensors"))
os.makedirs(target, exist_ok=True)


def photo(name, box, size=None):
    with Image.open(os.path.join(shared, "data", name)) as image:
        part = image.convert("RGB").crop(box)
        return part if size is None else part.resize(size, Image.BOX)


def mask(name, box, size=None):
    with Image.open(os.path.join(shared, "data", "photos", "masks", "dev-%s.png" % name)) as image:
        part = image.convert("L").crop(box)
        return part if size is None else part.resize(size, Image.NEAREST)


truths = {
    "coffee": photo("photos/coffee.png", (400, 180, 593, 340)),
    "portrait": photo("portraits/021734.jpg", (100, 60, 420, 420), (128, 144)),
}
masks = {
    "coffee": {
        "blob": mask("coffee.blob", (400, 180, 593, 340)),
        "text": mask("coffee.text", (400, 40, 593, 200)),
    },
    "portrait": {
        "blob": mask("chelsea.blob", (40, 80, 424, 512), (128, 144)),
        "text": mask("rocket.text", (300, 280, 428, 424)),
    },
}


def filled(kind, truth, hole):
    y, x = np.mgrid[: truth.shape[0], : truth.shape[1]]
    if kind == "hashed":
        made = np.stack(
            [64 + (7 * x + 13 * y) % 128, 64 + (5 * x + 3 * y) % 128, 64 + (2 * x + 11 * y) % 128], -1)
    else:
        made = truth[y, np.maximum(x - 9, 0)]
    return np.where(hole[..., None], made, truth).astype(np.uint8)


rows = []
for name, truth in truths.items():
    truth.save(os.path.join(target, name + ".png"), optimize=True)
    for kind, picture in masks[name].items():
        hole = np.asarray(picture) > 0
        Image.fromarray(hole).save(os.path.join(target, "%s.%s.png" % (name, kind)), optimize=True)
        true = np.asarray(truth)
        for fill in ("hashed", "moved"):
            erode = 2 if kind == "blob" else 0
            f = hole_metrics.figures(true, filled(fill, true, hole), hole, weights, erode)
            rows.append([name, kind, fill, erode]
                        + ["%.7f" % f[k] for k in ("psnr", "ssim", "sqz", "sharp", "seam")])
with open(os.path.join(target, "golden.csv"), "w", newline="") as out:
    csv.writer(out, lineterminator="\n").writerows(rows)
