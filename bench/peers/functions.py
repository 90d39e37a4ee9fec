"""The functions as a user of an automatic differentiation system writes them.

Each takes the variable first, then the other data by name; xp is the system's namespace.
"""

import time

PATIENCE = 20  # seconds
QUICK = 10  # seconds
LIMIT = 2 << 30  # bytes of one batched value in a second derivative


def logistic(xp, w, X, y, c):
    return xp.sum(xp.log(1 + xp.exp(-y * (X @ w)))) + c / 2 * (w @ w)


def factorization(xp, U, T, V, Om):
    return xp.sum((Om * (T - U @ V.T)) ** 2)


def network(xp, W0, x, y, **layers):
    z = W0 @ x
    for i in range(1, 10):
        z = layers["W%d" % i] @ xp.relu(z)
    return xp.logsumexp(z, 0) - y @ z


def quadratic(xp, x, A):
    return x @ (A @ x)


def logdet(xp, X):
    return xp.logdet(X.T @ X + xp.eye(len(X)))


def gaussian(xp, S, X, mu):
    Z = X - mu
    return -len(X) / 2 * xp.logdet(S) - xp.sum(Z.T * xp.solve(S, Z.T)) / 2


def softmax(xp, W, X, Y):
    Z = X @ W
    return xp.sum(xp.logsumexp(Z, 1)) - xp.sum(Y * Z)


def logsumexp(xp, x, A):
    return xp.logsumexp(A @ x, 0)


def leastsquares(xp, x, A, b):
    r = A @ x - b
    return r @ r


# The variable, and the size of the largest value on the way to the result: a batched second pass
# holds as many of it as the variable has entries.
VARIABLES = dict(
    logistic=("w", lambda d: d["y"].size),
    factorization=("U", lambda d: d["T"].size),
    network=("W0", lambda d: d["W0"].size),
    quadratic=("x", lambda d: d["x"].size),
    logdet=("X", lambda d: d["X"].size),
    gaussian=("S", lambda d: d["X"].size),
    softmax=("W", lambda d: d["Y"].size),
    logsumexp=("x", lambda d: d["x"].size),
    leastsquares=("x", lambda d: d["b"].size),
)


def too_large(problem, data):
    """Why a batched Hessian cannot be had, or None."""
    name, largest = VARIABLES[problem]
    size = 8 * data[name].size * largest(data)
    return "one batched value takes %.1f GiB" % (size / 2**30) if size > LIMIT else None


class Chosen:
    """The fastest of several forms of a computation, chosen at its first call, whose result is had from it.

    A form that is quick is tried twice, as the first call of anything is slower. When trying has taken
    long, the forms that are left are not tried.
    """

    def __init__(self, *forms):
        self.forms = forms
        self.form = None

    def __call__(self):
        if self.form:
            return self.form()
        start = time.perf_counter()
        fastest = float("inf")
        for form in self.forms:
            if time.perf_counter() - start > PATIENCE:
                break
            seconds, own = trial(form)
            if seconds < fastest:
                fastest, self.form, result = seconds, form, own
            del own
        return result


def trial(form):
    """How long a form takes, and its result."""
    start = time.perf_counter()
    result = form()
    once = time.perf_counter()
    if once - start > QUICK:
        return once - start, result
    result = form()
    return time.perf_counter() - once, result
