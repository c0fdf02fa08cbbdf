import { powerOfTwo } from "./bits.ts";

const f = Math.fround;

const STEP = 0.3465735912322998; // ½ ln 2; its products with 1 … 8 are exact
const STEPS_PER_ONE = 2.885390043258667;
const NEAR = 0.5;
const FAR = 9.015625; // tanh rounds to 1 from here on
const LAST = 24; // so that w = 1 - 2⁻ⁿ is exact

/**
 * tanh x, odd, from |x| = n ½ ln 2 + r with n = 0 below ½.
 *
 * With s = 2ⁿ and b = r coth r, so that e^(2r) = (b + r)/(b - r):
 *
 *     n = 0:  tanh = r - 2r (b - 1)/d
 *     n > 0:  tanh = w - (w (b - r) - 2r)/d,  w = 1 - 1/s
 *     d = (b - r) + s (b + r)
 *
 * A number that is nearly or wholly exact minus a small quotient: the errors of the quotient weigh little.
 * b - 1 is r² times a minimax polynomial (scripts/minimax.py). 34 operations, one division, no branch.
 */
export function tanh(x: number): number {
  const z = f(x);
  const a = Math.abs(z) > FAR ? FAR : Math.abs(z);
  const near = a < NEAR;
  const steps = Math.floor(f(a * STEPS_PER_ONE));
  const n = near ? 0 : steps > LAST ? LAST : steps;
  const s = powerOfTwo(n);
  const r = f(a - f(n * STEP));
  const rr = f(r * r);
  const p = f(-0.022208331152796745 + f(0.0020187031477689743 * rr));
  const tail = f(rr * f(0.33333277702331543 + f(p * rr)));
  const b = f(1 + tail);
  const under = f(b - r);
  const d = f(under + f(s * f(b + r)));
  const w = f(1 - powerOfTwo(-n));
  const twice = f(r + r);
  const y = f((near ? r : w) - f((near ? f(twice * tail) : f(f(w * under) - twice)) / d));
  return z > 0 ? y : z < 0 ? -y : z;
}
