import { OptionError, ShapeError, View } from "@unroll/kernels";
import { reflector, reflectRows } from "./spectra/reflection.ts";
import { restored, scaled } from "./spectra/scaled.ts";
import { svd } from "./spectra/svd.ts";

export interface LeastSquaresOptions {
  /** Singular values up to this part of the largest count as 0. Default: ε = 2^-52 times the larger of rows and columns. */
  readonly cutoff?: number | undefined;
}

/**
 * The X with the smallest ‖A X - B‖, in float64, and among several the one with the smallest ‖X‖ (Frobenius norms).
 *
 * Householder reflections give Qᵀ A = R; then X = V Σ⁺ Uᵀ (Qᵀ B) with R = U Σ Vᵀ, so columns of A may depend on each
 * other. Shapes: A is M×N, B is M×P, the result N×P.
 *
 * G. Golub, "Numerical methods for solving linear least squares problems" (1965).
 * @throws ShapeError if the numbers of rows differ, NonFiniteError if an element is NaN or infinite, OptionError
 */
export function leastSquares(A: View, B: View, options: LeastSquaresOptions = {}): View {
  const where = "leastSquares";
  if (B.rows !== A.rows) throw new ShapeError(where, "B", [B.rows, B.columns], [A.rows, "…"]);
  const [N, P] = [A.columns, B.columns];
  const { cutoff = Math.max(A.rows, N) * 2 ** -52 } = options;
  if (!(cutoff >= 0 && cutoff < 1))
    throw new OptionError(where, "cutoff", cutoff, "a number from 0 to below 1");
  const [left, right] = [scaled(where, A), scaled(where, B)];
  // [A B], with rows of zeros if A is wide: they change nothing.
  const rows = Math.max(A.rows, N);
  const width = N + P;
  const M = new Float64Array(rows * width);
  for (let r = 0; r < A.rows; r++) {
    M.set(left.data.subarray(r * N, (r + 1) * N), r * width);
    M.set(right.data.subarray(r * P, (r + 1) * P), r * width + N);
  }
  triangularize(M, rows, width, N);

  const R = new View(new Float64Array(N * N), 0, N, N);
  for (let r = 0; r < N; r++) R.data.set(M.subarray(r * width + r, r * width + N), r * N + r);
  const { U, values, V } = svd(R);
  const least = cutoff * (values[0] ?? 0);
  const X = new View(new Float64Array(N * P), 0, N, P);
  for (let k = 0; k < N && values[k] > least; k++) {
    for (let p = 0; p < P; p++) {
      let dot = 0;
      for (let r = 0; r < N; r++) dot += U.data[r * N + k] * M[r * width + N + p];
      for (let n = 0; n < N; n++) X.data[n * P + p] += (V.data[n * N + k] * dot) / values[k];
    }
  }
  const [a, b] = left.unit;
  for (let i = 0; i < X.data.length; i++) X.data[i] = restored(X.data[i], right.unit) / a / b;
  return X;
}

/** M (rows×width) ← Qᵀ M, its first `count` columns upper triangular; what stands below the diagonal is of no meaning. */
function triangularize(M: Float64Array, rows: number, width: number, count: number): void {
  const work = new Float64Array(width);
  for (let k = 0; k < count; k++) {
    const first = k * width + k;
    const { beta, tau } = reflector(M, first, width, rows - k);
    const rest = { start: first + 1, rows: rows - k, columns: width - k - 1, stride: width };
    reflectRows(M, rest, tau, first, width, work);
    M[first] = beta;
  }
}
