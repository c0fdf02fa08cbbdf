import type { View } from "@unroll/kernels";
import { kernelsOf } from "./matrix/products.ts";
import { largestSingularValues } from "./spectra/singular-values.ts";

/** ‖A‖_F = √(Σ a_ij²). NaN if an element is NaN. */
export function frobeniusNorm(A: View): number {
  const sum = kernelsOf(A).sumOfSquares(A);
  if (sum > SAFE && sum < 1 / SAFE) return Math.sqrt(sum);
  // Squares overflow or vanish: scale first.
  const largest = maxNorm(A);
  if (!(largest > 0 && largest < Infinity)) return largest;
  let scaled = 0;
  forEach(A, (value) => {
    scaled += (value / largest) * (value / largest);
  });
  return largest * Math.sqrt(scaled);
}

/**
 * ‖A‖_2 = σ_1, the largest singular value.
 * @throws NonFiniteError if an element is NaN or infinite
 */
export function spectralNorm(A: View): number {
  const [largest = 0] = largestSingularValues("spectralNorm", A, Math.min(A.rows, A.columns, 1));
  return largest;
}

/** ‖A‖_1 = max_j Σ_i |a_ij|, the largest sum of a column. NaN if an element is NaN. */
export function oneNorm(A: View): number {
  const sums = new Float64Array(A.columns);
  forEach(A, (value, _, c) => {
    sums[c] += Math.abs(value);
  });
  return sums.reduce((largest, sum) => Math.max(largest, sum), 0);
}

/** ‖A‖_∞ = max_i Σ_j |a_ij|, the largest sum of a row. NaN if an element is NaN. */
export function infinityNorm(A: View): number {
  const sums = new Float64Array(A.rows);
  forEach(A, (value, r) => {
    sums[r] += Math.abs(value);
  });
  return sums.reduce((largest, sum) => Math.max(largest, sum), 0);
}

/** max_ij |a_ij|. NaN if an element is NaN. */
export function maxNorm(A: View): number {
  let largest = 0;
  forEach(A, (value) => {
    largest = Math.max(largest, Math.abs(value));
  });
  return largest;
}

const SAFE: number = 2 ** -900;

function forEach(A: View, visit: (value: number, row: number, column: number) => void): void {
  for (let r = 0; r < A.rows; r++) {
    for (let c = 0; c < A.columns; c++) visit(A.data[A.offset + r * A.stride + c], r, c);
  }
}
