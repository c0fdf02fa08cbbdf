import { View } from "@unroll/kernels";
import { spectralNorm } from "@unroll/linalg";

/** A share of a fixed vector in every start: a start that is blind to the largest direction must not stay so. */
const NOISE = 1e-3;

/**
 * The largest eigenvalue of symmetric matrices AᵀA by Lanczos steps: each matrix costs a few products with a vector.
 * From a start near the answer (the one for the matrix before) it takes fewer.
 *
 * C. Lanczos, "An iteration method for the solution of the eigenvalue problem" (1950).
 */
export class LargestEigenvalue {
  readonly #n: number;
  readonly #most: number;
  /** q_1, q_2, … one behind the other. */
  readonly #basis: Float64Array;
  readonly #w: Float64Array;
  readonly #noise: Float64Array;
  /** The tridiagonal matrix: α_i, β_i beside it. */
  readonly #alpha: Float64Array;
  readonly #beta: Float64Array;
  /** Eigenvector of the tridiagonal matrix. */
  readonly #ritz: Float64Array;
  /** Steps that the last call took. */
  steps = 0;

  constructor(n: number) {
    this.#n = n;
    this.#most = n + 8;
    this.#basis = new Float64Array((this.#most + 1) * n);
    this.#w = new Float64Array(n);
    this.#alpha = new Float64Array(this.#most);
    this.#beta = new Float64Array(this.#most);
    this.#ritz = new Float64Array(this.#most);
    this.#noise = scattered(n);
  }

  /**
   * θ, the largest eigenvalue of the matrix of n×n numbers from `offset` on, whose trace is given (it bounds the gap
   * below θ). `start` is n numbers from `at` on, overwritten with the eigenvector; zeros if there is none yet.
   * With a limit of steps θ may be too small; without one it is within 1e-10, or found by bisection.
   */
  of(G: Float64Array, offset: number, trace: number, start: Float64Array, at: number, limit: number): number {
    const n = this.#n;
    if (!(trace > 0)) return 0;
    this.#first(start, at);
    const most = Math.min(limit > 0 ? limit : this.#most, n + 8);
    let theta = 0;
    let j = 0;
    let done = false;
    while (j < most && !done) {
      const beta = this.#step(G, offset, j);
      theta = this.#top(j, theta);
      const tail = this.#tail(j, theta);
      const residual = beta * tail;
      j++;
      const gap = 2 * theta - trace;
      done =
        beta <= 4e-16 * theta ||
        (gap > 0 ? residual * residual <= 1e-11 * theta * gap : residual <= 1e-8 * theta);
    }
    this.steps = j;
    this.#vector(start, at, j);
    if (!done && !(limit > 0)) return this.#exact(G, offset);
    return theta;
  }

  #first(start: Float64Array, at: number): void {
    const n = this.#n;
    const q = this.#basis;
    let norm = 0;
    for (let i = 0; i < n; i++) {
      q[i] = start[at + i] + NOISE * this.#noise[i];
      norm += q[i] * q[i];
    }
    const scale = 1 / Math.sqrt(norm);
    for (let i = 0; i < n; i++) q[i] *= scale;
  }

