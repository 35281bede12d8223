#!/usr/bin/python3
"""Writes the averaged generator of a training as float16 safetensors, tensors named as in networks.py (down.N, down_norm.N,
bottleneck, up.N, up_norm.N, last), with where it comes from as metadata.

  tools/completion/export_completion.py ../training/completion64/best.pt face-completion64.safetensors

The source may be a state.pt as well. --detail 1.2 makes what a second stage adds to the first one's image larger by that factor: a fill
that is as sharp as a photograph and no farther from the truth by its features.
"""
import argparse
import torch
from features import write_safetensors


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('source', help='best.pt or state.pt')
    p.add_argument('target', help='a safetensors file')
    p.add_argument('--detail', type=float, default=1, help='factor of what a second stage adds')
    a = p.parse_args()
    s = torch.load(a.source, map_location='cpu')
    if 'pictures' not in s:
        s['pictures'] = s['iteration'] * (s['batch'] - s['pairs'])
    if a.detail != 1:
        s['average']['refiner.last.weight'] *= a.detail
    tensors = {k: v.half().numpy() for k, v in s['average'].items() if not k.endswith('num_batches_tracked')}
    largest = max(abs(t).max() for t in tensors.values())
    if not largest < 60000:
        raise SystemExit('weights must fit float16: found %s' % largest)
    write_safetensors(a.target, tensors, dict(network='face completion', size=s['size'], iteration=s['iteration'],
                                              pictures=s['pictures'], seed=s['seed'], detail=a.detail))


if __name__ == '__main__':
    main()
