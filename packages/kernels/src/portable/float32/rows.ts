import { exp, log } from "../../elementary/float32.ts";
import { FLUSH_FLOAT32 } from "../../flush.ts";
import type { RowKernels } from "../../kernels.ts";

const f = Math.fround;
const LIMIT = FLUSH_FLOAT32;

export const rowKernels: RowKernels = {
  softmax(Y, Z) {
    const y = Y.data as Float32Array;
    const z = Z.data as Float32Array;
    for (let r = 0; r < Y.rows; r++) {
      const to = Y.offset + r * Y.stride;
      const from = Z.offset + r * Z.stride;
      const largest = rowMaximum(z, from, Z.columns);
      let sum = 0;
      for (let c = 0; c < Y.columns; c++) sum = f(sum + (y[to + c] = exp(f(z[from + c] - largest))));
      for (let c = 0; c < Y.columns; c++) y[to + c] = flush(f(y[to + c] / sum));
    }
  },

  softmaxCrossEntropy(losses, dZ, Z, targets, weights, scale) {
    const loss = losses.data as Float32Array;
    const z = Z.data as Float32Array;
    for (let r = 0; r < Z.rows; r++) {
      const target = targets.data[targets.offset + r];
      const weight = weights ? (weights.data as Float32Array)[weights.offset + r * weights.stride] : 1;
      const counted = target >= 0 && weight !== 0;
      const from = Z.offset + r * Z.stride;
      const largest = counted ? rowMaximum(z, from, Z.columns) : 0;
      let sum = 0;
      if (counted) for (let c = 0; c < Z.columns; c++) sum = f(sum + exp(f(z[from + c] - largest)));
      loss[losses.offset + r * losses.stride] = counted
        ? f(weight * f(log(sum) + f(largest - z[from + target])))
        : 0;
      if (!dZ) continue;
      const dz = dZ.data as Float32Array;
      const to = dZ.offset + r * dZ.stride;
      const factor = f(f(scale) * weight);
      for (let c = 0; c < Z.columns; c++) {
        if (!counted) dz[to + c] = 0;
        else {
          const probability = f(exp(f(z[from + c] - largest)) / sum);
          dz[to + c] = flush(f(factor * (c === target ? f(probability - 1) : probability)));
        }
      }
    }
  },
};

function rowMaximum(z: Float32Array, from: number, columns: number): number {
  let largest = z[from];
  for (let c = 1; c < columns; c++) if (z[from + c] > largest) largest = z[from + c];
  return largest;
}

function flush(x: number): number {
  return x < LIMIT && x > -LIMIT ? 0 : x;
}
