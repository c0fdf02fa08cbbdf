import { lengthOf } from "./scale.ts";
import { scattered } from "./scattered.ts";

/**
 * Gram-Schmidt, twice: takes the rows before out of row i (n numbers each) and makes it a unit vector; returns what was
 * left of its length. If that is rounding alone (below 4nε of the length), it counts as 0 and another direction, not
 * in the span of the rows before, takes the place.
 * @param R n×n, if wanted: column i is overwritten with the coefficients of the old row
 */
export function orthonormalize(rows: Float64Array, i: number, n: number, R?: Float64Array): number {
  const at = i * n;
  const before = lengthOf(rows, at, n);
  if (R) for (let j = 0; j < n; j++) R[j * n + i] = 0;
  project(rows, i, n, R);
  project(rows, i, n, R);
  let left = lengthOf(rows, at, n);
  if (Number.isNaN(before)) return before;
  if (left > 4 * n * Number.EPSILON * before) for (let c = 0; c < n; c++) rows[at + c] /= left;
  else {
    left = 0;
    replace(rows, i, n);
  }
  if (R) R[i * n + i] = left;
  return left;
}

/** Orthonormal rows of n numbers, the same at every call, that are not along any axis. */
export function scatteredDirections(count: number, n: number): Float64Array {
  const rows = scattered(count * n);
  for (let i = 0; i < count; i++) orthonormalize(rows, i, n);
  return rows;
}

/** Puts a unit vector in row i that is orthogonal to the rows before: what is left of the axis that they miss most. */
function replace(rows: Float64Array, i: number, n: number): void {
  let axis = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let c = 0; c < n; c++) {
    let squares = 0;
    for (let j = 0; j < i; j++) squares += rows[j * n + c] * rows[j * n + c];
    if (squares < least) [axis, least] = [c, squares];
  }
  const at = i * n;
  for (let c = 0; c < n; c++) rows[at + c] = c === axis ? 1 : 0;
  project(rows, i, n);
  project(rows, i, n);
  const unit = lengthOf(rows, at, n);
  for (let c = 0; c < n; c++) rows[at + c] /= unit;
}

function project(rows: Float64Array, i: number, n: number, R?: Float64Array): void {
  for (let j = 0; j < i; j++) {
    let dot = 0;
    for (let c = 0; c < n; c++) dot += rows[j * n + c] * rows[i * n + c];
    for (let c = 0; c < n; c++) rows[i * n + c] -= dot * rows[j * n + c];
    if (R) R[j * n + i] += dot;
  }
}
