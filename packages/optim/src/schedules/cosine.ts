import type { Schedule } from "../optimizer.ts";
import { nonNegative, stepCount } from "../options.ts";

/**
 * Half a wave: η(t) = to + (from - to) · (1 + cos(π t/steps))/2, then `to`.
 * Source: Loshchilov & Hutter, arXiv:1608.03983.
 * @throws OptionError
 */
export function cosine(from: number, to: number, steps: number): Schedule {
  nonNegative("cosine", "from", from);
  nonNegative("cosine", "to", to);
  stepCount("cosine", "steps", steps);
  return (step) => {
    if (step >= steps) return to;
    // (1 + cos πx)/2 = cos²(πx/2), from an angle of at most π/4, so that it keeps its accuracy near the end.
    const root =
      2 * step <= steps
        ? cosineSeries(((Math.PI / 2) * step) / steps)
        : sineSeries(((Math.PI / 2) * (steps - step)) / steps);
    return to + (from - to) * (root * root);
  };
}

/** Σ (-1)^k x^(2k)/(2k)!, to float64 accuracy for |x| ≤ π/4. The host's cosine differs between engines. */
function cosineSeries(x: number): number {
  let sum = 1;
  for (let k = 18; k > 0; k -= 2) sum = 1 - ((x * x) / (k * (k - 1))) * sum;
  return sum;
}

/** Σ (-1)^k x^(2k+1)/(2k+1)!, to float64 accuracy for |x| ≤ π/4. */
function sineSeries(x: number): number {
  let sum = 1;
  for (let k = 19; k > 1; k -= 2) sum = 1 - ((x * x) / (k * (k - 1))) * sum;
  return x * sum;
}
