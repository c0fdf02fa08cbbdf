import { scale } from "./bits.ts";
import { expTail, LN2_HIGH, LN2_LOW, LOG2_E, nearest } from "./reduction.ts";

const FAR = 746; // e^(-x) rounds to 0 from 745.13 on
const SPLITTER = 134217729; // 2²⁷ + 1

/**
 * 1/(1 + e^(-x)): q for negative x and 1 - q for positive, with q = 1/(1 + e^|x|) = 2⁻ⁿ/d and d = 2⁻ⁿ + e^r.
 *
 * The quotient is taken in two parts. With d = d₁ + d₂ and q₁ ≈ 1/d, both of 26 bits, q₁d₁ is exact and
 * 1/d = q₁ + (1 - q₁d₁ - q₁d₂)/d.
 */
export function sigmoid(x: number): number {
  const a = Math.abs(x) > FAR ? FAR : Math.abs(x);
  const n = nearest(a * LOG2_E);
  const high = a - n * LN2_HIGH;
  const low = n * LN2_LOW;
  const tail = expTail(high - low) - low;
  const inverse = scale(1, -n);
  const base = 1 + inverse;
  const baseLow = inverse - (base - 1);
  const d = base + (high + tail);
  const d1 = upperHalf(d);
  const d2 = base - d1 + high + (tail + baseLow);
  const quotient = 1 / d;
  const q1 = upperHalf(quotient);
  const rest = 1 - q1 * d1 - q1 * d2;
  const q = scale(q1 + quotient * rest, -n);
  return x >= 0 ? 1 - q : q;
}

/** x rounded to 26 bits. */
function upperHalf(x: number): number {
  const shifted = SPLITTER * x;
  return shifted - (shifted - x);
}
