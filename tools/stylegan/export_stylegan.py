#!/usr/bin/python3
"""Writes the average of a training, and its discriminator, as safetensors that StyleGan of inpaint-models reads: kernels and
matrices float16, vectors float32, with the port's names (g_running..., discriminator...) and the mean style (latent_avg).

  tools/stylegan/export_stylegan.py ../training/stylegan64d/state.pt style-faces64.safetensors

--without-discriminator leaves out the discriminator, which only the prior loss of a search needs: half the file.
"""
import argparse
import os
import sys
import torch
from networks import Generator
sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'completion'))
from features import write_safetensors  # noqa: E402  tools/completion/features.py


def main():
    p = argparse.ArgumentParser()
    p.add_argument('source', help='state.pt or size-NNN.pt of train_stylegan.py')
    p.add_argument('target')
    p.add_argument('--without-discriminator', action='store_true')
    a = p.parse_args()
    s = torch.load(a.source, map_location='cpu')
    o = s['options']
    g = Generator(o['channels'], o['style'], o['layers'])
    g.load_state_dict(s['average'])
    step, fading, _, iteration, pictures = s['place']
    if fading:
        print('note: %d pixels are still fading in; the file shows them whole' % (4 << step))
    tensors = {'g_running.' + k: v for k, v in s['average'].items()}
    if not a.without_discriminator:
        tensors.update({'discriminator.' + k: v for k, v in s['D'].items()})
    tensors['latent_avg'] = g.mean_style()
    largest = max(t.abs().max().item() for t in tensors.values())
    if not largest < 60000:
        raise SystemExit('weights must fit float16: found %s' % largest)
    write_safetensors(a.target, {k: (v.half() if v.dim() > 1 else v.float()).contiguous().numpy() for k, v in tensors.items()},
                      dict(network='stylegan', size=4 << step, iteration=iteration, pictures=pictures, seed=o['seed']))
    print('%s: %d pixels, %.1f MB' % (a.target, 4 << step, os.path.getsize(a.target) / 1e6))


if __name__ == '__main__':
    main()
