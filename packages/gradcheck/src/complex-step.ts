import type { Complex } from "./complex.ts";
import { type Jacobian, jacobian } from "./jacobian.ts";

/**
 * The gradient of f at x: ∂f/∂x_j = Im f(x + i·s·e_j) / s.
 *
 * No two near values are subtracted, so the step may be so small (1e-30) that its error s²·f'''/6 vanishes, and the
 * result is as accurate as f itself. f must be analytic near x and computed with the functions of this package;
 * at corners the real part decides.
 * Source: Squire & Trapp, "Using complex variables to estimate derivatives of real functions", SIAM Review 1998.
 */
export function complexStep(
  f: (x: readonly Complex[]) => Complex,
  x: ArrayLike<number>,
  step: number = 1e-30,
): Float64Array {
  return complexStepJacobian((z) => [f(z)], x, step).data;
}

/** The Jacobian J[i,j] = ∂f_i/∂x_j of a function with several results, one evaluation a column. */
export function complexStepJacobian(
  f: (x: readonly Complex[]) => readonly Complex[],
  x: ArrayLike<number>,
  step: number = 1e-30,
): Jacobian {
  const direction = new Float64Array(x.length);
  return jacobian(x.length, (j) => {
    direction[j] = 1;
    const column = directionalDerivative(f, x, direction, step);
    direction[j] = 0;
    return column;
  });
}

/** J·v, the derivative of f at x along v, from one evaluation: Im f(x + i·s·v) / s. */
export function directionalDerivative(
  f: (x: readonly Complex[]) => readonly Complex[],
  x: ArrayLike<number>,
  v: ArrayLike<number>,
  step: number = 1e-30,
): Float64Array {
  if (v.length !== x.length)
    throw new RangeError(`directionalDerivative: v has ${v.length} entries, expected ${x.length}`);
  if (!(step > 0)) throw new RangeError(`complexStep: step is ${step}, expected a positive number`);
  const values = f(Array.from(x, (re, j) => ({ re, im: step * v[j] })));
  return Float64Array.from(values, (value) => value.im / step);
}
