import type { View } from "@unroll/kernels";
import { largestEigenvalues } from "./bisection.ts";
import { reflectColumns, reflector, reflectRows } from "./reflection.ts";
import { restored, scaled } from "./scaled.ts";

/**
 * The singular values σ_1 ≥ σ_2 ≥ … ≥ 0, as many as the smaller dimension; each within a few ε σ_1.
 *
 * A becomes bidiagonal by reflections from both sides; its singular values are the non-negative eigenvalues of a
 * tridiagonal matrix with zero diagonal, found by bisection. Nothing iterates without a bound.
 *
 * G. Golub, W. Kahan, "Calculating the singular values and pseudo-inverse of a matrix" (1965).
 * @throws NonFiniteError if an element is NaN or infinite
 */
export function singularValues(A: View): Float64Array {
  return largestSingularValues("singularValues", A, Math.min(A.rows, A.columns));
}

/** The k largest singular values. */
export function largestSingularValues(where: string, A: View, k: number): Float64Array {
  const { data, rows, columns, unit } = scaled(where, A, A.rows < A.columns);
  const beside = bidiagonal(data, rows, columns);
  const values = largestEigenvalues(new Float64Array(2 * columns), beside, k);
  return values.map((value) => restored(Math.max(value, 0), unit));
}

/**
 * The bidiagonal form of M (rows ≥ columns; overwritten): d_1, e_1, d_2, e_2, …, d_n, d on the diagonal and e above it.
 * The symmetric matrix with these numbers beside a zero diagonal has the eigenvalues ±σ.
 */
function bidiagonal(M: Float64Array, rows: number, columns: number): Float64Array {
  const beside = new Float64Array(Math.max(2 * columns - 1, 0));
  const work = new Float64Array(columns);
  for (let k = 0; k < columns; k++) {
    const diagonal = k * columns + k;
    const left = reflector(M, diagonal, columns, rows - k);
    beside[2 * k] = left.beta;
    const right = { start: diagonal + 1, rows: rows - k, columns: columns - k - 1, stride: columns };
    reflectRows(M, right, left.tau, diagonal, columns, work);
    if (k + 1 === columns) break;
    const above = reflector(M, diagonal + 1, 1, columns - k - 1);
    beside[2 * k + 1] = above.beta;
    const below = {
      start: diagonal + 1 + columns,
      rows: rows - k - 1,
      columns: columns - k - 1,
      stride: columns,
    };
    reflectColumns(M, below, above.tau, diagonal + 1, 1, work);
  }
  return beside;
}
