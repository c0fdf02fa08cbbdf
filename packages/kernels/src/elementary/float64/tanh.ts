import { powerOfTwo } from "./bits.ts";

const STEPS_PER_ONE = 2.8853900817779268;
/** ½ ln 2 in two parts; n · STEP_HIGH is exact for n ≤ 4096. */
const STEP_HIGH = 0.3465735902798315;
const STEP_LOW = 1.4117645281515789e-13;
const NEAR = 0.55;
const FAR = 19.0625; // tanh rounds to 1 from here on
const LAST = 53; // so that w = 1 - 2⁻ⁿ is exact

/**
 * tanh x, odd, from |x| = n ½ ln 2 + r with n = 0 below 0.55.
 *
 * With s = 2ⁿ and b = r coth r, so that e^(2r) = (b + r)/(b - r):
 *
 *     n = 0:  tanh = r - 2r (b - 1)/d
 *     n > 0:  tanh = w - (w (b - r) - 2r)/d,  w = 1 - 1/s
 *     d = (b - r) + s (b + r)
 *
 * A number that is nearly or wholly exact minus a small quotient: the errors of the quotient weigh little.
 */
export function tanh(x: number): number {
  const a = Math.abs(x) > FAR ? FAR : Math.abs(x);
  const near = a < NEAR;
  const steps = Math.floor(a * STEPS_PER_ONE);
  const n = near ? 0 : steps > LAST ? LAST : steps;
  const s = powerOfTwo(n);
  const r = a - n * STEP_HIGH - n * STEP_LOW;
  const tail = cothTail(r);
  const b = 1 + tail;
  const under = b - r;
  const d = under + s * (b + r);
  const w = 1 - powerOfTwo(-n);
  const twice = r + r;
  const y = (near ? r : w) - (near ? twice * tail : w * under - twice) / d;
  return x > 0 ? y : x < 0 ? -y : x;
}

/** r coth r - 1 = Σ 2²ᵏ B₂ₖ/(2k)! r²ᵏ to k = 11, for |r| ≤ 0.55; the rest is below 2⁻⁵⁸. */
function cothTail(r: number): number {
  const z = r * r;
  let p = -2.2805151204592183e-10 + 2.3106432599002624e-11 * z;
  p = 2.2507846516808994e-9 + p * z;
  p = -2.2214608789979678e-8 + p * z;
  p = 2.1925947851873778e-7 + p * z;
  p = -2.1644042808063972e-6 + p * z;
  p = 2 / 93555 + p * z;
  p = -1 / 4725 + p * z;
  p = 2 / 945 + p * z;
  p = -1 / 45 + p * z;
  p = 1 / 3 + p * z;
  return z * p;
}
