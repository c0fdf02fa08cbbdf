import { addToHighWord, highWord } from "./bits.ts";
import { LN2_HIGH, LN2_LOW } from "./reduction.ts";

const SMALLEST_NORMAL = 2.2250738585072014e-308; // 2⁻¹⁰²²
const SQRT_HALF_WORD = 0x3fe6a09e;

/**
 * log x = k ln 2 + log(1 + u), where x = 2ᵏ (1 + u) and 1 + u is between √½ and √2.
 *
 * log 0 = -∞, the logarithm of a negative number is NaN. Denormal x are scaled first.
 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  const denormal = x < SMALLEST_NORMAL;
  const z = denormal ? x * 18014398509481984 : x;
  const k = exponentOf(z);
  const u = addToHighWord(z, -(k << 20)) - 1;
  return sumOfLogs(denormal ? k - 54 : k, u, logTail(u));
}

/** k with √½ ≤ 2⁻ᵏ x < √2, about. */
export function exponentOf(x: number): number {
  return (highWord(x) - SQRT_HALF_WORD) >> 20;
}

/**
 * log(1 + u) - u for 1 + u between √½ and √2: with s = u/(2+u), log(1+u) = 2 artanh s = u - s (u - 2 Σ s²ⁱ/(2i+1)),
 * arranged so that the large part -u²/2 is rounded once.
 */
export function logTail(u: number): number {
  const s = u / (2 + u);
  const z = s * s;
  let p = 2 / 21 + (2 / 23) * z;
  p = 2 / 19 + p * z;
  p = 2 / 17 + p * z;
  p = 2 / 15 + p * z;
  p = 2 / 13 + p * z;
  p = 2 / 11 + p * z;
  p = 2 / 9 + p * z;
  p = 2 / 7 + p * z;
  p = 2 / 5 + p * z;
  p = 2 / 3 + p * z;
  const half = 0.5 * u * u;
  return s * (half + p * z) - half;
}

/** k ln 2 + u + tail, where only the last addition rounds visibly. */
export function sumOfLogs(k: number, u: number, tail: number): number {
  const large = k * LN2_HIGH;
  const sum = large + u;
  const rest = large - sum + u;
  return sum + (rest + (tail + k * LN2_LOW));
}
