#!/usr/bin/env python3
"""Trims golden outputs of YuNet-s to what the test reads: yunet-golden-N.png and .safetensors.

usage: make_yunet_golden.py GOLDEN.json NAME
GOLDEN.json holds what onnxruntime made of OpenCV's face_detection_yunet_2023mar.onnx (SHA-256
8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4) for one picture:
width, height, input_bgr_hwc_u8, raw outputs by name {shape, data}, detections. The pictures are
works of the US government (public domain). Needs Pillow."""
import json, struct, sys
from PIL import Image

golden = json.load(open(sys.argv[1]))
name = sys.argv[2]
bgr = bytes(golden['input_bgr_hwc_u8'])
rgb = bytes(v for i in range(0, len(bgr), 3) for v in (bgr[i + 2], bgr[i + 1], bgr[i]))
Image.frombytes('RGB', (golden['width'], golden['height']), rgb).save(name + '.png', optimize=True)
tensors = {k: (v['shape'], v['data']) for k, v in golden['raw'].items()}
best = golden['detections'][0]
flat = [best['score'], best['x'], best['y'], best['w'], best['h']] + [c for p in best['landmarks'] for c in p]
tensors['detection'] = ([15], flat)
header, data = {}, b''
for key in sorted(tensors):
    shape, values = tensors[key]
    packed = struct.pack('<%df' % len(values), *values)
    header[key] = {'dtype': 'F32', 'shape': shape, 'data_offsets': [len(data), len(data) + len(packed)]}
    data += packed
text = json.dumps(header).encode()
text += b' ' * (-len(text) % 8)
open(name + '.safetensors', 'wb').write(struct.pack('<Q', len(text)) + text + data)
