import { elementary64 } from "@unroll/kernels";
import type { ElementwiseActivation } from "./activation.ts";
import { elementwise } from "./elementwise.ts";

/**
 * y = z s with s = 1/(1 + e^(-z)), also called swish. σ′ = s (1 + z (1 - s)), where 1 - s = 1/(1 + e^z).
 * γ = 1.0998…, at z = 2.3994… (where z tanh(z/2) = 2). Not monotonic, so σ′ needs z.
 * Ramachandran, Zoph, Le 2017, arXiv:1710.05941.
 */
export const silu: ElementwiseActivation = /* @__PURE__ */ elementwise({
  name: "silu",
  // Beyond 800 the product would be 0·∞ for z = ±∞; there s is 0 or 1 to all digits.
  value: (z) => (z < -800 ? 0 : z * elementary64.sigmoid(z)),
  derivative(z) {
    if (Math.abs(z) > 800) return z > 0 ? 1 : 0;
    return elementary64.sigmoid(z) * (1 + z * elementary64.sigmoid(-z));
  },
  slope: 1.099839320128867,
});
