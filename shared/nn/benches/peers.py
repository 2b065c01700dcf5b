#!/usr/bin/env python3
"""The core beside NumPy and PyTorch: microseconds per update, each in double precision, in turn on one machine.

Needs NumPy; PyTorch is left out where it is missing. From the top of the project:

    python3 shared/nn/benches/peers.py

One thread each, unless --threads says otherwise. A step is what training does with a mini-batch: gather its rows,
forward, cost, backward, update. The median of several rounds; in a round each takes its turn.
"""

import argparse
import os
import re
import statistics
import subprocess
import time

NETWORKS = {  # sizes: batch, hidden activation
    "64-32-10 / 32": ([64, 32, 10], 32),
    "64-32-10 / 1": ([64, 32, 10], 1),
    "784-30-10 / 10": ([784, 30, 10], 10),
    "784-128-10 / 64": ([784, 128, 10], 64),
    "784-512-256-10 / 128": ([784, 512, 256, 10], 128),
    "2-16-16-2 / 10": ([2, 16, 16, 2], 10),
}
ROWS = 3_200
RATE = 0.01


def ours(name):
    """The median that `cargo bench` prints for one epoch, per update."""
    command = ["cargo", "bench", "--quiet", "-p", "nn", "--bench", "training", "--", f"epoch::{name}"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    line = next(line for line in text.splitlines() if name in line and "│" in line)
    number, unit = re.split(r"\s*│\s*", line)[2].split()
    micro = float(number) * {"ns": 1e-3, "µs": 1, "ms": 1e3, "s": 1e6}[unit]
    return micro / -(-ROWS // NETWORKS[name][1])


def timed(epoch, batch, seconds=1.0):
    epoch()
    times = []
    while sum(times) < seconds or len(times) < 5:
        start = time.perf_counter()
        epoch()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1e6 / -(-ROWS // batch)


def numpys(name):
    import numpy as np

    sizes, batch = NETWORKS[name]
    rng = np.random.default_rng(1)
    x, y = rng.random((ROWS, sizes[0])), np.eye(sizes[-1])[np.arange(ROWS) % sizes[-1]]
    layers = [[rng.normal(size=(i, o)) / i**0.5, np.zeros(o)] for i, o in zip(sizes, sizes[1:])]

    def epoch():
        order = rng.permutation(ROWS)
        for start in range(0, ROWS, batch):
            rows = order[start : start + batch]
            signals = [x[rows]]
            for weights, biases in layers[:-1]:
                signals.append(np.tanh(signals[-1] @ weights + biases))
            sums = signals[-1] @ layers[-1][0] + layers[-1][1]
            shares = np.exp(sums - sums.max(axis=1, keepdims=True))
            shares /= shares.sum(axis=1, keepdims=True)
            delta = (shares - y[rows]) / len(rows)
            for layer, signal in zip(reversed(layers), reversed(signals)):
                step = signal.T @ delta, delta.sum(axis=0)
                if layer is not layers[0]:
                    delta = (delta @ layer[0].T) * (1 - signal * signal)
                layer[0] -= RATE * step[0]
                layer[1] -= RATE * step[1]

    return timed(epoch, batch)


def torchs(name):
    import torch

    sizes, batch = NETWORKS[name]
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
    x, y = torch.rand(ROWS, sizes[0]), torch.arange(ROWS) % sizes[-1]
    parts = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        parts += [torch.nn.Linear(inputs, outputs), torch.nn.Tanh()]
    network, cost = torch.nn.Sequential(*parts[:-1]), torch.nn.CrossEntropyLoss()
    descent = torch.optim.SGD(network.parameters(), lr=RATE)

    def epoch():
        order = torch.randperm(ROWS)
        for start in range(0, ROWS, batch):
            rows = order[start : start + batch]
            descent.zero_grad()
            cost(network(x[rows]), y[rows]).backward()
            descent.step()

    return timed(epoch, batch)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--threads", default="1", help="how many threads each may use")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    for variable in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"]:
        os.environ[variable] = options.threads
    everyone = {"ours": ours, "NumPy": numpys, "PyTorch": torchs}
    try:
        import torch  # noqa: F401
    except ImportError:
        del everyone["PyTorch"]
    print(f"{'microseconds per update':24}" + "".join(f"{who:>10}" for who in everyone) + "   faster peer / ours")
    for name in NETWORKS:
        rounds = [{who: run(name) for who, run in everyone.items()} for _ in range(options.rounds)]
        medians = {who: statistics.median(times[who] for times in rounds) for who in everyone}
        ratio = min(time for who, time in medians.items() if who != "ours") / medians["ours"]
        print(f"{name:24}" + "".join(f"{time:10.1f}" for time in medians.values()) + f"{ratio:12.2f}", flush=True)


main()
