import type { Arena, View } from "@unroll/kernels";
import { spectralNorm } from "@unroll/linalg";
import { scattered } from "./scattered.ts";

/**
 * ‖A‖_2 of many n×n matrices, each by Lanczos steps with AᵀA: a step is two products with a vector.
 *
 * The tridiagonal matrix of the steps has the numbers α_j and beside them β_j (kept with their squares); its largest eigenvalue θ is the square of
 * the norm, from below. C. Lanczos, "An iteration method for the solution of the eigenvalue problem" (1950).
 */
export class SpectralNorm {
  /** Steps that the last call took. */
  steps = 0;
  readonly #arena: Arena;
  readonly #n: number;
  readonly #most: number;
  readonly #packed: View;
  readonly #packedTransposed: View;
  /** Rows q_1, q_2, …; the one at hand and the next one; A q. */
  readonly #basis: View;
  readonly #q: View;
  readonly #next: View;
  readonly #image: View;
  readonly #alpha: Float64Array;
  readonly #beta: Float64Array;
  readonly #squares: Float64Array;
  readonly #cold: Float64Array;
  /** ‖s‖²/s_last² of the eigenvector s of θ: the slope of the secular function there. */
  #slope = 1;

  /** Reserves its memory in a float64 arena that is not committed yet. */
  constructor(arena: Arena, n: number) {
    this.#arena = arena;
    this.#n = n;
    this.#most = 2 * n + 8;
    this.#packed = arena.packed(n, n);
    this.#packedTransposed = arena.packed(n, n);
    this.#basis = arena.matrix(this.#most + 1, n);
    this.#q = arena.part(this.#basis, 0, 1, n);
    this.#next = arena.part(this.#basis, 0, 1, n);
    this.#image = arena.matrix(1, n);
    this.#alpha = new Float64Array(this.#most);
    this.#beta = new Float64Array(this.#most);
    this.#squares = new Float64Array(this.#most);
    this.#cold = scattered(n);
  }

  /**
   * ‖A‖ within 1e-10 (relative), given A's transpose with elements far from over- and underflow, and ‖A‖_F²; the
   * right singular vector is written to `vectors` from `at` on. The bits depend on A alone. Two largest singular values that
   * differ by less than 1e-7 may be taken for one.
   */
  exact(transposed: View, squares: number, vectors: Float64Array, at: number): number {
    this.#begin(transposed, this.#cold, 0);
    let theta = 0;
    let residual = Number.POSITIVE_INFINITY; // squared
    for (let j = 0; j < this.#most; j++) {
      const beta = this.#step(j);
      theta = this.#largest(j, theta, residual);
      residual = (beta * beta) / this.#slope;
      // All other eigenvalues together are at most ‖A‖_F² - θ, which may bound the gap below θ. If not, neighbors must be
      // told apart: the finer, the narrower the spectrum.
      const gap = 2 * theta - squares;
      const spread = theta - squares / this.#n;
      const fine = Math.min(1e-8 * theta, Math.max(1e-6 * spread, 1e-13 * theta));
      if (residual <= Math.max(fine * fine, 1e-11 * gap * theta) || beta <= 4e-16 * theta) {
        this.steps = j + 1;
        this.#vector(vectors, at, j + 1, theta);
        return Math.sqrt(theta);
      }
    }
    this.steps = this.#most;
    return spectralNorm(transposed);
  }

