import { elementary64 } from "@unroll/kernels";
import type { ElementwiseActivation } from "./activation.ts";
import { elementwise } from "./elementwise.ts";

/** y = log(1 + e^z), as max(z, 0) + log1p(e^(-|z|)). σ′ = 1/(1 + e^(-z)) = 1 - e^(-y), γ = 1. */
export const softplus: ElementwiseActivation = /* @__PURE__ */ elementwise({
  name: "softplus",
  value: (z) => Math.max(z, 0) + elementary64.log1p(elementary64.exp(-Math.abs(z))),
  derivative: (_z, y) => -elementary64.expm1(-y),
  needsInput: false,
  slope: 1,
});
