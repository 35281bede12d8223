"""What trainings of PyTorch share: files of a training that stops and goes on, batches made by other processes, and iterations
on a graphics card."""
import contextlib
import csv
import os
import numpy as np
import torch


def save(state, path):
    torch.save(state, path + '.part')
    os.replace(path + '.part', path)


def load(path):
    return torch.load(path, map_location='cpu', weights_only=False)


def keep_rows(path, iteration, columns):
    """Begins a table, or takes off the rows after the state's iteration: they are of a run that was cut off, and come again."""
    rows = []
    if os.path.exists(path):
        with open(path, newline='') as f:
            rows = [r for r in list(csv.reader(f))[1:] if r and int(r[0]) <= iteration]
    with open(path, 'w', newline='') as f:
        csv.writer(f).writerows([columns] + rows)


def figures_of(rows, iteration, perhaps_nan=()):
    """The figures of iterations [N, K] on the processor; ends the program if they are not finite, so ask before a state is saved.
    perhaps_nan: the columns that may have no value."""
    figures = torch.stack(rows).cpu().numpy()
    if not np.isfinite(np.delete(figures, perhaps_nan, 1)).all():
        raise SystemExit('losses must be finite: found %s up to iteration %d' % (figures, iteration))
    return figures


def device_arguments(parser):
    parser.add_argument('--device', default='cpu', help='or cuda: the same draws, but sums in another order, so not the same bits')
    parser.add_argument('--workers', type=int, default=0, help='processes that make the batches')
    parser.add_argument('--bfloat16', action='store_true', help='convolutions in bfloat16, a penalty in float32: for processors with AVX512-BF16')


def shorter(a):
    """Where convolutions are in bfloat16, if they are to be."""
    return torch.autocast('cpu', torch.bfloat16, enabled=a.bfloat16)


def check_arguments(parser, a):
    if a.bfloat16 and a.device != 'cpu':
        parser.error('--bfloat16 must go with --device cpu: found %s' % a.device)


class Calls(torch.utils.data.Dataset):
    def __init__(self, function):
        self.function = function

    def __getitem__(self, key):
        return self.function(key)


def made_ahead(function, keys, a):
    """function(key) for each of the keys, in their order; with --workers, made by that many processes a little ahead."""
    if not a.workers:
        return map(function, keys)
    return iter(torch.utils.data.DataLoader(Calls(function), batch_size=None, sampler=keys, num_workers=a.workers, prefetch_factor=6,
                                            pin_memory=a.device != 'cpu'))


class Iterations:
    """Calls a function of settings and tensors. On a graphics card the third call with some settings is recorded and all later ones
    replay it (a CUDA graph): these networks are so small that starting their kernels takes longer than running them.

    The function may read nothing else that changes, and must not wait for the card. Its result, a tensor, is the caller's."""

    def __init__(self, function, device):
        self.function, self.device = function, torch.device(device)
        self.calls, self.recorded = {}, {}
        if self.device.type == 'cuda':
            self.stream = torch.cuda.Stream()
            torch.backends.cudnn.benchmark = True
            torch.set_float32_matmul_precision('high')

    def __call__(self, settings, tensors):
        if self.device.type == 'cpu':
            return self.function(settings, tensors)
        self.calls[settings] = self.calls.get(settings, 0) + 1
        if settings not in self.recorded:
            here = [t.to(self.device) for t in tensors]
            self.stream.wait_stream(torch.cuda.current_stream())
            if self.calls[settings] < 3:
                with torch.cuda.stream(self.stream):
                    result = self.function(settings, here)
                torch.cuda.current_stream().wait_stream(self.stream)
                return result
            graph = torch.cuda.CUDAGraph()
            with torch.cuda.graph(graph, stream=self.stream, capture_error_mode='thread_local'):
                result = self.function(settings, here)
            self.recorded[settings] = graph, here, result
        graph, here, result = self.recorded[settings]
        for t, given in zip(here, tensors):
            t.copy_(given, non_blocking=True)
        graph.replay()
        return result.clone()


@contextlib.contextmanager
def exact(device):
    """Within it a graphics card multiplies in float32: small differences would be lost in the shorter numbers of its fast way."""
    if torch.device(device).type == 'cpu':
        yield
        return
    precision, allowed = torch.get_float32_matmul_precision(), torch.backends.cudnn.allow_tf32
    torch.set_float32_matmul_precision('highest')
    torch.backends.cudnn.allow_tf32 = False
    try:
        yield
    finally:
        torch.set_float32_matmul_precision(precision)
        torch.backends.cudnn.allow_tf32 = allowed


def to_device(adam, device):
    """An optimizer with what it keeps on the device, in the form that can be recorded."""
    if torch.device(device).type == 'cpu':
        return
    for group in adam.param_groups:
        group.update(capturable=True, foreach=True, fused=False)
    for state in adam.state.values():
        for k, v in state.items():
            state[k] = v.to(device)


def optimizer_state(adam):
    """As a training on a processor keeps it."""
    s = adam.state_dict()
    for group in s['param_groups']:
        group.update(capturable=False)
    return s


def on_cpu(thing):
    """Dictionaries, lists and tensors in them, with every tensor on the processor."""
    if isinstance(thing, torch.Tensor):
        return thing.cpu()
    if isinstance(thing, dict):
        return type(thing)((k, on_cpu(v)) for k, v in thing.items())
    if isinstance(thing, (list, tuple)):
        return type(thing)(on_cpu(v) for v in thing)
    return thing
