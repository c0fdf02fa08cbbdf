// Derived from float32/rows.ts by scripts/derive-float64.mjs: edit that file, not this one.
import { exp, log } from "../../elementary/float64.ts";
import { FLUSH_FLOAT64 } from "../../flush.ts";
import type { RowKernels } from "../../kernels.ts";

const LIMIT = FLUSH_FLOAT64;

export const rowKernels: RowKernels = {
  softmax(Y, Z) {
    const y = Y.data as Float64Array;
    const z = Z.data as Float64Array;
    for (let r = 0; r < Y.rows; r++) {
      const to = Y.offset + r * Y.stride;
      const from = Z.offset + r * Z.stride;
      const largest = rowMaximum(z, from, Z.columns);
      let sum = 0;
      for (let c = 0; c < Y.columns; c++) sum = sum + (y[to + c] = exp(z[from + c] - largest));
      for (let c = 0; c < Y.columns; c++) y[to + c] = flush(y[to + c] / sum);
    }
  },

  softmaxCrossEntropy(losses, dZ, Z, targets, weights, scale) {
    const loss = losses.data as Float64Array;
    const z = Z.data as Float64Array;
    for (let r = 0; r < Z.rows; r++) {
      const target = targets.data[targets.offset + r];
      const weight = weights ? (weights.data as Float64Array)[weights.offset + r * weights.stride] : 1;
      const counted = target >= 0 && weight !== 0;
      const from = Z.offset + r * Z.stride;
      const largest = counted ? rowMaximum(z, from, Z.columns) : 0;
      let sum = 0;
      if (counted) for (let c = 0; c < Z.columns; c++) sum = sum + exp(z[from + c] - largest);
      loss[losses.offset + r * losses.stride] = counted
        ? weight * (log(sum) + (largest - z[from + target]))
        : 0;
      if (!dZ) continue;
      const dz = dZ.data as Float64Array;
      const to = dZ.offset + r * dZ.stride;
      const factor = scale * weight;
      for (let c = 0; c < Z.columns; c++) {
        if (!counted) dz[to + c] = 0;
        else {
          const probability = exp(z[from + c] - largest) / sum;
          dz[to + c] = flush(factor * (c === target ? probability - 1 : probability));
        }
      }
    }
  },
};

function rowMaximum(z: Float64Array, from: number, columns: number): number {
  let largest = z[from];
  for (let c = 1; c < columns; c++) if (z[from + c] > largest) largest = z[from + c];
  return largest;
}

function flush(x: number): number {
  return x < LIMIT && x > -LIMIT ? 0 : x;
}