  /**
   * A lower bound of ‖A‖ by so many steps from n numbers at `at`, the right singular vector of a matrix nearby (zeros
   * if none is known), which are overwritten with that of A.
   */
  estimate(transposed: View, steps: number, vectors: Float64Array, at: number): number {
    let known = false;
    for (let i = at; i < at + this.#n; i++) known ||= vectors[i] !== 0;
    if (known) this.#begin(transposed, vectors, at);
    else this.#begin(transposed, this.#cold, 0);
    let theta = 0;
    let residual = Number.POSITIVE_INFINITY;
    let j = 0;
    for (let going = true; going && j < Math.min(steps, this.#most); j++) {
      const beta = this.#step(j);
      theta = this.#largest(j, theta, residual);
      residual = (beta * beta) / this.#slope;
      going = residual > 1e-30 * theta * theta && beta > 4e-16 * theta;
    }
    this.steps = j;
    this.#vector(vectors, at, j, theta);
    return Math.sqrt(theta);
  }

  /** Packs A and takes n numbers as q_1. */
  #begin(transposed: View, from: Float64Array, at: number): void {
    const k = this.#arena.kernels;
    k.pack(this.#packed, transposed);
    k.packTransposed(this.#packedTransposed, transposed);
    const { data, offset } = this.#basis;
    let squares = 0;
    for (let i = at; i < at + this.#n; i++) squares += from[i] * from[i];
    const scale = 1 / Math.sqrt(squares);
    for (let i = 0; i < this.#n; i++) data[offset + i] = from[at + i] * scale;
  }

  /** One step: α_j = ‖A q_j‖², β_j q_{j+1} = AᵀA q_j - α_j q_j - β_{j-1} q_{j-1}; returns β_j. */
  #step(j: number): number {
    const n = this.#n;
    const k = this.#arena.kernels;
    const { data } = this.#basis;
    const here = this.#basis.offset + j * n;
    const next = here + n;
    this.#q.offset = here;
    this.#next.offset = next;
    k.fill(this.#image, 0);
    k.addProduct(this.#image, this.#q, this.#packed);
    const alpha = k.sumOfSquares(this.#image);
    const before = j > 0 ? this.#beta[j - 1] : 0;
    const last = j > 0 ? here - n : here;
    for (let i = 0; i < n; i++) data[next + i] = -alpha * data[here + i] - before * data[last + i];
    k.addProduct(this.#next, this.#image, this.#packedTransposed);
    const squares = k.sumOfSquares(this.#next);
    const beta = Math.sqrt(squares);
    k.scale(this.#next, this.#next, beta > 0 ? 1 / beta : 0);
    this.#alpha[j] = alpha;
    this.#beta[j] = beta;
    this.#squares[j] = squares;
    return beta;
  }

  /**
   * θ of j + 1 rows from θ of j rows and its squared residual, by Newton's method on the last pivot of x - T. That
   * is concave and increases above the old θ, and the start is below the answer, but for rounding: so steps hardly go too far.
   */
  #largest(j: number, below: number, residual: number): number {
    const alpha = this.#alpha;
    this.#slope = 1;
    if (j === 0) return alpha[0];
    const half = 0.5 * (below - alpha[j]);
    let x = 0.5 * (below + alpha[j]) + Math.sqrt(half * half + residual);
    for (let i = 0; i < 40; i++) {
      let pivot = x - alpha[0];
      let slope = 1;
      for (let r = 1; r <= j; r++) {
        const taken = this.#squares[r - 1] / pivot;
        slope = 1 + (taken / pivot) * slope;
        pivot = x - alpha[r] - taken;
      }
      this.#slope = slope;
      const change = -pivot / slope;
      if (!(Math.abs(change) > 4e-16 * x)) break;
      // From the right a step may go too far, beyond the old θ: half the way then.
      if (x + change > below) x += change;
      else x = 0.5 * (x + below);
      if (Math.abs(change) < 1e-8 * (x - below)) break; // the next one would be about its square
    }
    return x;
  }

  /** The singular vector: Σ s_j q_j, of some length near 1. */
  #vector(to: Float64Array, at: number, count: number, theta: number): void {
    const n = this.#n;
    const { data, offset } = this.#basis;
    let s = 1;
    let pivot = 0;
    let squares = 0;
    to.fill(0, at, at + n);
    for (let j = 0; j < count && s !== 0; j++) {
      squares += s * s;
      for (let i = 0; i < n; i++) to[at + i] += s * data[offset + j * n + i];
      pivot = theta - this.#alpha[j] - (j > 0 ? this.#squares[j - 1] / pivot : 0);
      s *= this.#beta[j] > 0 ? pivot / this.#beta[j] : 0;
    }
    const scale = 1 / Math.sqrt(squares);
    for (let i = 0; i < n; i++) to[at + i] *= scale;
  }
}
