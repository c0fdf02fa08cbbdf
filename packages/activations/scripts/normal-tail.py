"""Prints the coefficients of src/normal.ts.

With phi and Phi the density and the distribution function of the standard normal, Mills' ratio
R(x) = Phi(-x)/phi(x) falls smoothly from sqrt(pi/2) to 1/x. (x + 2) R(x) is expanded in Chebyshev polynomials
of t = (x - 6)/(x + 6) in [-1, 1), in 90 digits; terms below 1e-17 are left out.

Run: python3 scripts/normal-tail.py
"""

from decimal import Decimal, getcontext

getcontext().prec = 90
PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803482534211706798")
NODES = 64


def cosine(x):
    total = term = Decimal(1)
    k = 0
    while abs(term) > Decimal(10) ** -85:
        k += 2
        term = -term * x * x / (k * (k - 1))
        total += term
    return total


def mills(x):
    if x < 9:  # phi(x) R(x) = 1/2 - phi(x) (x + x^3/3 + x^5/15 + ...)
        total = term = x
        k = 1
        while term > Decimal(10) ** -88 * total:
            term = term * x * x / (2 * k + 1)
            total += term
            k += 1
        return (PI / 2).sqrt() * (x * x / 2).exp() - total
    ratio = x  # Laplace's continued fraction
    for k in range(400, 0, -1):
        ratio = x + k / ratio
    return 1 / ratio


cosines = [cosine(PI * j / (2 * NODES)) for j in range(4 * NODES)]
values = []
for i in range(NODES):
    t = cosines[2 * i + 1]
    x = 6 * (1 + t) / (1 - t)
    values.append((x + 2) * mills(x))
for k in range(NODES):
    c = 2 * sum(values[i] * cosines[k * (2 * i + 1) % (4 * NODES)] for i in range(NODES)) / NODES
    if k == 0:
        c /= 2
    if abs(c) < Decimal("1e-17") and k > 20:
        break
    print(f"  {float(c)!r},")
