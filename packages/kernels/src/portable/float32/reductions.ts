import type { Reductions } from "../../kernels.ts";

const partial = /* @__PURE__ */ new Float64Array(8);

/** Eight partial sums by index mod 8, combined in one order. */
export const reductions: Reductions = {
  sum(X) {
    const x = X.data as Float32Array;
    partial.fill(0);
    let i = 0;
    for (let r = 0; r < X.rows; r++) {
      const row = X.offset + r * X.stride;
      for (let c = 0; c < X.columns; c++, i++) partial[i & 7] += x[row + c];
    }
    return combine();
  },

  sumOfSquares(X) {
    const x = X.data as Float32Array;
    partial.fill(0);
    let i = 0;
    for (let r = 0; r < X.rows; r++) {
      const row = X.offset + r * X.stride;
      for (let c = 0; c < X.columns; c++, i++) partial[i & 7] += x[row + c] * x[row + c];
    }
    return combine();
  },

  dot(X, Y) {
    const x = X.data as Float32Array;
    const y = Y.data as Float32Array;
    partial.fill(0);
    let i = 0;
    for (let r = 0; r < X.rows; r++) {
      const rowX = X.offset + r * X.stride;
      const rowY = Y.offset + r * Y.stride;
      for (let c = 0; c < X.columns; c++, i++) partial[i & 7] += x[rowX + c] * y[rowY + c];
    }
    return combine();
  },

  firstNonFinite(X) {
    const x = X.data as Float32Array;
    for (let r = 0; r < X.rows; r++) {
      const row = X.offset + r * X.stride;
      for (let c = 0; c < X.columns; c++) {
        if (x[row + c] - x[row + c] !== 0) return r * X.columns + c;
      }
    }
    return -1;
  },
};

function combine(): number {
  return (
    partial[0] +
    partial[1] +
    (partial[2] + partial[3]) +
    (partial[4] + partial[5] + (partial[6] + partial[7]))
  );
}
