import { flushLimit, type Kernels, OptionError, type View } from "@unroll/kernels";
import { checkGradients } from "./check-gradients.ts";
import { checkVector } from "./check-vector.ts";

/**
 * Brings every gradient (1×N) into [-limit, limit]: g ← min(max(g, -limit), limit). Returns how many were outside.
 *
 * This bends the direction, but it still descends, since Σ g·clip(g) ≥ 0.
 * @throws NonFiniteError if a gradient is NaN or infinite, OptionError for a limit that isn't positive, ShapeError; the
 * gradients are unchanged then
 */
export function clipByValue(kernels: Kernels, gradients: View, limit: number): number {
  const where = "clipByValue";
  checkVector(where, "gradients", gradients, "N");
  const least = flushLimit(kernels.type);
  if (!(limit >= least)) throw new OptionError(where, "limit", limit, `a number of at least ${least}`);
  checkGradients(where, kernels, gradients);
  return kernels.clamp(gradients, limit);
}
