import { bitsOf, fromBits } from "./bits.ts";
import { expTail, LN2_HIGH, LN2_LOW, LOG2_E, nearest } from "./reduction.ts";

const f = Math.fround;

/** Where e^x leaves the normal float32: e^LOWEST ≥ 2⁻¹²⁶, e^HIGHEST < 2¹²⁸, and their neighbors are beyond. */
export const LOWEST = -87.33654022216797;
const HIGHEST = 88.72283172607422;

/**
 * e^x = 2ⁿ e^r with n = x log₂e rounded and r = x - n ln 2.
 *
 * The reduced r is used in two parts, high and low: e^r = 1 + (high + (tail - low)) rounds the large numbers once.
 * Results below 2⁻¹²⁶ are flushed to +0.
 */
export function exp(x: number): number {
  const z = f(x);
  const n = nearest(f(z * LOG2_E));
  const high = f(z - f(n * LN2_HIGH));
  const low = f(n * LN2_LOW);
  const y = f(1 + f(high + f(expTail(f(high - low)) - low)));
  if (z > HIGHEST) return Infinity;
  if (z < LOWEST) return 0;
  return Number.isNaN(z) ? z : fromBits(bitsOf(y) + (n << 23));
}
