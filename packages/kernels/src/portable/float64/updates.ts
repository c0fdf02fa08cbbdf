// Derived from float32/updates.ts by scripts/derive-float64.mjs: edit that file, not this one.
import type { Updates } from "../../kernels.ts";

export const updates: Updates = {
  sgdUpdate(theta, g, eta) {
    const p = theta.data as Float64Array;
    const d = g.data as Float64Array;
    const rate = eta;
    for (let i = 0; i < theta.columns; i++) {
      p[theta.offset + i] = p[theta.offset + i] - rate * d[g.offset + i];
    }
  },
};
