"""Runs a Python system in a process of its own: worker.py SYSTEM THREADS.

Commands and answers are those of nabla.bench.compare.Worker, times are taken as in its Timing.
A system is a module that says in prepare(problem, data, threads) how each operation is computed.
"""

import importlib
import os
import sys
import time

ROUND = 0.15
LEAST_ROUNDS = 4
MOST_ROUNDS = 32
FASTER = 0.95
SAMPLE = 0.02
LONG = 5


def average(call, seconds):
    start = time.perf_counter()
    calls = 0
    while True:
        call()
        calls += 1
        elapsed = time.perf_counter() - start
        if elapsed >= seconds:
            return elapsed / calls


def samples_for(seconds):
    if seconds > 1:
        return 3
    return 9 if seconds > 0.2 else 15


def until_warm(call):
    """Calls until two rounds in turn are no faster than one before."""
    fastest = float("inf")
    in_vain = 0
    for round_ in range(MOST_ROUNDS):
        if round_ >= LEAST_ROUNDS and in_vain >= 2:
            break
        each = average(call, ROUND)
        in_vain = 0 if each < FASTER * fastest else in_vain + 1
        fastest = min(fastest, each)
        if each > LONG:
            break
    return fastest


def measure(call):
    """The median, the quartiles and the number of samples."""
    first = average(call, 0)
    if first > LONG:
        return first, first, first, 1
    each = until_warm(call)
    calls = range(max(1, round(SAMPLE / each)))
    samples = []
    for _ in range(samples_for(each)):
        start = time.perf_counter()
        for _ in calls:
            call()
        samples.append((time.perf_counter() - start) / len(calls))
    samples.sort()
    last = len(samples) - 1
    return samples[last // 2], samples[last // 4], samples[last - last // 4], len(samples)


class Worker:
    def __init__(self, system, threads, numpy):
        self.system = system
        self.threads = threads
        self.numpy = numpy
        self.computations = {}

    def answer(self, words):
        try:
            if words[0] == "load":
                return self.load(words[1], words[3])
            computation = self.computations.get(words[1])
            if computation is None:
                return "none it is not offered"
            if isinstance(computation, str):
                return "none " + computation
            if words[0] == "compute":
                return self.compute(computation, int(words[2]), words[3])
            return "time %.6g %.6g %.6g %d" % measure(computation)
        except Exception as e:
            return "failed %s: %s" % (type(e).__name__, (str(e).splitlines() or [""])[0])

    def load(self, problem, folder):
        data = {
            os.path.splitext(name)[0]: self.numpy.load(os.path.join(folder, name))
            for name in sorted(os.listdir(folder))
        }
        self.computations.clear()
        self.computations.update(self.system.prepare(problem, data, self.threads))
        return "ok"

    def compute(self, computation, stride, file):
        result = computation()
        parts = result if isinstance(result, tuple) else (result,)
        parts = [self.numpy.asarray(part, dtype=float).reshape(-1) for part in parts]
        whole = parts[0] if len(parts) == 1 else self.numpy.concatenate(parts)
        self.numpy.save(file, self.numpy.ascontiguousarray(whole[::stride]))
        return "ok"


def main():
    # what libraries print is no answer
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    try:
        import numpy

        system = importlib.import_module(sys.argv[1] + "_system")
    except ImportError as e:
        print("none " + str(e), file=answers)
        return
    print("ok", file=answers)
    worker = Worker(system, int(sys.argv[2]), numpy)
    for line in sys.stdin:
        print(worker.answer(line.split()), file=answers)


main()
