#!/usr/bin/python3
"""Makes the small files of WeightFileTest with PyTorch (Debian's python3-torch, 1.13)."""
import argparse
import collections
import datetime
import json
import os
import pathlib
import struct

import numpy
import torch

HERE = os.path.dirname(os.path.abspath(__file__))
whole = torch.arange(6, dtype=torch.float32).reshape(2, 3)
tensors = {
    'half': torch.tensor([1, -0.5]).half(),
    'brain': torch.tensor([-3, 0.25]).bfloat16(),
    'single': torch.tensor([1.5]),
    'double': torch.tensor([0.1], dtype=torch.float64),
    'scalar': torch.tensor(42.0),
    'count': torch.tensor(7),
    'nested': collections.OrderedDict(
        transposed=whole.t(), part=whole.reshape(-1)[1::2], whole=whole,
        parameter=torch.nn.Parameter(torch.tensor([7.0, 8.0])), text='text', none=None),
    'expanded': torch.tensor([9.0]).expand(2, 3),
    'empty': torch.zeros(0, 2),
    'optimizer': {'state': {0: {'momentum': torch.ones(3)}}, 'flags': [True, 1.5, (1, 2)]},
    'large': 2 ** 40,
}
for path, new in (('tensors.pt', True), ('tensors-legacy.pt', False)):
    torch.save(tensors, os.path.join(HERE, path), _use_new_zipfile_serialization=new)
for path, new in (('module.pt', True), ('module-legacy.pt', False)):
    torch.save({'module': torch.nn.Linear(2, 1)}, os.path.join(HERE, path),
               _use_new_zipfile_serialization=new)


class Runs:
    """What a pickle must not do."""
    def __reduce__(self):
        return os.system, ('touch ran',)


counts = collections.defaultdict(list)
counts['weights'] = torch.tensor([4.0, 5.0])
objects = {
    'args': argparse.Namespace(lr=0.1, path=pathlib.PurePosixPath('/tmp'), tensor=torch.ones(2)),
    'loss': numpy.float64(0.5),
    'history': numpy.arange(4),
    'when': datetime.datetime(2024, 5, 6),
    'counts': counts,
    'seen': {1, 2},
    'counter': collections.Counter('aab'),
    'device': torch.device('cpu'),
    'dtype': torch.float32,
    'model': {'weight': torch.tensor([1.0, 2.0, 3.0])},
}
for path, protocol in (('objects.pt', 2), ('objects-4.pt', 4)):
    torch.save(objects, os.path.join(HERE, path), pickle_protocol=protocol)
torch.save({'weight': torch.ones(1), 'run': Runs()}, os.path.join(HERE, 'system.pt'))

header, data = {'__metadata__': {'format': 'pt'}}, b''
for name, dtype, value in (('a', 'F16', torch.rand(2, 3).half()), ('b', 'F32', torch.rand(4)),
                           ('c', 'F64', torch.rand(1).double()), ('d', 'I64', torch.arange(2))):
    raw = value.numpy().tobytes()
    header[name] = {'dtype': dtype, 'shape': list(value.shape),
                    'data_offsets': [len(data), len(data) + len(raw)]}
    data += raw
text = json.dumps(header).encode()
with open(os.path.join(HERE, 'tensors.safetensors'), 'wb') as out:
    out.write(struct.pack('<Q', len(text)) + text + data)
