import { bitsOf, fromBits } from "./bits.ts";
import { logTail, sumOfLogs } from "./log.ts";

const f = Math.fround;
const SQRT_HALF_BITS = 0x3f3504f3;

/**
 * log(1 + x), exact in the leading digits for small x too.
 *
 * With w = 1 + x rounded and c what the rounding lost, log(1 + x) = log w + c/w. Where w needs no scaling (k = 0)
 * the argument is x itself. log1p(-1) = -∞, below it is NaN.
 */
export function log1p(x: number): number {
  const z = f(x);
  const w = f(1 + z);
  const c = z < 1 ? f(z - f(w - 1)) : f(1 - f(w - z));
  const bits = bitsOf(w);
  const k = (bits - SQRT_HALF_BITS) >> 23;
  const u = k === 0 ? z : f(fromBits(bits - (k << 23)) - 1);
  const lost = k === 0 ? 0 : f(c / w);
  const y = sumOfLogs(k, u, f(logTail(u) + lost));
  return z > -1 && z < Infinity ? (z === 0 ? z : y) : z === -1 ? -Infinity : z > 0 ? z : NaN;
}
