import { OptionError } from "@unroll/kernels";
import type { ElementwiseActivation } from "./activation.ts";
import { elementwise } from "./elementwise.ts";

/**
 * y = z for z > 0, else α z. σ′ = 1 where y > 0, else α (at the kink too). γ = max(1, α).
 * @param alpha default 0.01
 * @throws OptionError if α is negative or not finite: with α < 0 the sign of y would not tell that of z
 */
export function leakyRelu(alpha: number = 0.01): ElementwiseActivation {
  if (!(alpha >= 0 && alpha < Number.POSITIVE_INFINITY)) {
    throw new OptionError("leakyRelu", "alpha", alpha, "a finite number ≥ 0");
  }
  return elementwise({
    name: `leakyRelu(${alpha})`,
    value: (z) => (z > 0 ? z : alpha * z),
    derivative: (_z, y) => (y > 0 ? 1 : alpha),
    needsInput: false,
    slope: Math.max(1, alpha),
  });
}
