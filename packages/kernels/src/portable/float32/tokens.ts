import type { TokenKernels } from "../../kernels.ts";

const f = Math.fround;

export const tokenKernels: TokenKernels = {
  addTokenColumns(C, tokens, W) {
    const c = C.data as Float32Array;
    const w = W.data as Float32Array;
    for (let r = 0; r < C.rows; r++) {
      const row = C.offset + r * C.stride;
      const column = W.offset + tokens.data[tokens.offset + r];
      for (let n = 0; n < C.columns; n++) c[row + n] = f(c[row + n] + w[column + n * W.stride]);
    }
  },

  scatterAddColumns(dW, tokens, D) {
    const w = dW.data as Float32Array;
    const d = D.data as Float32Array;
    for (let r = D.rows - 1; r >= 0; r--) {
      const row = D.offset + r * D.stride;
      const column = dW.offset + tokens.data[tokens.offset + r];
      for (let n = 0; n < D.columns; n++) {
        const at = column + n * dW.stride;
        w[at] = f(w[at] + d[row + n]);
      }
    }
  },
};
