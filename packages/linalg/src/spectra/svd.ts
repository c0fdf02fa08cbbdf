import { ValueError, View } from "@unroll/kernels";
import { restored, scaled } from "./scaled.ts";

/** A = U diag(values) Vᵀ, with k = min(rows, columns). */
export interface SingularValueDecomposition {
  /** rows×k, orthonormal columns. */
  readonly U: View;
  /** k numbers, descending. */
  readonly values: Float64Array;
  /** columns×k, orthonormal columns. */
  readonly V: View;
}

/**
 * Singular values and vectors: A = U diag(σ) Vᵀ, in float64.
 *
 * One-sided Jacobi: pairs of columns are rotated until all are orthogonal; their lengths are then σ. More exact for
 * small values than `singularValues`, and slower.
 *
 * J. Demmel, K. Veselić, "Jacobi's method is more accurate than QR" (1992).
 * @throws NonFiniteError if an element is NaN or infinite
 */
export function svd(A: View): SingularValueDecomposition {
  const wide = A.rows < A.columns;
  // Columns that are orthogonalized stand as rows: A = (W Q)ᵀ or, if A is wide, A = W Q.
  const { data, rows: k, columns: length, unit } = scaled("svd", A, !wide);
  const rotation = new Float64Array(k * k);
  for (let i = 0; i < k; i++) rotation[i * k + i] = 1;
  orthogonalize(data, rotation, k, length);

  const lengths = Float64Array.from({ length: k }, (_, i) => norm(data, i * length, length));
  const order = Array.from(lengths.keys()).sort((i, j) => lengths[j] - lengths[i]);
  const long = new Float64Array(length * k);
  const short = new Float64Array(k * k);
  for (const [to, from] of order.entries()) {
    const scale = lengths[from] > NEGLIGIBLE ? 1 / lengths[from] : 0;
    for (let i = 0; i < length; i++) long[i * k + to] = data[from * length + i] * scale;
    for (let i = 0; i < k; i++) short[i * k + to] = rotation[from * k + i];
    if (scale === 0) completeColumn(long, length, k, to);
  }
  const values = Float64Array.from(order, (i) => (lengths[i] > NEGLIGIBLE ? restored(lengths[i], unit) : 0));
  const [ofLong, ofShort] = [new View(long, 0, length, k), new View(short, 0, k, k)];
  return wide ? { U: ofShort, values, V: ofLong } : { U: ofLong, values, V: ofShort };
}

const SWEEPS = 60; // ten are many
const NEGLIGIBLE: number = 2 ** -450; // of the largest element; squares of smaller lengths vanish

/** Rotates the rows of W (k×length) until they are orthogonal; `rotation` (k×k) takes part. */
function orthogonalize(W: Float64Array, rotation: Float64Array, k: number, length: number): void {
  const tolerance = Math.max(length, 8) * 2 ** -53;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let rotated = false;
    for (let p = 0; p < k; p++) {
      for (let q = p + 1; q < k; q++) {
        const alpha = dot(W, p * length, p * length, length);
        const beta = dot(W, q * length, q * length, length);
        const gamma = dot(W, p * length, q * length, length);
        if (Math.abs(gamma) <= tolerance * Math.sqrt(alpha) * Math.sqrt(beta)) continue;
        if (alpha <= NEGLIGIBLE * NEGLIGIBLE || beta <= NEGLIGIBLE * NEGLIGIBLE) continue;
        rotated = true;
        // The tangent t of the smaller angle: t² + 2ζt - 1 = 0.
        const zeta = (beta - alpha) / (2 * gamma);
        const size = Math.abs(zeta);
        const t = (zeta < 0 ? -1 : 1) / (size < 1e8 ? size + Math.sqrt(1 + zeta * zeta) : 2 * size);
        const cosine = 1 / Math.sqrt(1 + t * t);
        const sine = cosine * t;
        rotate(W, p * length, q * length, length, sine, sine / (1 + cosine));
        rotate(rotation, p * k, q * k, k, sine, sine / (1 + cosine));
      }
    }
    if (!rotated) return;
  }
  throw new ValueError(
    "svd",
    "the matrix",
    `${length}×${k}`,
    `one whose Jacobi sweeps converge (in ${SWEEPS})`,
  );
}

/**
 * Rotates rows p and q: x ← x cos - y sin, y ← x sin + y cos, where cos = 1 - sin · tan(half the angle). Written with
 * the latter, the rounding of small rotations is small too and does not add up over many.
 */
function rotate(M: Float64Array, p: number, q: number, count: number, sine: number, tanHalf: number): void {
  for (let i = 0; i < count; i++) {
    const x = M[p + i];
    const y = M[q + i];
    M[p + i] = x - sine * (y + tanHalf * x);
    M[q + i] = y + sine * (x - tanHalf * y);
  }
}

/** Makes column `to` a unit vector orthogonal to the columns before it. */
function completeColumn(M: Float64Array, rows: number, columns: number, to: number): void {
  // The unit vector that is worst represented so far leaves the most.
  let worst = 0;
  let least = Infinity;
  for (let r = 0; r < rows; r++) {
    let square = 0;
    for (let c = 0; c < to; c++) square += M[r * columns + c] * M[r * columns + c];
    if (square < least) [least, worst] = [square, r];
  }
  M[worst * columns + to] = 1;
  for (let pass = 0; pass < 2; pass++) {
    for (let c = 0; c < to; c++) {
      let along = 0;
      for (let r = 0; r < rows; r++) along += M[r * columns + c] * M[r * columns + to];
      for (let r = 0; r < rows; r++) M[r * columns + to] -= along * M[r * columns + c];
    }
    let square = 0;
    for (let r = 0; r < rows; r++) square += M[r * columns + to] * M[r * columns + to];
    const scale = 1 / Math.sqrt(square);
    for (let r = 0; r < rows; r++) M[r * columns + to] *= scale;
  }
}

function norm(M: Float64Array, start: number, count: number): number {
  return Math.sqrt(dot(M, start, start, count));
}

function dot(M: Float64Array, a: number, b: number, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += M[a + i] * M[b + i];
  return sum;
}
