const f = Math.fround;

/** log₂ e. */
export const LOG2_E = 1.4426950216293335;
/** ln 2 = LN2_HIGH + LN2_LOW. The high part has 16 bits, so n · LN2_HIGH is exact for |n| ≤ 256. */
export const LN2_HIGH = 0.693145751953125;
export const LN2_LOW = 1.428606765330187e-6;

const SHIFT = 12582912; // 1.5 · 2²³: a float32 of this size has no room for a fraction

/** The integer nearest to x, ties to even, for |x| < 2²². */
export function nearest(x: number): number {
  return f(f(x + SHIFT) - SHIFT);
}

/** e^r - 1 - r for |r| ≤ ½ ln 2: r² times a minimax polynomial, error 2⁻²⁸ e^r (scripts/minimax.py). */
export function expTail(r: number): number {
  let q = f(0.008368745446205139 + f(0.0013814540579915047 * r));
  q = f(0.04166838899254799 + f(q * r));
  q = f(0.1666652113199234 + f(q * r));
  q = f(0.4999999403953552 + f(q * r));
  return f(f(r * r) * q);
}
