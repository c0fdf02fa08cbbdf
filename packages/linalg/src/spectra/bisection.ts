/**
 * The k largest eigenvalues of a symmetric tridiagonal matrix, descending, by bisection: the number of eigenvalues
 * below x is the number of negative pivots of T - x I (Sylvester), so an interval is halved until its ends are
 * neighbors or closer than 2^-1000 (it is then 0, if that near). The work is bounded whatever the matrix.
 *
 * diagonal: n numbers; beside: n - 1 numbers next to them. Magnitudes from 0 to about 1.
 *
 * W. Kahan, "Accurate eigenvalues of a symmetric tri-diagonal matrix" (1966); J. Demmel, I. Dhillon, H. Ren, "On the
 * correctness of some bisection-like parallel eigenvalue algorithms in floating point arithmetic" (1995).
 */
export function largestEigenvalues(diagonal: Float64Array, beside: Float64Array, k: number): Float64Array {
  const n = diagonal.length;
  const values = new Float64Array(k);
  if (k === 0) return values;
  const squares = new Float64Array(n); // of the number to the left; none beside the first
  for (let i = 1; i < n; i++) squares[i] = beside[i - 1] * beside[i - 1];
  let bound = 0;
  for (let i = 0; i < n; i++) {
    const left = i > 0 ? Math.abs(beside[i - 1]) : 0;
    const right = i < n - 1 ? Math.abs(beside[i]) : 0;
    bound = Math.max(bound, Math.abs(diagonal[i]) + left + right);
  }
  bound = bound * (1 + 2 ** -40) + SMALLEST;
  // Intervals with their numbers of eigenvalues below; each holds at least one that is asked for.
  const open = [{ low: -bound, high: bound, belowLow: 0, belowHigh: n }];
  for (let interval = open.pop(); interval; interval = open.pop()) {
    const { low, high, belowLow, belowHigh } = interval;
    const middle = low + (high - low) / 2;
    if (!(middle > low && middle < high && high - low > SMALLEST)) {
      for (let i = Math.max(belowLow, n - k); i < belowHigh; i++)
        values[n - 1 - i] = Math.abs(middle) > SMALLEST ? middle : 0;
      continue;
    }
    // Rounding can break the order of the counts only between neighbors; clamping keeps every eigenvalue once.
    const below = Math.min(Math.max(countBelow(diagonal, squares, middle), belowLow), belowHigh);
    if (below > belowLow && below > n - k) open.push({ low, high: middle, belowLow, belowHigh: below });
    if (below < belowHigh) open.push({ low: middle, high, belowLow: below, belowHigh });
  }
  return values;
}

const SMALLEST: number = 2 ** -1000;

function countBelow(diagonal: Float64Array, squares: Float64Array, x: number): number {
  let count = 0;
  let pivot = 1;
  for (let i = 0; i < diagonal.length; i++) {
    pivot = diagonal[i] - x - squares[i] / pivot;
    if (Math.abs(pivot) < SMALLEST) pivot = -SMALLEST;
    if (pivot < 0) count++;
  }
  return count;
}
