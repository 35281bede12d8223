"""Makes the golden masks of PartMaskTest with part() of tools/completion/masks.py (numpy 1.24.2).

    python3 parts_golden.py ../resources/org/inpaint4j/eval/mask

The masks stand one below the other in the order of PARTS; white is the hole.
"""
import os
import sys

import numpy as np
from PIL import Image

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "..", "..", "..", "..", "tools", "completion"))
import masks

(target,) = sys.argv[1:]
os.makedirs(target, exist_ok=True)
for size in (64, 128):
    column = np.concatenate([masks.part(name, size) for name in masks.PARTS])
    Image.fromarray(column).save(os.path.join(target, "parts-%d.png" % size), optimize=True)
