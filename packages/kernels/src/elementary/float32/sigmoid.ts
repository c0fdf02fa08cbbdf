import { bitsOf, fromBits, powerOfTwo } from "./bits.ts";
import { LOWEST } from "./exp.ts";
import { expTail, LN2_HIGH, LN2_LOW, LOG2_E, nearest } from "./reduction.ts";

const f = Math.fround;
const FAR = 88;
const UPPER_HALF = 0xfffff000; // a significand of 12 bits: products of two such numbers are exact

/**
 * 1/(1 + e^(-x)): q for negative x and 1 - q for positive, with q = 1/(1 + e^|x|) = 2⁻ⁿ/d and d = 2⁻ⁿ + e^r.
 *
 * The quotient is taken in two parts. With d = d₁ + d₂ and q₁ ≈ 1/d, both of 12 bits, q₁d₁ is exact and
 * 1/d = q₁ + (1 - q₁d₁ - q₁d₂)/d. Results below 2⁻¹²⁶ are flushed to +0.
 */
export function sigmoid(x: number): number {
  const z = f(x);
  const a = Math.abs(z) > FAR ? FAR : Math.abs(z);
  const n = nearest(f(a * LOG2_E));
  const high = f(a - f(n * LN2_HIGH));
  const low = f(n * LN2_LOW);
  const tail = f(expTail(f(high - low)) - low);
  const scale = n < 127 ? powerOfTwo(-n) : 0;
  const base = f(1 + scale);
  const baseLow = f(scale - f(base - 1));
  const d = f(base + f(high + tail));
  const d1 = fromBits(bitsOf(d) & UPPER_HALF);
  const d2 = f(f(f(base - d1) + high) + f(tail + baseLow));
  const quotient = f(1 / d);
  const q1 = fromBits(bitsOf(quotient) & UPPER_HALF);
  const rest = f(f(1 - f(q1 * d1)) - f(q1 * d2));
  const q = f(f(q1 + f(quotient * rest)) * scale);
  if (z >= 0) return f(1 - q);
  return z < LOWEST ? 0 : q;
}
