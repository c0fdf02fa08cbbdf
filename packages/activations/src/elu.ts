import { elementary64, OptionError } from "@unroll/kernels";
import type { ElementwiseActivation } from "./activation.ts";
import { elementwise } from "./elementwise.ts";

/**
 * y = z for z > 0, else α (e^z - 1). σ′ = 1 where y > 0, else y + α (at the kink α). γ = max(1, α).
 * Clevert, Unterthiner, Hochreiter 2016, arXiv:1511.07289.
 * @param alpha default 1
 * @throws OptionError if α is negative or not finite
 */
export function elu(alpha: number = 1): ElementwiseActivation {
  if (!(alpha >= 0 && alpha < Number.POSITIVE_INFINITY)) {
    throw new OptionError("elu", "alpha", alpha, "a finite number ≥ 0");
  }
  return elementwise({
    name: `elu(${alpha})`,
    value: (z) => (z > 0 ? z : alpha * elementary64.expm1(z)),
    derivative: (_z, y) => (y > 0 ? 1 : y + alpha),
    needsInput: false,
    slope: Math.max(1, alpha),
  });
}
