"""NumPy: each derivative as somebody who knows both the formula and NumPy writes it."""

import numpy as np


def prepare(problem, data, threads):
    return globals()[problem](**data)


def logistic(X, y, w, c):
    n = len(w)

    def odds():
        return np.exp(-y * (X @ w))

    def value():
        return np.log1p(odds()).sum() + c / 2 * (w @ w)

    def value_and_gradient():
        e = odds()
        loss = np.log1p(e).sum() + c / 2 * (w @ w)
        return loss, (-y * e / (1 + e)) @ X + c * w

    def hessian():
        e = odds()
        B = (np.sqrt(e) / (1 + e))[:, None] * X
        H = B.T @ B  # one triangle is computed, as both are the same matrix
        H.flat[:: n + 1] += c
        return H

    return dict(VALUE=value, VALUE_AND_GRADIENT=value_and_gradient, HESSIAN=hessian)


def factorization(T, V, U, Om):
    n, k = V.shape

    def value():
        R = Om * (T - U @ V.T)
        return np.vdot(R, R)

    def gradient():
        return (-2 * (Om * (T - U @ V.T))) @ V

    def blocks():
        products = (V[:, :, None] * V[:, None, :]).reshape(n, k * k)
        return (Om @ (2 * products)).reshape(n, k, k)

    def hessian():
        H = np.zeros((n, k, n, k))
        H[np.arange(n), :, np.arange(n), :] = blocks()
        return H

    return dict(VALUE=value, GRADIENT=gradient, HESSIAN=hessian, STRUCTURED_HESSIAN=blocks)


def network(x, y, **layers):
    W = [layers["W%d" % i] for i in range(10)]

    def forward():
        h = W[0] @ x
        on = []
        for layer in W[1:]:
            on.append(h > 0)
            h = layer @ np.maximum(h, 0)
        return h, on

    def softmax(z):
        p = np.exp(z - z.max())
        return p / p.sum()

    def value():
        z, _ = forward()
        m = z.max()
        return m + np.log(np.exp(z - m).sum()) - y @ z

    def gradient():
        z, on = forward()
        g = softmax(z) - y
        for i in range(9, 0, -1):
            g = (g @ W[i]) * on[i - 1]
        return np.outer(g, x)

    def core():
        z, on = forward()
        p = softmax(z)
        J = W[9] * on[8]
        for i in range(8, 0, -1):
            J = (J @ W[i]) * on[i - 1]
        pJ = p @ J
        return J.T @ (p[:, None] * J) - np.outer(pJ, pJ)

    def hessian():
        return core()[:, None, :, None] * np.outer(x, x)[None, :, None, :]

    return dict(VALUE=value, GRADIENT=gradient, HESSIAN=hessian, STRUCTURED_HESSIAN=core)


def quadratic(A, x):
    return dict(
        VALUE=lambda: x @ (A @ x),
        GRADIENT=lambda: A @ x + x @ A,
        HESSIAN=lambda: A + A.T,
    )


def logdet(X):
    n = len(X)
    identity = np.eye(n)

    def value():
        return 2 * np.log(np.diag(np.linalg.cholesky(X.T @ X + identity))).sum()

    def inverse():
        return np.linalg.inv(X.T @ X + identity)

    def gradient():
        return 2 * (X @ inverse())

    def hessian():
        B = inverse()
        XB = X @ B
        P = identity - XB @ X.T
        H = P[:, None, :, None] * (2 * B)[None, :, None, :]
        H -= (2 * XB)[:, None, None, :] * XB.T[None, :, :, None]
        return H

    return dict(VALUE=value, GRADIENT=gradient, HESSIAN=hessian)


def gaussian(X, mu, S):
    m, n = X.shape

    def value():
        L = np.linalg.cholesky(S)
        W = np.linalg.solve(L, (X - mu).T)
        return -m * np.log(np.diag(L)).sum() - np.vdot(W, W) / 2

    def parts():
        Z = X - mu
        B = np.linalg.inv(S)
        return B, B @ (Z.T @ Z) @ B

    def gradient():
        B, M = parts()
        return (M - m * B) / 2

    def hessian():
        B, M = parts()
        N = (m * B - M) / 2
        H = B[:, None, None, :] * N.T[None, :, :, None]
        H -= (M / 2)[:, None, None, :] * B.T[None, :, :, None]
        return H

    return dict(VALUE=value, GRADIENT=gradient, HESSIAN=hessian)


def softmax(X, Y, W):
    m, d = X.shape
    c = W.shape[1]

    def value():
        Z = X @ W
        top = Z.max(axis=1)
        logarithms = np.log(np.exp(Z - top[:, None]).sum(axis=1))
        return top.sum() + logarithms.sum() - np.vdot(Y, Z)

    def shares():
        Z = X @ W
        P = np.exp(Z - Z.max(axis=1)[:, None])
        P /= P.sum(axis=1)[:, None]
        return P

    def gradient():
        return X.T @ (shares() - Y)

    def hessian():
        P = shares()
        K = (X[:, :, None] * P[:, None, :]).reshape(m, d * c)
        H = (-(K.T @ K)).reshape(d, c, d, c)
        for j in range(c):
            H[:, j, :, j] += X.T @ (P[:, j, None] * X)
        return H

    return dict(VALUE=value, GRADIENT=gradient, HESSIAN=hessian)


def logsumexp(A, x):
    def value():
        z = A @ x
        m = z.max()
        return m + np.log(np.exp(z - m).sum())

    def shares():
        z = A @ x
        p = np.exp(z - z.max())
        return p / p.sum()

    def gradient():
        return shares() @ A

    def hessian():
        p = shares()
        B = np.sqrt(p)[:, None] * A
        g = p @ A
        H = B.T @ B
        H -= np.outer(g, g)
        return H

    return dict(VALUE=value, GRADIENT=gradient, HESSIAN=hessian)


def leastsquares(A, b, x):
    def value():
        r = A @ x - b
        return r @ r

    def hessian():
        H = A.T @ A
        H *= 2
        return H

    return dict(VALUE=value, GRADIENT=lambda: 2 * ((A @ x - b) @ A), HESSIAN=hessian)
