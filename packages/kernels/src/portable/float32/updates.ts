import type { Updates } from "../../kernels.ts";

const f = Math.fround;

export const updates: Updates = {
  sgdUpdate(theta, g, eta) {
    const p = theta.data as Float32Array;
    const d = g.data as Float32Array;
    const rate = f(eta);
    for (let i = 0; i < theta.columns; i++) {
      p[theta.offset + i] = f(p[theta.offset + i] - f(rate * d[g.offset + i]));
    }
  },
};
