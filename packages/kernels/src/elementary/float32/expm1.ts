import { powerOfTwo } from "./bits.ts";
import { expTail, LN2_HIGH, LN2_LOW, LOG2_E, nearest } from "./reduction.ts";

const f = Math.fround;
const HIGHEST = 88.72283172607422; // the last x with e^x < 2¹²⁸
const LOWEST = -18; // e^x - 1 rounds to -1 from -17.33 on

/**
 * e^x - 1 = 2ⁿ ((1 - 2⁻ⁿ) + r + tail), reduced as in `exp`.
 *
 * What the two large sums lose is put back into the small one, so that only the last addition rounds visibly.
 */
export function expm1(x: number): number {
  const z = f(x) < LOWEST ? LOWEST : f(x);
  const n = nearest(f(z * LOG2_E));
  const inverse = n < 127 ? powerOfTwo(-n) : 0;
  const base = f(1 - inverse);
  const baseLow = f(f(1 - base) - inverse);
  const high = f(z - f(n * LN2_HIGH));
  const low = f(n * LN2_LOW);
  const sum = f(base + high);
  const sumLow = f(high - f(sum - base));
  const y = f(sum + f(sumLow + f(f(expTail(f(high - low)) - low) + baseLow)));
  if (z > HIGHEST) return Infinity;
  return z === 0 ? z : f(f(y + y) * powerOfTwo(n - 1));
}
