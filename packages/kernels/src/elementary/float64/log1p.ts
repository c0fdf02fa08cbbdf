import { addToHighWord } from "./bits.ts";
import { exponentOf, logTail, sumOfLogs } from "./log.ts";

/**
 * log(1 + x), exact in the leading digits for small x too.
 *
 * With w = 1 + x rounded and c what the rounding lost, log(1 + x) = log w + c/w. Where w needs no scaling (k = 0)
 * the argument is x itself. log1p(-1) = -∞, below it is NaN.
 */
export function log1p(x: number): number {
  if (!(x > -1)) return x === -1 ? -Infinity : NaN;
  if (x === 0 || x === Infinity) return x;
  const w = 1 + x;
  const k = exponentOf(w);
  if (k === 0) return x + logTail(x);
  const c = x < 1 ? x - (w - 1) : 1 - (w - x);
  const u = addToHighWord(w, -(k << 20)) - 1;
  return sumOfLogs(k, u, logTail(u) + c / w);
}