  /** One Lanczos step: α_j, β_j and q_{j+1}. */
  #step(G: Float64Array, offset: number, j: number): number {
    const n = this.#n;
    const basis = this.#basis;
    const w = this.#w;
    const here = j * n;
    multiply(w, G, offset, basis, here, n);
    let alpha = 0;
    for (let i = 0; i < n; i++) alpha += w[i] * basis[here + i];
    const before = j > 0 ? this.#beta[j - 1] : 0;
    const last = j > 0 ? here - n : here;
    let norm = 0;
    for (let i = 0; i < n; i++) {
      const x = w[i] - alpha * basis[here + i] - before * basis[last + i];
      w[i] = x;
      norm += x * x;
    }
    const beta = Math.sqrt(norm);
    const scale = beta > 0 ? 1 / beta : 0;
    for (let i = 0; i < n; i++) basis[here + n + i] = w[i] * scale;
    this.#alpha[j] = alpha;
    this.#beta[j] = beta;
    return beta;
  }

  /** Largest eigenvalue of the tridiagonal matrix of j + 1 rows; `below` is that of j rows. */
  #top(j: number, below: number): number {
    const alpha = this.#alpha;
    if (j === 0) return alpha[0];
    const beta = this.#beta[j - 1];
    let low = Math.max(below, alpha[j]);
    const middle = 0.5 * (below + alpha[j]);
    const half = 0.5 * (below - alpha[j]);
    let high = middle + Math.sqrt(half * half + beta * beta);
    // The largest eigenvalue of [[below, β], [β, α_j]]: β couples α_j to no more than that.
    let x = high;
    for (let i = 0; i < 60; i++) {
      // The last pivot is the secular function; it increases and is concave above `below`.
      let pivot = x - alpha[0];
      let slope = 1;
      let inside = pivot > 0;
      for (let k = 1; k <= j && inside; k++) {
        const ratio = this.#beta[k - 1] / pivot;
        slope = 1 + ratio * ratio * slope;
        pivot = x - alpha[k] - this.#beta[k - 1] * ratio;
        inside = k === j || pivot > 0;
      }
      if (inside && pivot >= 0) high = x;
      else low = x;
      let next = inside ? x - pivot / slope : low;
      if (!(next > low && next < high)) next = 0.5 * (low + high);
      if (!(Math.abs(next - x) > 2e-16 * high) || !(next > low && next < high)) break;
      x = next;
    }
    return x;
  }

  /** |last component| of the eigenvector of θ, normalized. */
  #tail(j: number, theta: number): number {
    const ritz = this.#ritz;
    let pivot = 0;
    let s = 1;
    let sum = 1;
    ritz[0] = 1;
    for (let i = 0; i < j; i++) {
      pivot = theta - this.#alpha[i] - (i > 0 ? (this.#beta[i - 1] * this.#beta[i - 1]) / pivot : 0);
      s *= pivot / this.#beta[i];
      ritz[i + 1] = s;
      sum += s * s;
    }
    const scale = 1 / Math.sqrt(sum);
    for (let i = 0; i <= j; i++) ritz[i] *= scale;
    return sum < Number.POSITIVE_INFINITY ? Math.abs(ritz[j]) : 1;
  }

  /** The eigenvector: Σ s_j q_j. */
  #vector(to: Float64Array, at: number, count: number): void {
    const n = this.#n;
    for (let i = 0; i < n; i++) to[at + i] = 0;
    for (let j = 0; j < count; j++) {
      const s = this.#ritz[j];
      for (let i = 0; i < n; i++) to[at + i] += s * this.#basis[j * n + i];
    }
  }

  #exact(G: Float64Array, offset: number): number {
    return spectralNorm(new View(G, offset, this.#n, this.#n));
  }
}

/** w ← G q for a symmetric G, four rows at a time. */
function multiply(
  w: Float64Array,
  G: Float64Array,
  offset: number,
  q: Float64Array,
  at: number,
  n: number,
): void {
  w.fill(0);
  let r = 0;
  for (; r + 4 <= n; r += 4) {
    const x0 = q[at + r];
    const x1 = q[at + r + 1];
    const x2 = q[at + r + 2];
    const x3 = q[at + r + 3];
    const g0 = offset + r * n;
    const g1 = g0 + n;
    const g2 = g1 + n;
    const g3 = g2 + n;
    for (let i = 0; i < n; i++) w[i] += x0 * G[g0 + i] + x1 * G[g1 + i] + (x2 * G[g2 + i] + x3 * G[g3 + i]);
  }
  for (; r < n; r++) {
    const x = q[at + r];
    const g = offset + r * n;
    for (let i = 0; i < n; i++) w[i] += x * G[g + i];
  }
}

/** Numbers in ±½ without a pattern: the fractional parts of multiples of the golden ratio. */
export function scattered(n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => (((i + 1) * 0.6180339887498949) % 1) - 0.5);
}
