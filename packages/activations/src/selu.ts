import { elementary64 } from "@unroll/kernels";
import type { ElementwiseActivation } from "./activation.ts";
import { elementwise } from "./elementwise.ts";

const LAMBDA = 1.0507009873554805;
const LAMBDA_ALPHA = 1.7580993408473768;

/**
 * y = λ z for z > 0, else λ α (e^z - 1), with λ = 1.0507…, α = 1.6732…: keeps mean 0 and variance 1.
 * σ′ = λ where y > 0, else y + λ α (at the kink λ α). γ = λ α = 1.7580….
 * Klambauer, Unterthiner, Mayr, Hochreiter 2017, arXiv:1706.02515.
 */
export const selu: ElementwiseActivation = /* @__PURE__ */ elementwise({
  name: "selu",
  value: (z) => (z > 0 ? LAMBDA * z : LAMBDA_ALPHA * elementary64.expm1(z)),
  derivative: (_z, y) => (y > 0 ? LAMBDA : y + LAMBDA_ALPHA),
  needsInput: false,
  slope: LAMBDA_ALPHA,
});
