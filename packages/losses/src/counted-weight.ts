import { isTokens, type Rows, type View } from "@unroll/kernels";

/**
 * Σw over the rows that count: without weights every row counts once; a row with an ignored target (a negative
 * token) not at all.
 *
 * In float64, in the order of the kernels' reductions: eight partial sums by row mod 8, combined as
 * ((0+1)+(2+3))+((4+5)+(6+7)).
 * @param targets R tokens or R rows
 * @param weights R×1
 */
export function countedWeight(targets: Rows, weights?: View | undefined): number {
  return (
    partialSum(targets, weights, 0) +
    partialSum(targets, weights, 1) +
    (partialSum(targets, weights, 2) + partialSum(targets, weights, 3)) +
    (partialSum(targets, weights, 4) +
      partialSum(targets, weights, 5) +
      (partialSum(targets, weights, 6) + partialSum(targets, weights, 7)))
  );
}

/** Over the rows first, first + 8, … */
function partialSum(targets: Rows, weights: View | undefined, first: number): number {
  const tokens = isTokens(targets) ? targets : undefined;
  let sum = 0;
  for (let r = first; r < targets.rows; r += 8) {
    if (tokens && tokens.data[tokens.offset + r] < 0) continue;
    sum += weights ? weights.data[weights.offset + r * weights.stride] : 1;
  }
  return sum;
}
