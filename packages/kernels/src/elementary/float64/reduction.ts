export const LOG2_E: number = Math.LOG2E;
/** ln 2 = LN2_HIGH + LN2_LOW. The high part has 41 bits, so n · LN2_HIGH is exact for |n| ≤ 4096. */
export const LN2_HIGH = 0.693147180559663;
export const LN2_LOW = 2.8235290563031577e-13;

const SHIFT = 6755399441055744; // 1.5 · 2⁵²: a float64 of this size has no room for a fraction

/** The integer nearest to x, ties to even, for |x| < 2⁵¹. */
export function nearest(x: number): number {
  return x + SHIFT - SHIFT;
}

/** e^r - 1 - r = r²/2! + r³/3! + … + r¹⁴/14! for |r| ≤ ½ ln 2; the rest is below 2⁻⁶³. */
export function expTail(r: number): number {
  let q = 1 / 6227020800 + r / 87178291200;
  q = 1 / 479001600 + q * r;
  q = 1 / 39916800 + q * r;
  q = 1 / 3628800 + q * r;
  q = 1 / 362880 + q * r;
  q = 1 / 40320 + q * r;
  q = 1 / 5040 + q * r;
  q = 1 / 720 + q * r;
  q = 1 / 120 + q * r;
  q = 1 / 24 + q * r;
  q = 1 / 6 + q * r;
  const rr = r * r;
  return 0.5 * rr + r * rr * q;
}
