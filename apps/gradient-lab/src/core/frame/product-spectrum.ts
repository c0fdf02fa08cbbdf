import type { Trace } from "@unroll/gradient-flow";
import { elementary64, View } from "@unroll/kernels";
import { identityMatrix, maxNorm, multiply, scale, singularValues } from "@unroll/linalg";

/** log10 of the singular values of Φ(t,k), largest first; those lost in rounding are -Infinity. */
export function productSpectrum({ jacobians, stateSize: n }: Trace, t: number, k: number): Float64Array {
  let product = identityMatrix(n);
  let log = 0;
  for (let step = k; step < t; step++) {
    product = multiply(new View(jacobians, step * n * n, n, n), product);
    const size = maxNorm(product);
    if (!(size > 1e-290 && size < 1e290))
      return new Float64Array(n).fill(size > 1 ? Number.NaN : Number.NEGATIVE_INFINITY);
    product = scale(product, 1 / size);
    log += elementary64.log(size);
  }
  const values = singularValues(product);
  const lost = n * Number.EPSILON * values[0];
  return values.map((value) =>
    value > lost ? (elementary64.log(value) + log) * Math.LOG10E : Number.NEGATIVE_INFINITY,
  );
}
