"""The polynomials of the float32 functions, in float64 and rounded to float32.

python3 scripts/minimax.py     (needs numpy and mpmath)

Least squares on Chebyshev points, reweighted by its own error until the error is level (Lawson's method).
"""
import numpy as np
from mpmath import coth, exp, log, mp, mpf, sqrt

mp.dps = 40
POINTS = 2000


def minimax(values, x, weight, degree):
    columns = np.stack([x**j for j in range(degree + 1)], 1)
    w = np.ones(len(x))
    best = (np.inf, None)
    for _ in range(600):
        scale = np.sqrt(w) * weight
        coefficients = np.linalg.lstsq(columns * scale[:, None], values * scale, rcond=None)[0]
        error = np.abs(columns @ coefficients - values) * weight
        if error.max() < best[0]:
            best = (error.max(), coefficients)
        w = w * (error / error.max() + 1e-3)
        w /= w.sum()
    return best


def show(name, result):
    error, coefficients = result
    print(f"{name}: largest error 2^{np.log2(error):.2f}")
    for c in coefficients:
        print(f"  {c!r:26} {float(np.float32(c))!r}")


cosines = np.cos(np.pi * (np.arange(POINTS) + 0.5) / POINTS)

# (e^r - 1 - r)/r^2 for |r| <= (ln 2)/2, error relative to e^r
r = float(log(2) / 2) * 1.0005 * cosines
tail = np.array([float((exp(mpf(v)) - 1 - mpf(v)) / mpf(v) ** 2) for v in r])
show("exp", minimax(tail, r, r * r / np.exp(r), 4))
show("expm1", minimax(tail, r, r * r / np.exp(r), 5))

# (r coth r - 1)/r^2 in z = r^2 for r <= 1/2, error relative to tanh
z = 0.25 * (0.5 - 0.5 * cosines)
b = [sqrt(mpf(v)) * coth(sqrt(mpf(v))) for v in z]
tail = np.array([float((v - 1) / mpf(x)) for v, x in zip(b, z)])
show("tanh", minimax(tail, z, np.array([float(mpf(x) / v) for v, x in zip(b, z)]), 2))
