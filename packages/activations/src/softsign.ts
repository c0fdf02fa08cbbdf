import type { ElementwiseActivation } from "./activation.ts";
import { elementwise } from "./elementwise.ts";

/** y = z/(1 + |z|), σ′ = 1/(1 + |z|)² = (1 - |y|)², γ = 1. */
export const softsign: ElementwiseActivation = /* @__PURE__ */ elementwise({
  name: "softsign",
  value: (z) => (Math.abs(z) === Number.POSITIVE_INFINITY ? Math.sign(z) : z / (1 + Math.abs(z))),
  derivative: (_z, y) => (1 - Math.abs(y)) * (1 - Math.abs(y)),
  needsInput: false,
  slope: 1,
});
