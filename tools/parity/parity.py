#!/usr/bin/env python3
"""Runs the reference's published code beside this library, and prints one table of differences.

    parity.py REFERENCE STYLEGAN --checkpoint FILE --pictures FOLDER --classpath CLASSPATH
              [--work FOLDER] [--times N] [--steps N]

REFERENCE is a checkout of filipovskid/image-inpainting, STYLEGAN one of rosinality's
style-based-gan-pytorch. Nothing of either is part of this project. FILE is a DCGAN of 64 pixels as
the reference saves it, FOLDER has at least four pictures, CLASSPATH the jars of this library with a
backend. --times N also measures the search, N times each in turn; --steps is its number of steps.

Needs PyTorch, torchvision, SciPy, scikit-image before 0.20 (the reference passes multichannel=True),
imageio, Pillow and PyAMG. tqdm, matplotlib and pandas are imported by the reference too, and replaced
here if they are missing: they draw bars and plots, and write a CSV file.

The networks of the StyleGAN are made from a seed, since no trained file is published with the port
that could be used here; their noise has weights too, so that it counts.
"""
import argparse
import contextlib
import copy
import csv
import importlib
import io
import json
import os
import runpy
import struct
import subprocess
import sys
import time
import types
import warnings

import numpy as np
import scipy.sparse
import scipy.stats
import torch
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))


# --- what both sides read and write ---------------------------------------------------------------

def save_tensors(path, tensors):
    header, data = {}, []
    end = 0
    for name, value in tensors.items():
        raw = np.ascontiguousarray(value, '<f4').tobytes()
        header[name] = {'dtype': 'F32', 'shape': list(np.shape(value)),
                        'data_offsets': [end, end + len(raw)]}
        data.append(raw)
        end += len(raw)
    text = json.dumps(header).encode()
    text += b' ' * (-len(text) % 8)
    with open(path, 'wb') as out:
        out.write(struct.pack('<Q', len(text)) + text + b''.join(data))


def load_tensors(path):
    with open(path, 'rb') as file:
        raw = file.read()
    start = 8 + struct.unpack('<Q', raw[:8])[0]
    return {name: np.frombuffer(raw[start + e['data_offsets'][0]:start + e['data_offsets'][1]],
                                '<f4').reshape(e['shape'])
            for name, e in json.loads(raw[8:start]).items() if name != '__metadata__'}


