import { elementary64, flushLimit, type Kernels, type View } from "@unroll/kernels";
import type { Activation } from "./activation.ts";
import { flush } from "./elementwise.ts";

/**
 * Each row: y_i = z_i - max z - log Σ_j e^(z_j - max z). Backward: dz_i = dy_i - e^(y_i) Σ_j dy_j.
 * The Jacobian's norm can reach √(columns), so no slope is given.
 *
 * Sums run over columns ascending, in float64; results are rounded once, when stored.
 */
export const logSoftmax: Activation = {
  name: "logSoftmax",
  needsInput: false,
  forward(_kernels: Kernels, Y: View, Z: View): void {
    const y = Y.data;
    const z = Z.data;
    for (let r = 0; r < Y.rows; r++) {
      const to = Y.offset + r * Y.stride;
      const from = Z.offset + r * Z.stride;
      let largest = z[from];
      for (let c = 1; c < Y.columns; c++) if (z[from + c] > largest) largest = z[from + c];
      let sum = 0;
      for (let c = 0; c < Y.columns; c++) sum += elementary64.exp(z[from + c] - largest);
      const rest = elementary64.log(sum);
      for (let c = 0; c < Y.columns; c++) y[to + c] = z[from + c] - largest - rest;
    }
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
      let sum = 0;
      for (let c = 0; c < dZ.columns; c++) sum += dy[from + c];
      for (let c = 0; c < dZ.columns; c++) {
        dz[to + c] = flush(dy[from + c] - elementary64.exp(y[at + c]) * sum, limit);
      }
    }
  },
};
