import { scale } from "./bits.ts";
import { expTail, LN2_HIGH, LN2_LOW, LOG2_E, nearest } from "./reduction.ts";

const HIGHEST = 709.782712893384; // the last x with e^x < 2¹⁰²⁴
const LOWEST = -38; // e^x - 1 rounds to -1 from -37.43 on

/**
 * e^x - 1 = 2ⁿ ((1 - 2⁻ⁿ) + r + tail), reduced as in `exp`.
 *
 * What the two large sums lose is put back into the small one, so that only the last addition rounds visibly.
 */
export function expm1(x: number): number {
  if (!(x <= HIGHEST)) return x + Infinity;
  if (x < LOWEST) return -1;
  if (x === 0) return x;
  const n = nearest(x * LOG2_E);
  const inverse = scale(1, -n);
  const base = 1 - inverse;
  const baseLow = 1 - base - inverse;
  const high = x - n * LN2_HIGH;
  const low = n * LN2_LOW;
  const sum = base + high;
  const sumLow = high - (sum - base);
  const y = sum + (sumLow + (expTail(high - low) - low + baseLow));
  return n === 0 ? y : scale(y, n);
}
