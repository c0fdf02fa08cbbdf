import { flushLimit, type Kernels, type View } from "@unroll/kernels";
import type { Activation } from "./activation.ts";
import { flush } from "./elementwise.ts";

/**
 * Each row: y_i = e^(z_i - max z)/Σ_j e^(z_j - max z). Backward: dz_i = y_i (dy_i - Σ_j y_j dy_j).
 * The 2-norm of the Jacobian diag(y) - y yᵀ is at most γ = 1/2.
 *
 * The sums of the backward pass run over columns ascending, in float64.
 */
export const softmax: Activation = {
  name: "softmax",
  needsInput: false,
  slope: 0.5,
  forward(kernels: Kernels, Y: View, Z: View): void {
    kernels.softmax(Y, Z);
  },
  backward(kernels: Kernels, dZ: View, _Z: View | undefined, Y: View, dY: View): void {
    const limit = flushLimit(kernels.type);
    const dz = dZ.data;
    const y = Y.data;
    const dy = dY.data;
    for (let r = 0; r < dZ.rows; r++) {
      const to = dZ.offset + r * dZ.stride;
      const at = Y.offset + r * Y.stride;
      const from = dY.offset + r * dY.stride;
      let mean = 0;
      for (let c = 0; c < dZ.columns; c++) mean += y[at + c] * dy[from + c];
      for (let c = 0; c < dZ.columns; c++) dz[to + c] = flush(y[at + c] * (dy[from + c] - mean), limit);
    }
  },
};
