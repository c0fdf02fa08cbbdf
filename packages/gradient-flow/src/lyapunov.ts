import { checkCount, checkJacobians, type Jacobians } from "./jacobians.ts";
import { lengthOf, log } from "./scale.ts";
import { scattered } from "./spectral-norm.ts";

/** Lyapunov exponents of a long run, Jacobian by Jacobian. */
export interface LyapunovMeter {
  /** Takes J_t: n×n numbers from `offset` on. */
  step(jacobians: Float64Array, offset?: number): void;
  /** Starts the means afresh and keeps the directions: at the end of a transient. */
  restart(): void;
  /** λ_1 ≥ λ_2 ≥ …, nats a step; -∞ where the product is singular. NaN before the first step. */
  exponents(): Float64Array;
}

export interface LyapunovOptions {
  /** How many exponents; n unless given. */
  readonly exponents?: number | undefined;
  /** Steps at the start that do not count; 10 + ⌈T/10⌉ unless given, or fewer if T is small. */
  readonly transient?: number | undefined;
}

/**
 * λ_i = lim (1/d) ln σ_i(Φ), by QR: Z = J_t Q_{t-1} = Q_t R_t, λ_i = mean ln |R_t,ii|.
 *
 * The order matters: J_tᵀ from the first to the last gives the exponents of another product. A diagonal element that
 * is lost in rounding (below 4nε of its column) counts as 0, and its exponent as -∞.
 * G. Benettin et al., Meccanica 15 (1980).
 * @throws ValueError if a size is out of range
 */
export function lyapunovMeter(size: number, exponents: number = size): LyapunovMeter {
  checkCount("lyapunovMeter", "size", size, Number.MAX_SAFE_INTEGER);
  checkCount("lyapunovMeter", "exponents", exponents, size);
  const n = size;
  let Q = new Float64Array(exponents * n); // a direction a row
  let Z = new Float64Array(exponents * n);
  const sums = new Float64Array(exponents);
  let count = 0;
  const start = scattered(exponents * n);
  for (let i = 0; i < exponents; i++) {
    Q.set(start.subarray(i * n, (i + 1) * n), i * n);
    orthonormalize(Q, i, n, i);
  }
  return {
    step(J, offset = 0) {
      for (let i = 0; i < exponents; i++) {
        for (let r = 0; r < n; r++) {
          let sum = 0;
          for (let c = 0; c < n; c++) sum += J[offset + r * n + c] * Q[i * n + c];
          Z[i * n + r] = sum;
        }
        sums[i] += log(orthonormalize(Z, i, n, i + count));
      }
      count++;
      [Q, Z] = [Z, Q];
    },
    restart() {
      sums.fill(0);
      count = 0;
    },
    exponents: () => sums.map((sum) => sum / count).sort((a, b) => b - a),
  };
}

/**
 * Lyapunov exponents of the Jacobians of one run, λ_1 ≥ λ_2 ≥ …, in nats a step. Of T steps they are an estimate.
 * @throws ValueError, ShapeError if sizes do not meet or an option is out of range
 */
export function lyapunovSpectrum(j: Jacobians, options: LyapunovOptions = {}): Float64Array {
  checkJacobians("lyapunovSpectrum", j);
  const { steps: T, stateSize: n, jacobians } = j;
  const { exponents = n, transient = Math.min(10 + Math.ceil(T / 10), Math.floor(T / 2)) } = options;
  checkCount("lyapunovSpectrum", "transient", transient, T - 1, 0);
  const meter = lyapunovMeter(n, exponents);
  for (let t = 0; t < T; t++) {
    if (t === transient) meter.restart();
    meter.step(jacobians, t * n * n);
  }
  return meter.exponents();
}

/**
 * Takes the rows before out of row i and makes it a unit vector; returns what was left of its length. Nothing left
 * (rounding alone) gives 0, and another direction in its place.
 */
function orthonormalize(rows: Float64Array, i: number, n: number, seed: number): number {
  const at = i * n;
  const before = lengthOf(rows, at, n);
  project(rows, i, n);
  project(rows, i, n);
  const left = lengthOf(rows, at, n);
  if (left > 4 * n * Number.EPSILON * before) {
    for (let c = 0; c < n; c++) rows[at + c] /= left;
    return left;
  }
  if (Number.isNaN(before)) return before;
  for (let attempt = 0; ; attempt++) {
    const axis = (seed + attempt) % n;
    for (let c = 0; c < n; c++) rows[at + c] = c === axis ? 1 : 0;
    project(rows, i, n);
    const rest = lengthOf(rows, at, n);
    if (rest < 0.5 / Math.sqrt(n)) continue;
    project(rows, i, n);
    const unit = lengthOf(rows, at, n);
    for (let c = 0; c < n; c++) rows[at + c] /= unit;
    return 0;
  }
}

function project(rows: Float64Array, i: number, n: number): void {
  for (let j = 0; j < i; j++) {
    let dot = 0;
    for (let c = 0; c < n; c++) dot += rows[j * n + c] * rows[i * n + c];
    for (let c = 0; c < n; c++) rows[i * n + c] -= dot * rows[j * n + c];
  }
}