def java(arguments, *command):
    environment = dict(os.environ, OMP_NUM_THREADS='2')
    done = subprocess.run(
        ['java', '-Xmx4g', '-cp', arguments.classpath, os.path.join(HERE, 'Parity.java'), *command],
        env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


# --- the reference ---------------------------------------------------------------------------------

class Frame:
    """As much of pandas.DataFrame as the reference's metrics script uses."""

    def __init__(self, columns):
        self.columns = columns

    def to_csv(self, path, index):
        with open(path, 'w', newline='') as file:
            writer = csv.writer(file)
            writer.writerow(self.columns)
            writer.writerows(zip(*self.columns.values()))


def stand_in(name, **content):
    try:
        importlib.import_module(name)
    except ImportError:
        module = types.ModuleType(name)
        module.__dict__.update(content)
        sys.modules[name] = module
        if '.' in name:
            setattr(sys.modules[name.rsplit('.', 1)[0]], name.rsplit('.', 1)[1], module)


def load_reference(arguments):
    stand_in('tqdm', tqdm=lambda steps: steps)
    stand_in('matplotlib')
    stand_in('matplotlib.pyplot')
    stand_in('pandas', DataFrame=Frame)
    import pyamg
    poisson = pyamg.gallery.poisson
    # Today's PyAMG makes arrays, whose product is another; the reference was written for matrices.
    pyamg.gallery.poisson = lambda shape: scipy.sparse.csr_matrix(poisson(shape))
    sys.path.insert(0, os.path.join(arguments.reference, 'src'))
    return importlib.import_module('inpaint_model')


def reference_model(reference, arguments):
    config = importlib.import_module('DCGAN.DCGAN_config')._C
    with contextlib.redirect_stdout(io.StringIO()):
        return reference.InpaintModel(arguments.checkpoint, config, 'dcgan')


def preprocessed(model, inputs):
    """The images as its data set hands them over: white in the hole."""
    images = torch.tensor(inputs['search.images']).clone()
    masks = torch.tensor(inputs['search.masks'])
    images = torch.where(masks.unsqueeze(1) == 0, torch.ones(()), images)
    return model.preprocess(images, masks)


def set_mode(model, training):
    """Training mode also moves the statistics that are saved, so they are set back each time."""
    if not hasattr(model, 'saved'):
        model.saved = [copy.deepcopy(network.state_dict()) for network in (model.G, model.D)]
    for network, saved in zip((model.G, model.D), model.saved):
        network.load_state_dict(saved)
        network.train(training)


# --- inputs -----------------------------------------------------------------------------------------

def pictures(folder, size, count):
    """Centre crops, [N, 3, size, size] of whole 255ths."""
    found = []
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if os.path.isfile(path) and name.lower().endswith(('.png', '.jpg', '.jpeg')):
            with Image.open(path) as image:
                image = image.convert('RGB')
                side = min(image.size)
                left, top = (image.width - side) // 2, (image.height - side) // 2
                image = image.crop((left, top, left + side, top + side)).resize((size, size), Image.BOX)
                found.append(np.asarray(image).transpose(2, 0, 1) / 255)
        if len(found) == count:
            return np.array(found, np.float32)
    raise SystemExit('expected %d pictures in %s, found %d' % (count, folder, len(found)))


def make_inputs(arguments):
    random = np.random.RandomState(22)
    images = pictures(arguments.pictures, 64, 4)
    holes = np.ones((4, 64, 64), np.float32)
    for mask, (top, bottom, left, right) in zip(
            holes, ((20, 44, 20, 44), (12, 40, 30, 58), (5, 20, 3, 50), (33, 60, 18, 31))):
        mask[top:bottom, left:right] = 0
    noisy = np.rint(255 * np.clip(images + random.uniform(-.15, .15, images.shape), 0, 1)) / 255
    results = np.where(holes[:, None] == 0, noisy, images)
    scattered = (random.rand(3, 64, 64) > 0.5).astype(np.float32)
    large = np.ones((2, 256, 256), np.float32)
    large[0, 80:170, 60:200] = 0
    large[1] = random.rand(256, 256) > 0.8
    return {
        'z': random.randn(4, 100),
        'weights7.masks': np.concatenate([holes, scattered]),
        'weights28.masks': large,
        'search.z': random.randn(4, 100),
        'search.images': images,
        'search.masks': holes,
        'metrics.truths': images,
        'metrics.results': results,
        'metrics.masks': holes,
        'masks.count': [arguments.masks],
        'poisson.targets': images,
        'poisson.sources': np.clip(images[[1, 2, 3, 0]] * 2 - 0.5, 0, 1),
        'poisson.masks': holes,
    }


# --- comparisons ------------------------------------------------------------------------------------

class Table:
    def __init__(self):
        self.rows = []

    def add(self, what, ours, theirs, unit='absolute', note=''):
        ours, theirs = np.asarray(ours, float), np.asarray(theirs, float)
        assert ours.shape == theirs.shape, (what, ours.shape, theirs.shape)
        difference = np.abs(ours - theirs).max()
        if unit == 'relative':
            difference /= np.abs(theirs).max()
        self.rows.append((what, '%.1e' % difference, unit, note))

    def say(self, what, value, note=''):
        self.rows.append((what, value, '', note))

    def show(self):
        print('| what is compared | largest difference | | note |')
        print('|---|---:|---|---|')
        for row in self.rows:
            print('| %s |' % ' | '.join(row))


def compare_networks(table, model, inputs, ours):
    z = torch.tensor(inputs['z'], dtype=torch.float32)[:, :, None, None]
    for mode, name in ((False, 'trained'), (True, 'batch')):
        set_mode(model, mode)
        with torch.no_grad():
            images = model.G(z)
            logits = model.D.main[:-1](images).reshape(-1)
        words = 'batch statistics' if mode else 'trained statistics'
        table.add('DCGAN, images, ' + words, ours[name + '.images'], images, note='range -1 to 1')
        table.add('DCGAN, logits, ' + words, ours[name + '.logits'], logits, 'relative')


def compare_weights(table, model, inputs, ours):
    for window in (7, 28):
        masks = torch.tensor(inputs['weights%d.masks' % window])[:, None]
        theirs = model.create_importance_weights(masks, w_size=window)[:, 0]
        table.add('importance weights, window %d' % window, ours['weights%d' % window], theirs)


def losses(model, weights, images, output):
    """The reference's own loss with and without its prior term, image by image."""
    terms = [], []
    for n in range(len(images)):
        # In training mode a discriminator shown one image is another: it is shown all, n is taken.
        judged = model.sample_discriminator(output).view(-1)[n:n + 1]
        terms[0].append(torch.sum(torch.abs(weights[n] * output[n] - weights[n] * images[n])).item())
        terms[1].append((model.l * torch.log(1 - judged)).item())
    return terms


def compare_search(table, model, inputs, ours):
    for mode, name in ((False, 'trained'), (True, 'batch')):
        set_mode(model, mode)
        images, masks = preprocessed(model, inputs)
        weights = model.create_importance_weights(masks, w_size=7)
        z = torch.nn.Parameter(torch.tensor(inputs['search.z'], dtype=torch.float32)[:, :, None, None])
        optimizer = torch.optim.Adam([z])
        latents, terms, totals = [], [], []
        for _ in range(6):
            latents.append(z.detach().numpy().reshape(len(z), -1).copy())
            optimizer.zero_grad()
            output = model.sample_generator(z)
            loss = model.inpaint_loss(weights, output, images)
            terms.append(losses(model, weights, images, output.detach()))
            totals.append(loss.item())
            loss.backward()
            optimizer.step()
        terms = np.array(terms).transpose(1, 0, 2)
        words = 'batch statistics' if mode else 'trained statistics'
        found = ours[name + '.losses']
        table.add('context loss, six steps, ' + words, found[0], terms[0], 'relative')
        table.add('prior loss, six steps, ' + words, found[1], terms[1], 'relative')
        table.add('total loss of the batch, six steps, ' + words, found.sum((0, 2)), totals, 'relative')
        table.add('z after five steps of Adam, ' + words, ours[name + '.latents'], latents)


def compare_metrics(table, arguments, inputs, ours):
    folders = {}
    for kind in ('truths', 'results'):
        folders[kind] = os.path.join(arguments.work, kind)
        os.makedirs(folders[kind], exist_ok=True)
        for n, image in enumerate(inputs['metrics.' + kind]):
            pixels = np.rint(255 * image).astype(np.uint8).transpose(1, 2, 0)
            Image.fromarray(pixels).save(os.path.join(folders[kind], '%d.png' % n))
    out = os.path.join(arguments.work, 'metrics.csv')
    script = os.path.join(arguments.reference, 'src', 'scripts', 'metrics.py')
    sys.argv = [script, '--gt-path', folders['truths'], '--predicted-path', folders['results'],
                '--output-path', out]
    with contextlib.redirect_stdout(io.StringIO()):
        runpy.run_path(script, run_name='__main__')
    with open(out) as file:
        rows = list(csv.DictReader(file))
    for name, index, scale in (('MAE', 0, 100), ('PSNR', 1, 1), ('SSIM', 2, 1)):
        theirs = [scale * float(row[name]) for row in rows]
        table.add('%s of its metrics script' % {'MAE': 'l1 %'}.get(name, name), ours['metrics'][index],
                  theirs, note='%.3f on average' % np.mean(theirs))


def compare_masks(table, arguments, inputs, ours):
    generator = importlib.import_module('mask_generator').MaskGenerator(seed=22)
    frequency, shares = np.zeros((64, 64)), []
    for _ in range(arguments.masks):
        mask = generator.random_rectangle((64, 64), (0.1, 0.4))
        frequency += (mask == 0) / arguments.masks
        shares.append((mask == 0).mean())
    # In pixels: equal shares have to be equal numbers.
    distance = scipy.stats.ks_2samp(*(np.rint(4096 * np.asarray(side, float))
                                      for side in (ours['masks.shares'], shares))).statistic
    chance = 1.63 * (2 / arguments.masks) ** 0.5
    table.say('`reference-rectangle`, the shares of the holes: distance of the distributions',
              '%.3f' % distance, 'Kolmogorov-Smirnov of %d each; chance alone stays under %.3f in 99 %% '
              'of cases; mean %.4f, reference %.4f' % (arguments.masks, chance,
                                                       ours['masks.shares'].mean(), np.mean(shares)))
    table.say('`reference-rectangle`, how often a pixel is in the hole',
              '%.3f' % np.abs(frequency - ours['masks.frequency']).max(),
              'largest of 4096 differences of two shares; where the share is one half, one has a '
              'standard error of %.3f' % (0.5 / arguments.masks) ** 0.5)


def compare_poisson(table, inputs, ours):
    blend = importlib.import_module('utils.poissonblending').blend
    theirs = []
    for n in range(len(inputs['poisson.targets'])):
        target, source = (inputs['poisson.' + kind][n].transpose(1, 2, 0).astype(np.float64)
                          for kind in ('targets', 'sources'))
        hole = np.repeat(1 - inputs['poisson.masks'][n][:, :, None], 3, 2)
        theirs.append(blend(target.copy(), source, hole).transpose(2, 0, 1))
    theirs = np.array(theirs)
    clipped = np.maximum(ours['poisson'], 0)
    table.add('Poisson blending of four holes', clipped, theirs,
              note='after clipping below at 0, as the reference does; %d of %d samples of the holes are '
              'clipped' % ((ours['poisson'] < 0).sum(), 3 * (inputs['poisson.masks'] == 0).sum()))


def compare_style(table, arguments, size):
    torch.manual_seed(size)
    # The port itself, from its own checkout.
    spec = importlib.util.spec_from_file_location('port', os.path.join(arguments.stylegan, 'model.py'))
    port = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(port)
    generator, discriminator = port.StyledGenerator(512).eval(), port.Discriminator().eval()
    step = size.bit_length() - 3
    with torch.no_grad():
        for name, value in generator.named_parameters():
            block = name.split('progression.')[-1].split('.')[0]
            if '.noise' in name and int(block) <= step:
                value.normal_(0, 0.2)
        latent = torch.randn(2, 512)
        noise = [torch.randn(2, 1, 4 << i, 4 << i) for i in range(step + 1)]
        images = generator(latent, noise=noise, step=step, alpha=1)
        # One by one: the port's minibatch deviation mixes the images of a batch.
        logits = torch.cat([discriminator(image[None], step=step, alpha=1).view(-1) for image in images])
    weights, given, made = (os.path.join(arguments.work, 'style' + end)
                            for end in ('.pt', '-in.safetensors', '-out.safetensors'))
    torch.save({'generator': generator.state_dict(), 'discriminator': discriminator.state_dict()}, weights)
    save_tensors(given, {'latent': torch.cat([latent] + [n.reshape(2, -1) for n in noise], 1)})
    java(arguments, 'style', weights, str(size), given, made)
    ours = load_tensors(made)
    os.remove(weights)
    table.add('StyleGAN port, images of %d pixels' % size, ours['style.images'], images, 'relative')
    table.add('StyleGAN port, logits of %d pixels' % size, ours['style.logits'], logits, 'relative')
    table.say('StyleGAN port, trained size of a file whose noise ends at %d pixels' % size,
              'found %d' % ours['trainedSize'][0])


# --- time ---------------------------------------------------------------------------------------------

def measure(arguments, reference, model, inputs, given):
    """The reference's own search and ours, in turn, from the same latent."""
    torch.set_num_threads(2)
    set_mode(model, True)
    model.config.iter = arguments.steps
    first = {name: value[:1] for name, value in inputs.items() if name.startswith('search.')}
    images = torch.where(torch.tensor(first['search.masks'])[:, None] == 0, torch.ones(()),
                         torch.tensor(first['search.images']))
    z = torch.tensor(first['search.z'], dtype=torch.float32)[:, :, None, None]
    print()
    print('| %d steps, one image, 2 threads | seconds | processor seconds |' % arguments.steps)
    print('|---|---:|---:|', flush=True)
    for n in range(arguments.times):
        drawn, reference.torch.randn = reference.torch.randn, lambda *_, **__: z.clone()
        wall, processor = time.perf_counter(), time.process_time()
        try:
            with contextlib.redirect_stderr(io.StringIO()):
                model.inpaint(images, torch.tensor(first['search.masks']))
        finally:
            reference.torch.randn = drawn
        print('| reference, run %d (with its blending) | %.1f | %.1f |'
              % (n + 1, time.perf_counter() - wall, time.process_time() - processor), flush=True)
        ours = [float(v) for v in java(
            arguments, 'time', arguments.checkpoint, str(arguments.steps), given).split()]
        print('| `SearchOptions.paperDcgan()`, run %d (with building the graph) | %.1f | %.1f |'
              % (n + 1, *ours[:2]), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('reference')
    parser.add_argument('stylegan')
    parser.add_argument('--checkpoint', required=True)
    parser.add_argument('--pictures', required=True)
    parser.add_argument('--classpath', required=True)
    parser.add_argument('--work', default='parity-work')
    parser.add_argument('--masks', type=int, default=20000)
    parser.add_argument('--times', type=int, default=0)
    parser.add_argument('--steps', type=int, default=1500)
    parser.add_argument('--sizes', type=int, nargs='*', default=[64, 256])
    arguments = parser.parse_args()
    warnings.simplefilter('ignore')
    os.makedirs(arguments.work, exist_ok=True)

    reference = load_reference(arguments)
    model = reference_model(reference, arguments)
    inputs = {name: np.asarray(value, np.float32) for name, value in make_inputs(arguments).items()}
    given, made = (os.path.join(arguments.work, name + '.safetensors') for name in ('in', 'out'))
    save_tensors(given, inputs)
    java(arguments, 'compare', arguments.checkpoint, given, made)
    ours = load_tensors(made)

    table = Table()
    compare_networks(table, model, inputs, ours)
    compare_weights(table, model, inputs, ours)
    compare_search(table, model, inputs, ours)
    compare_metrics(table, arguments, inputs, ours)
    compare_masks(table, arguments, inputs, ours)
    compare_poisson(table, inputs, ours)
    for size in arguments.sizes:
        compare_style(table, arguments, size)
    table.show()
    if arguments.times:
        measure(arguments, reference, model, inputs, given)


if __name__ == '__main__':
    main()
