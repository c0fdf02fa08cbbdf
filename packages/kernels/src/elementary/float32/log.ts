import { bitsOf, fromBits } from "./bits.ts";
import { LN2_HIGH, LN2_LOW } from "./reduction.ts";

const f = Math.fround;

const SMALLEST_NORMAL = 1.1754943508222875e-38; // 2⁻¹²⁶
const SQRT_HALF_BITS = 0x3f3504f3;

/**
 * log x = k ln 2 + log(1 + u), where x = 2ᵏ (1 + u) and 1 + u is between √½ and √2.
 *
 * log 0 = -∞, the logarithm of a negative number is NaN. Denormal x are scaled first.
 */
export function log(x: number): number {
  const z = f(x);
  const denormal = z < SMALLEST_NORMAL;
  const bits = bitsOf(denormal ? f(z * 8388608) : z);
  const k = (bits - SQRT_HALF_BITS) >> 23;
  const u = f(fromBits(bits - (k << 23)) - 1);
  const y = sumOfLogs(denormal ? k - 23 : k, u, logTail(u));
  return z > 0 && z < Infinity ? y : z === 0 ? -Infinity : z > 0 ? z : NaN;
}

/**
 * log(1 + u) - u for 1 + u between √½ and √2: with s = u/(2+u), log(1+u) = 2 artanh s = u - s (u - 2 Σ s²ⁱ/(2i+1)),
 * arranged so that the large part -u²/2 is rounded once.
 */
export function logTail(u: number): number {
  const s = f(u / f(2 + u));
  const z = f(s * s);
  let p = f(0.2857142984867096 + f(0.2222222238779068 * z));
  p = f(0.4000000059604645 + f(p * z));
  p = f(0.6666666865348816 + f(p * z));
  const half = f(f(0.5 * u) * u);
  return f(f(s * f(half + f(p * z))) - half);
}

/** k ln 2 + u + tail, where only the last addition rounds visibly. */
export function sumOfLogs(k: number, u: number, tail: number): number {
  const large = f(k * LN2_HIGH);
  const sum = f(large + u);
  const rest = f(f(large - sum) + u);
  return f(sum + f(rest + f(tail + f(k * LN2_LOW))));
}
