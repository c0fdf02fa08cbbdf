import { powerOfTwo } from "./bits.ts";
import { LN2_HIGH, LN2_LOW, LOG2_E, nearest } from "./reduction.ts";

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
  const y = f(sum + f(sumLow + f(f(tail(f(high - low)) - low) + baseLow)));
  if (z > HIGHEST) return Infinity;
  return z === 0 ? z : f(f(y + y) * powerOfTwo(n - 1));
}

/**
 * e^r - 1 - r for |r| ≤ ½ ln 2, one degree beyond `expTail`: at x = 0.35 the sum of the large terms is so small that
 * the tail is a quarter of the result. Its large part r²/2 is rounded once.
 */
function tail(r: number): number {
  let q = f(0.0013944703387096524 + f(0.000197902976651676 * r));
  q = f(0.008333497680723667 + f(q * r));
  q = f(0.04166629537940025 + f(q * r));
  q = f(0.1666666567325592 + f(q * r));
  const rr = f(r * r);
  return f(f(0.5 * rr) + f(f(r * rr) * q));
}
