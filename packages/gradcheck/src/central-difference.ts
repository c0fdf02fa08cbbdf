import { type Jacobian, jacobian } from "./jacobian.ts";

export interface DifferenceOptions {
  /** h relative to max(1, |x_j|). Default: 1e-6 with 2 points, 1e-3 with 5. */
  readonly step?: number;
  /** Evaluations an argument: 2 has an error of h²·f'''/6, 5 one of h⁴·f⁽⁵⁾/30. Default 2. */
  readonly points?: 2 | 5;
}

/**
 * The gradient of f at x from values of f alone.
 *
 * 2 points: (f(x+h) - f(x-h)) / 2h; 5 points: (f(x-2h) - 8f(x-h) + 8f(x+h) - f(x+2h)) / 12h.
 * Good to about 1e-8 and 1e-10 of the largest entry: a check for functions that have no complex twin.
 * f is given one array that changes between calls; it must not keep it.
 */
export function centralDifference(
  f: (x: Float64Array) => number,
  x: ArrayLike<number>,
  options: DifferenceOptions = {},
): Float64Array {
  return centralDifferenceJacobian((z) => [f(z)], x, options).data;
}

/** The Jacobian J[i,j] = ∂f_i/∂x_j of a function with several results. */
export function centralDifferenceJacobian(
  f: (x: Float64Array) => ArrayLike<number>,
  x: ArrayLike<number>,
  options: DifferenceOptions = {},
): Jacobian {
  const { points = 2 } = options;
  const { step = points === 2 ? 1e-6 : 1e-3 } = options;
  if (points !== 2 && points !== 5)
    throw new RangeError(`centralDifference: points is ${points}, expected 2 or 5`);
  if (!(step > 0)) throw new RangeError(`centralDifference: step is ${step}, expected a positive number`);
  const z = Float64Array.from(x);
  return jacobian(z.length, (j) => {
    const h = step * Math.max(1, Math.abs(x[j]));
    const at = (k: number): Float64Array => {
      z[j] = x[j] + k * h;
      const values = Float64Array.from(f(z));
      z[j] = x[j];
      return values;
    };
    const near = difference(at(1), at(-1));
    if (points === 2) return near.map((d) => d / (2 * h));
    return difference(
      near.map((d) => 8 * d),
      difference(at(2), at(-2)),
    ).map((d) => d / (12 * h));
  });
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - b[i]);
}
