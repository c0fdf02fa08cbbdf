import { checkCount, checkJacobians, type Jacobians } from "./jacobians.ts";
import { orthonormalize, scatteredDirections } from "./orthonormal.ts";
import { log } from "./scale.ts";

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
  let Q: Float64Array = scatteredDirections(exponents, n); // one a row
  let Z: Float64Array = new Float64Array(exponents * n);
  const sums = new Float64Array(exponents);
  let count = 0;
  return {
    step(J, offset = 0) {
      for (let i = 0; i < exponents; i++) {
        for (let r = 0; r < n; r++) {
          let sum = 0;
          for (let c = 0; c < n; c++) sum += J[offset + r * n + c] * Q[i * n + c];
          Z[i * n + r] = sum;
        }
        sums[i] += log(orthonormalize(Z, i, n));
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
