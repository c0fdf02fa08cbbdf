import { scale } from "./bits.ts";
import { expTail, LN2_HIGH, LN2_LOW, LOG2_E, nearest } from "./reduction.ts";

const HIGHEST = 709.782712893384; // the last x with e^x < 2¹⁰²⁴
const LOWEST = -746; // e^x rounds to 0 from -745.13 on

/**
 * e^x = 2ⁿ e^r with n = x log₂e rounded and r = x - n ln 2.
 *
 * 1 + r is taken in two parts, so that only the last addition rounds visibly. Denormal results are rounded once more.
 */
export function exp(x: number): number {
  if (!(x <= HIGHEST)) return x + Infinity;
  if (x < LOWEST) return 0;
  const n = nearest(x * LOG2_E);
  const high = x - n * LN2_HIGH;
  const low = n * LN2_LOW;
  const sum = 1 + high;
  const sumLow = high - (sum - 1);
  return scale(sum + (sumLow + (expTail(high - low) - low)), n);
}
