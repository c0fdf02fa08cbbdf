import type { ElementwiseActivation } from "./activation.ts";
import { elementwise } from "./elementwise.ts";

/** y = z limited to [-1, 1], σ′ = [|y| < 1], γ = 1. At the kinks: 0. */
export const hardTanh: ElementwiseActivation = /* @__PURE__ */ elementwise({
  name: "hardTanh",
  value: (z) => Math.min(Math.max(z, -1), 1),
  derivative: (_z, y) => (Math.abs(y) < 1 ? 1 : 0),
  needsInput: false,
  slope: 1,
});
