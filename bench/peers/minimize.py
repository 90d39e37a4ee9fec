"""SciPy's L-BFGS-B with gradients as somebody writes them who knows NumPy: minimize.py FOLDER RUNS.

Prints for each problem the median time in seconds, the value, the largest entry of the gradient and
the iterations.
"""

import sys
import time
from pathlib import Path

import numpy as np
from scipy.optimize import minimize


def read(folder, name, *shape):
    return np.fromfile(Path(folder) / name).reshape(shape)


def logistic(folder):
    m, n = 2000, 200
    X, y = read(folder, "X", m, n), read(folder, "y", m)

    def both(w):
        z = y * (X @ w)
        return np.logaddexp(0, -z).sum() + w @ w / 2, (-y / (1 + np.exp(z))) @ X + w

    return both, np.zeros(n)


def factorization(folder):
    n, k = 200, 5
    T, Om = read(folder, "T", n, n), read(folder, "Om", n, n)
    start = np.concatenate([read(folder, "U", n * k), read(folder, "V", n * k)])

    def both(x):
        U, V = x[: n * k].reshape(n, k), x[n * k :].reshape(n, k)
        R = Om * (T - U @ V.T)
        G = -2 * R  # Om.*Om is Om
        return (R * R).sum() + x @ x / 10, np.concatenate([(G @ V).ravel(), (G.T @ U).ravel()]) + x / 5

    return both, start


for problem in (logistic, factorization):
    both, start = problem(sys.argv[1])
    # it stops where the gradient is small, or where rounding hides that the value falls
    options = {"gtol": 1e-8, "ftol": 0, "maxiter": 100000, "maxfun": 100000}
    times = []
    for _ in range(int(sys.argv[2])):
        begin = time.perf_counter()
        found = minimize(both, start, jac=True, method="L-BFGS-B", options=options)
        times.append(time.perf_counter() - begin)
    times.sort()
    print(times[len(times) // 2], found.fun, abs(found.jac).max(), found.nit)
