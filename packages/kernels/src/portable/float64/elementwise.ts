// Derived from float32/elementwise.ts by scripts/derive-float64.mjs: edit that file, not this one.
import { sigmoid, tanh } from "../../elementary/float64.ts";
import { FLUSH_FLOAT64 } from "../../flush.ts";
import type { Elementwise } from "../../kernels.ts";

const LIMIT = FLUSH_FLOAT64;

export const elementwise: Elementwise = {
  fill(Y, value) {
    const y = Y.data as Float64Array;
    for (let r = 0; r < Y.rows; r++) {
      const row = Y.offset + r * Y.stride;
      y.fill(value, row, row + Y.columns);
    }
  },

  copy(Y, X) {
    const y = Y.data as Float64Array;
    const x = X.data as Float64Array;
    for (let r = 0; r < Y.rows; r++) {
      const to = Y.offset + r * Y.stride;
      const from = X.offset + r * X.stride;
      for (let c = 0; c < Y.columns; c++) y[to + c] = x[from + c];
    }
  },

  add(Y, X) {
    const y = Y.data as Float64Array;
    const x = X.data as Float64Array;
    for (let r = 0; r < Y.rows; r++) {
      const to = Y.offset + r * Y.stride;
      const from = X.offset + r * X.stride;
      for (let c = 0; c < Y.columns; c++) y[to + c] = y[to + c] + x[from + c];
    }
  },

  scale(Y, X, a) {
    const y = Y.data as Float64Array;
    const x = X.data as Float64Array;
    const factor = a;
    for (let r = 0; r < Y.rows; r++) {
      const to = Y.offset + r * Y.stride;
      const from = X.offset + r * X.stride;
      for (let c = 0; c < Y.columns; c++) y[to + c] = factor * x[from + c];
    }
  },

  broadcastRow(Y, b) {
    const y = Y.data as Float64Array;
    const row = b.data as Float64Array;
    for (let r = 0; r < Y.rows; r++) {
      const to = Y.offset + r * Y.stride;
      for (let c = 0; c < Y.columns; c++) y[to + c] = row[b.offset + c];
    }
  },

  scaleRows(Y, a) {
    const y = Y.data as Float64Array;
    const factors = a.data as Float64Array;
    for (let r = 0; r < Y.rows; r++) {
      const row = Y.offset + r * Y.stride;
      const factor = factors[a.offset + r * a.stride];
      for (let c = 0; c < Y.columns; c++) y[row + c] = factor === 0 ? 0 : factor * y[row + c];
    }
  },

  tanh(Y, Z) {
    const y = Y.data as Float64Array;
    const z = Z.data as Float64Array;
    for (let r = 0; r < Y.rows; r++) {
      const to = Y.offset + r * Y.stride;
      const from = Z.offset + r * Z.stride;
      for (let c = 0; c < Y.columns; c++) y[to + c] = tanh(z[from + c]);
    }
  },

  sigmoid(Y, Z) {
    const y = Y.data as Float64Array;
    const z = Z.data as Float64Array;
    for (let r = 0; r < Y.rows; r++) {
      const to = Y.offset + r * Y.stride;
      const from = Z.offset + r * Z.stride;
      for (let c = 0; c < Y.columns; c++) y[to + c] = sigmoid(z[from + c]);
    }
  },

  relu(Y, Z) {
    const y = Y.data as Float64Array;
    const z = Z.data as Float64Array;
    for (let r = 0; r < Y.rows; r++) {
      const to = Y.offset + r * Y.stride;
      const from = Z.offset + r * Z.stride;
      for (let c = 0; c < Y.columns; c++) y[to + c] = Math.max(z[from + c], 0);
    }
  },

  tanhBackward(dZ, Y, dY) {
    const dz = dZ.data as Float64Array;
    const y = Y.data as Float64Array;
    const dy = dY.data as Float64Array;
    for (let r = 0; r < dZ.rows; r++) {
      const to = dZ.offset + r * dZ.stride;
      const at = Y.offset + r * Y.stride;
      const from = dY.offset + r * dY.stride;
      for (let c = 0; c < dZ.columns; c++) {
        dz[to + c] = flush(dy[from + c] * (1 - y[at + c] * y[at + c]));
      }
    }
  },

  sigmoidBackward(dZ, Y, dY) {
    const dz = dZ.data as Float64Array;
    const y = Y.data as Float64Array;
    const dy = dY.data as Float64Array;
    for (let r = 0; r < dZ.rows; r++) {
      const to = dZ.offset + r * dZ.stride;
      const at = Y.offset + r * Y.stride;
      const from = dY.offset + r * dY.stride;
      for (let c = 0; c < dZ.columns; c++) {
        dz[to + c] = flush(dy[from + c] * (y[at + c] * (1 - y[at + c])));
      }
    }
  },

  reluBackward(dZ, Y, dY) {
    const dz = dZ.data as Float64Array;
    const y = Y.data as Float64Array;
    const dy = dY.data as Float64Array;
    for (let r = 0; r < dZ.rows; r++) {
      const to = dZ.offset + r * dZ.stride;
      const at = Y.offset + r * Y.stride;
      const from = dY.offset + r * dY.stride;
      for (let c = 0; c < dZ.columns; c++) dz[to + c] = y[at + c] > 0 ? flush(dy[from + c]) : 0;
    }
  },

  identityBackward(dZ, _Y, dY) {
    const dz = dZ.data as Float64Array;
    const dy = dY.data as Float64Array;
    for (let r = 0; r < dZ.rows; r++) {
      const to = dZ.offset + r * dZ.stride;
      const from = dY.offset + r * dY.stride;
      for (let c = 0; c < dZ.columns; c++) dz[to + c] = flush(dy[from + c]);
    }
  },
};

/** Numbers below the limit become +0; NaN stays NaN. */
function flush(x: number): number {
  return x < LIMIT && x > -LIMIT ? 0 : x;
}
