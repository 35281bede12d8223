#!/usr/bin/python3
"""Writes the averaged generator of a training as float16 safetensors, tensors named as in networks.py (down.N, down_norm.N,
bottleneck, up.N, up_norm.N, last), with where it comes from as metadata.

  tools/completion/export_completion.py ../training/completion64/best.pt face-completion64.safetensors
"""
import sys
import torch
from features import write_safetensors


def main():
    source, target = sys.argv[1:3]
    s = torch.load(source, map_location='cpu')
    if 'pictures' not in s:
        raise SystemExit('source must be a best.pt of train_completion.py: found a state without the number of pictures')
    tensors = {k: v.half().numpy() for k, v in s['average'].items() if not k.endswith('num_batches_tracked')}
    largest = max(abs(t).max() for t in tensors.values())
    if not largest < 60000:
        raise SystemExit('weights must fit float16: found %s' % largest)
    write_safetensors(target, tensors, dict(network='face completion', size=s['size'], iteration=s['iteration'],
                                            pictures=s['pictures'], seed=s['seed'], distance='%.4f' % s['distance']))


if __name__ == '__main__':
    main()
