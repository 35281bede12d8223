#!/usr/bin/python3
"""Lets a training of the first stage that began without the mirrored planes go on with them: their weights begin at zero, so
that the network answers as before, and Adam's squares at the mean of the layer's, so that the first steps are of the usual size.

  tools/completion/widen.py STATE.PT          (rewritten in place)
"""
import sys
import torch
from networks import Generator
from runs import save


def wide(t, planes, value=0):
    return torch.cat([t, torch.full((t.shape[0], planes, *t.shape[2:]), float(value))], 1)


def main():
    path = sys.argv[1]
    s = torch.load(path, map_location='cpu')
    if s['G']['down.0.weight'].shape[1] != 4:
        raise SystemExit('the state must be of a network without mirrored planes: found one with them')
    names = [n for n, _ in Generator(False).named_parameters()]
    for name in ('down.0.weight', 'last.weight'):
        for part in ('G', 'average'):
            s[part][name] = wide(s[part][name], 4)
        adam = s['g_adam']['state'][names.index(name)]
        adam['exp_avg'] = wide(adam['exp_avg'], 4)
        adam['exp_avg_sq'] = wide(adam['exp_avg_sq'], 4, adam['exp_avg_sq'].mean())
    save(s, path)


if __name__ == '__main__':
    main()
