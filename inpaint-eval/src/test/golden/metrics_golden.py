"""Makes the golden values of ImageMetricTest with scikit-image 0.19.3, NumPy and Pillow.

    python3 metrics_golden.py PORTRAITS_FOLDER ../resources/org/inpaint4j/eval/metrics

PORTRAITS_FOLDER holds the public-domain portraits: official portraits of members of the US Congress
and NASA's portrait of Eileen Collins.
"""
import csv
import os
import sys

import numpy as np
from PIL import Image, ImageFilter
from skimage.color import rgb2gray
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

source, target = sys.argv[1:]
os.makedirs(target, exist_ok=True)


def portrait(name, box, size):
    with Image.open(os.path.join(source, name)) as image:
        return image.convert("RGB").crop(box).resize(size, Image.BOX)


rng = np.random.RandomState(7)
blurred = portrait("020104.jpg", (20, 20, 160, 160), (64, 64))
patched = portrait("021734.jpg", (100, 50, 400, 350), (64, 64))
noisy = portrait("astronaut.png", (120, 30, 344, 184), (80, 55))


def with_noise(image):
    a = np.asarray(image).astype(int) + rng.randint(-40, 41, np.asarray(image).shape)
    return Image.fromarray(np.clip(a, 0, 255).astype(np.uint8))


def with_patch(image):
    a = np.asarray(image).copy()
    a[20:50, 10:40] = a[:, :, ::-1][10:40, 20:50]
    return Image.fromarray(a)


def rectangle(size, left, top, right, bottom):
    m = np.zeros((size[1], size[0]), bool)
    m[top:bottom, left:right] = True
    return m


cases = {
    "blurred": (blurred, blurred.filter(ImageFilter.GaussianBlur(2)), rectangle((64, 64), 0, 5, 30, 64)),
    "patched": (patched, with_patch(patched), rectangle((64, 64), 10, 20, 40, 50)),
    "noisy": (noisy, with_noise(noisy), rng.rand(55, 80) < 0.8),
}
rows = []
for name, (truth, result, mask) in cases.items():
    truth.save(os.path.join(target, name + "-truth.png"), optimize=True)
    result.save(os.path.join(target, name + "-result.png"), optimize=True)
    Image.fromarray((mask * 255).astype(np.uint8)).save(os.path.join(target, name + "-mask.png"))
    a, b = np.asarray(truth) / 255.0, np.asarray(result) / 255.0
    ga, gb = rgb2gray(a), rgb2gray(b)
    gray_ssim, gray_map = structural_similarity(ga, gb, win_size=11, data_range=1, full=True)
    # The call of the reference's metrics script, with its argument that makes columns channels.
    column_ssim, column_map = structural_similarity(
        ga, gb, data_range=1, win_size=11, multichannel=True, full=True)
    colour_ssim, colour_map = structural_similarity(
        a, b, gaussian_weights=True, use_sample_covariance=False, data_range=1, channel_axis=-1, full=True)
    values = {
        "REFERENCE_L1": 100 * np.abs(ga - gb).sum() / (ga + gb).sum(),
        "REFERENCE_SSIM": column_ssim,
        "GRAY_SSIM": gray_ssim,
        "REFERENCE_PSNR": peak_signal_noise_ratio(ga, gb, data_range=1),
        "MAE": 100 * np.abs(a - b).mean(),
        "SSIM": colour_ssim,
        "PSNR": peak_signal_noise_ratio(a, b, data_range=1),
        "REFERENCE_L1_HOLE": 100 * np.abs(ga - gb)[mask].sum() / (ga + gb)[mask].sum(),
        "REFERENCE_SSIM_HOLE": column_map[mask].mean(),
        "GRAY_SSIM_HOLE": gray_map[mask].mean(),
        "REFERENCE_PSNR_HOLE": peak_signal_noise_ratio(ga[mask], gb[mask], data_range=1),
        "MAE_HOLE": 100 * np.abs(a - b)[mask].mean(),
        "SSIM_HOLE": colour_map[mask].mean(),
        "PSNR_HOLE": peak_signal_noise_ratio(a[mask], b[mask], data_range=1),
    }
    rows += [(name, metric, repr(float(value))) for metric, value in values.items()]
with open(os.path.join(target, "golden.csv"), "w", newline="") as file:
    csv.writer(file, lineterminator="\n").writerows(rows)
