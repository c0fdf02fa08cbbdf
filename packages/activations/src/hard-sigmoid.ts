import type { ElementwiseActivation } from "./activation.ts";
import { elementwise } from "./elementwise.ts";

/**
 * y = (z + 3)/6 limited to [0, 1], as in PyTorch and Keras 3 (Keras 2 has 0.2 z + 0.5).
 * σ′ = 1/6 where 0 < y < 1, else 0 (at the kinks too). γ = 1/6.
 */
export const hardSigmoid: ElementwiseActivation = /* @__PURE__ */ elementwise({
  name: "hardSigmoid",
  value: (z) => Math.min(Math.max(z + 3, 0), 6) / 6,
  derivative: (_z, y) => (y > 0 && y < 1 ? 1 / 6 : 0),
  needsInput: false,
  slope: 0.16666666666666666, // a literal: a division would keep bundlers from dropping the unused
});
