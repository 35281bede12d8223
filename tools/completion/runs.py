"""Files of a training that stops and goes on."""
import csv
import os
import torch


def save(state, path):
    torch.save(state, path + '.part')
    os.replace(path + '.part', path)


def keep_rows(path, iteration, columns):
    """Begins a table, or takes off the rows after the state's iteration: they are of a run that was cut off, and come again."""
    rows = []
    if os.path.exists(path):
        with open(path, newline='') as f:
            rows = [r for r in list(csv.reader(f))[1:] if r and int(r[0]) <= iteration]
    with open(path, 'w', newline='') as f:
        csv.writer(f).writerows([columns] + rows)
