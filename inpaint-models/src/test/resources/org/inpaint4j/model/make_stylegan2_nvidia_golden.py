#!/usr/bin/python3
"""Makes the golden files of StyleGan2NvidiaTest with PyTorch (Debian's python3-torch, 1.13).

    ./make_stylegan2_nvidia_golden.py CHECKOUT

CHECKOUT is a folder with dnnlib, torch_utils and training of NVlabs/stylegan2-ada-pytorch: the
oracle is NVIDIA's own code, none of which is part of this project. Their pickles hold the source of
the classes; here it is left out, which changes nothing for who does not run it.

stylegan2-nvidia.pkl is a snapshot as their training writes it, of a narrow network of 16 pixels with
random weights. stylegan2-nvidia-golden.safetensors has latents, images and gradients; the noise is
that of the file.

stylegan2-nvidia-plain.pkl is one as of their configuration "cifar": its discriminator has no way around
its blocks (architecture "orig"). stylegan2-nvidia-plain-golden.safetensors has its logits.
"""
import os
import pickle
import sys
import types

import torch

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, *['..'] * 7, 'tools', 'completion'))
sys.path.insert(0, sys.argv[1])
for absent in ('requests', 'imageio', 'pyspng'):
    sys.modules.setdefault(absent, types.ModuleType(absent))
import dnnlib  # noqa: E402
from torch_utils import persistence  # noqa: E402
from features import write_safetensors  # noqa: E402

persistence._module_to_src = lambda module: ''
from training.augment import AugmentPipe  # noqa: E402
from training.networks import Discriminator, Generator  # noqa: E402

COUNT, STYLE, SIZE = 2, 16, 16
torch.manual_seed(23)
torch.set_num_threads(2)
narrow = dict(channel_base=128, channel_max=12, num_fp16_res=0)
G = Generator(STYLE, 0, STYLE, SIZE, 3, mapping_kwargs=dict(num_layers=3), synthesis_kwargs=narrow).eval()
D = Discriminator(0, SIZE, 3, **narrow).eval()
with torch.no_grad():
    for network in (G, D):
        for name, p in network.named_parameters():
            if name.endswith('bias'):
                p.add_((20 if 'mapping' in name else .2) * torch.randn_like(p))
            elif name.endswith('noise_strength'):
                p.add_(.3 * torch.randn_like(p))
    G.mapping.w_avg.copy_(.3 * torch.randn(STYLE))
snapshot = dict(G=Generator(STYLE, 0, STYLE, SIZE, 3, mapping_kwargs=dict(num_layers=1), synthesis_kwargs=narrow),
                D=D, G_ema=G, augment_pipe=AugmentPipe(xflip=1, rotate90=1, brightness=.5),
                training_set_kwargs=dnnlib.EasyDict(class_name='training.dataset.ImageFolderDataset', path='faces.zip',
                                                    use_labels=False, max_size=None, xflip=True, resolution=SIZE))
with open(os.path.join(HERE, 'stylegan2-nvidia.pkl'), 'wb') as f:
    pickle.dump(snapshot, f)

z = torch.randn(COUNT, STYLE, requires_grad=True)
t = torch.randn(COUNT, 3, SIZE, SIZE) / (3 * SIZE * SIZE) ** .5
made = G(z, None, truncation_psi=.7, noise_mode='const', force_fp32=True)
dz, = torch.autograd.grad((made * t).sum(), [z])


def judged(D):
    """Images, their logits, one image at a time, and the gradient of the sum of these."""
    images = (.5 * torch.randn(COUNT, 3, SIZE, SIZE)).requires_grad_()
    logits = torch.cat([D(images[i:i + 1], None) for i in range(COUNT)]).reshape(-1)
    dimages, = torch.autograd.grad(logits.sum(), [images])
    return {'images': images, 'd.logits': logits, 'd.dimages': dimages}


def write(name, tensors):
    write_safetensors(os.path.join(HERE, name), {k: v.detach().numpy() for k, v in tensors.items()}, {})


write('stylegan2-nvidia-golden.safetensors', {'z': z, 't': t, 'z.images': made, 'z.dz': dz, **judged(D)})

narrow = dict(channel_base=128, channel_max=6, num_fp16_res=0)
D = Discriminator(0, SIZE, 3, architecture='orig', **narrow).eval()
with torch.no_grad():
    for name, p in D.named_parameters():
        if name.endswith('bias'):
            p.add_(.2 * torch.randn_like(p))
G = Generator(STYLE, 0, STYLE, SIZE, 3, mapping_kwargs=dict(num_layers=2), synthesis_kwargs=narrow)
with open(os.path.join(HERE, 'stylegan2-nvidia-plain.pkl'), 'wb') as f:
    pickle.dump(dict(D=D, G_ema=G), f)
write('stylegan2-nvidia-plain-golden.safetensors', judged(D))
