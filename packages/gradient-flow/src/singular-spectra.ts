import { StateError } from "@unroll/kernels";
import { checkCount, checkJacobians, type Jacobians } from "./jacobians.ts";
import { orthonormalize, scatteredDirections } from "./orthonormal.ts";
import { exp, lengthOf, log } from "./scale.ts";

/**
 * ln σ_i(Φ(t,k)), i = 1 … n, largest first; -∞ where the product is singular. Divided by t - k they tend to the Lyapunov
 * exponents.
 *
 * Not an SVD of the product, whose values below ε σ_1 are rounding: the product is kept as triangular factors (QR), each row
 * with a scale of its own, and made orthogonal by rotations of rows (one-sided Jacobi). So small values are as
 * good as large ones, for any number of steps.
 * @param t from k to T
 * @param k from 0 to T
 * @throws ValueError, ShapeError if something is out of range
 */
export function singularSpectrum(j: Jacobians, t: number, k: number): Float64Array {
  return singularSpectra(j, k, [t]);
}

/**
 * The same for several t, ascending, in one sweep: a row of n numbers for each.
 * @param times from k to T; all of k + 1 … T unless given
 * @throws as `singularSpectrum` does
 */
export function singularSpectra(
  j: Jacobians,
  k: number,
  times: readonly number[] = after(k, j.steps),
): Float64Array {
  const where = "singularSpectra";
  checkJacobians(where, j);
  const { steps: T, stateSize: n } = j;
  checkCount(where, "k", k, T, 0);
  const product = new GradedProduct(n);
  const spectra = new Float64Array(times.length * n);
  let step = k;
  for (const [i, t] of times.entries()) {
    checkCount(where, "t", t, T, step);
    for (; step < t; step++) product.multiply(j.jacobians, step * n * n);
    spectra.set(product.logSingularValues(), i * n);
  }
  return spectra;
}

function after(k: number, T: number): number[] {
  return Array.from({ length: Math.max(0, T - k) }, (_, i) => k + 1 + i);
}

/** Q·R: Q orthogonal, R triangular with a logarithmic scale for each row, e^scale_a · row_a. */
class GradedProduct {
  readonly #n: number;
  /** Directions, one a row (at the start without a pattern, so that rows of R come in the order of their size); images of them. */
  #Q: Float64Array;
  #Z: Float64Array;
  #rows: Float64Array;
  #scales: Float64Array;
  readonly #factor: Float64Array;

  constructor(n: number) {
    this.#n = n;
    this.#Q = scatteredDirections(n, n);
    this.#Z = new Float64Array(n * n);
    this.#rows = identity(n);
    this.#scales = new Float64Array(n);
    this.#factor = new Float64Array(n * n);
  }

  /** Multiplies with n×n numbers from the left. */
  multiply(J: Float64Array, offset: number): void {
    const n = this.#n;
    const [Q, Z, R] = [this.#Q, this.#Z, this.#factor];
    for (let i = 0; i < n; i++)
      for (let r = 0; r < n; r++) {
        let sum = 0;
        for (let c = 0; c < n; c++) sum += J[offset + r * n + c] * Q[i * n + c];
        Z[i * n + r] = sum;
      }
    for (let i = 0; i < n; i++) orthonormalize(Z, i, n, R);
    [this.#Q, this.#Z] = [Z, Q];
    this.#absorb();
  }

  /** rows ← factor·rows. Row a is a sum over rows b ≥ a, in units of the largest term. */
  #absorb(): void {
    const n = this.#n;
    const next = new Float64Array(n * n);
    const scales = new Float64Array(n);
    for (let a = 0; a < n; a++) {
      let most = Number.NEGATIVE_INFINITY;
      for (let b = a; b < n; b++) most = Math.max(most, this.#logOf(a, b));
      scales[a] = most;
      if (most === Number.NEGATIVE_INFINITY) continue;
      for (let b = a; b < n; b++) {
        const term = exp(this.#logOf(a, b) - most) * Math.sign(this.#factor[a * n + b]);
        if (term !== 0) for (let c = b; c < n; c++) next[a * n + c] += term * this.#rows[b * n + c];
      }
      scales[a] += normalize(next, a, n);
    }
    this.#rows = next;
    this.#scales = scales;
  }

  /** ln |factor_ab · e^scale_b|. */
  #logOf(a: number, b: number): number {
    return log(Math.abs(this.#factor[a * this.#n + b])) + this.#scales[b];
  }

  logSingularValues(): Float64Array {
    const n = this.#n;
    const rows = this.#rows.slice();
    const scales = this.#scales.slice();
    /** Relative errors of the rows: where a row loses its length, they grow. */
    const errors = new Float64Array(n).fill(n * Number.EPSILON);
    for (let sweep = 0, rotated = true; rotated; sweep++) {
      if (sweep === 60) throw new StateError("singularSpectra", "60 sweeps of rotations did not converge");
      rotated = false;
      for (let a = 0; a < n; a++)
        for (let b = a + 1; b < n; b++)
          if (scales[a] >= scales[b] ? rotate(a, b) : rotate(b, a)) rotated = true;
    }
    return scales.sort((a, b) => b - a);

    /** Makes row b orthogonal to row a, whose scale is not smaller. False if it is already. */
    function rotate(a: number, b: number): boolean {
      if (scales[b] === Number.NEGATIVE_INFINITY) return false;
      let cosine = 0;
      for (let c = 0; c < n; c++) cosine += rows[a * n + c] * rows[b * n + c];
      if (Math.abs(cosine) <= Math.max(n * Number.EPSILON, errors[b])) return false;
      // Rows are unit vectors; in units of e^scale_a row b is ratio·row_b. t is the tangent of the angle, over the ratio.
      const ratio = exp(scales[b] - scales[a]);
      const half = 0.5 * (1 - ratio * ratio);
      const t = cosine / (half + Math.sqrt(half * half + ratio * ratio * cosine * cosine));
      const cos = 1 / Math.sqrt(1 + t * t * ratio * ratio);
      for (let c = 0; c < n; c++) {
        const [x, y] = [rows[a * n + c], rows[b * n + c]];
        rows[a * n + c] = cos * (x + t * ratio * ratio * y);
        rows[b * n + c] = cos * (y - t * x);
      }
      scales[a] += normalize(rows, a, n);
      const shrunk = normalize(rows, b, n);
      scales[b] += shrunk;
      errors[b] = errors[b] / exp(shrunk);
      if (!(errors[b] < 0.1)) {
        scales[b] = Number.NEGATIVE_INFINITY; // nothing but rounding is left
        rows.fill(0, b * n, b * n + n);
      }
      return true;
    }
  }
}

function identity(n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, i) => +(i % (n + 1) === 0));
}

/** Makes a row a unit vector and returns the logarithm of its length. */
function normalize(rows: Float64Array, a: number, n: number): number {
  const length = lengthOf(rows, a * n, n);
  if (length > 0) for (let c = a * n; c < a * n + n; c++) rows[c] /= length;
  return log(length);
}
