"""Makes the golden values of ImportanceWeightsTest with SciPy and NumPy.

    python3 importance_golden.py ../resources/org/inpaint4j/image/importance.csv

One line a mask: the window, the width, the height, the mask row by row (1 in the hole), and the
weights times the pixels of the window, which are whole numbers.
"""
import sys

import numpy as np
from scipy.signal import convolve2d

random = np.random.RandomState(22)
lines = []
for window, width, height in ((7, 19, 13), (28, 40, 31), (2, 6, 5), (3, 8, 8), (4, 9, 7), (6, 16, 16)):
    known = (random.rand(height, width) > 0.3).astype(float)
    counts = known * convolve2d(1 - known, np.ones((window, window)), mode="same", boundary="symm")
    lines.append(",".join([
        str(window), str(width), str(height),
        "".join("0" if pixel else "1" for pixel in known.ravel()),
        " ".join("%d" % count for count in np.rint(counts).ravel())]))
with open(sys.argv[1], "w") as file:
    file.write("\n".join(lines) + "\n")
