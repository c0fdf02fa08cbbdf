import type { Products } from "../../kernels.ts";
import type { View } from "../../view.ts";

const f = Math.fround;
const PANEL = 8; // columns of B that are packed side by side

/**
 * A packed K×N operand is a row of panels; panel p holds columns 8p … 8p+7: for each k ascending, eight numbers.
 * Columns beyond N are exact zeros.
 */
export const products: Products = {
  packedSize(inner, columns) {
    return inner * Math.ceil(columns / PANEL) * PANEL;
  },

  pack(packed, B) {
    packPanels(packed, B, B.rows, B.columns, B.stride, 1);
  },

  packTransposed(packed, B) {
    packPanels(packed, B, B.columns, B.rows, 1, B.stride);
  },

  addProduct(C, A, P) {
    const c = C.data as Float32Array;
    const a = A.data as Float32Array;
    const p = P.data as Float32Array;
    const K = A.columns;
    const whole = C.columns - (C.columns % PANEL);
    for (let n = 0; n < whole; n += PANEL) {
      for (let r = 0; r < C.rows; r++) {
        const at = C.offset + r * C.stride + n;
        let c0 = c[at];
        let c1 = c[at + 1];
        let c2 = c[at + 2];
        let c3 = c[at + 3];
        let c4 = c[at + 4];
        let c5 = c[at + 5];
        let c6 = c[at + 6];
        let c7 = c[at + 7];
        const row = A.offset + r * A.stride;
        let q = P.offset + n * K;
        for (let k = 0; k < K; k++, q += PANEL) {
          const x = a[row + k];
          c0 = f(c0 + f(x * p[q]));
          c1 = f(c1 + f(x * p[q + 1]));
          c2 = f(c2 + f(x * p[q + 2]));
          c3 = f(c3 + f(x * p[q + 3]));
          c4 = f(c4 + f(x * p[q + 4]));
          c5 = f(c5 + f(x * p[q + 5]));
          c6 = f(c6 + f(x * p[q + 6]));
          c7 = f(c7 + f(x * p[q + 7]));
        }
        c[at] = c0;
        c[at + 1] = c1;
        c[at + 2] = c2;
        c[at + 3] = c3;
        c[at + 4] = c4;
        c[at + 5] = c5;
        c[at + 6] = c6;
        c[at + 7] = c7;
      }
    }
    for (let n = whole; n < C.columns; n++) {
      for (let r = 0; r < C.rows; r++) {
        const at = C.offset + r * C.stride + n;
        const row = A.offset + r * A.stride;
        let q = P.offset + whole * K + (n - whole);
        let sum = c[at];
        for (let k = 0; k < K; k++, q += PANEL) sum = f(sum + f(a[row + k] * p[q]));
        c[at] = sum;
      }
    }
  },

  addTransposedProduct(C, A, B) {
    const c = C.data as Float32Array;
    const a = A.data as Float32Array;
    const b = B.data as Float32Array;
    const whole = C.columns - (C.columns % 4);
    for (let m = 0; m < C.rows; m++) {
      const at = C.offset + m * C.stride;
      const lastA = A.offset + m + (A.rows - 1) * A.stride;
      const lastB = B.offset + (B.rows - 1) * B.stride;
      for (let n = 0; n < whole; n += 4) {
        let c0 = c[at + n];
        let c1 = c[at + n + 1];
        let c2 = c[at + n + 2];
        let c3 = c[at + n + 3];
        for (let r = A.rows, i = lastA, j = lastB + n; r > 0; r--, i -= A.stride, j -= B.stride) {
          const x = a[i];
          c0 = f(c0 + f(x * b[j]));
          c1 = f(c1 + f(x * b[j + 1]));
          c2 = f(c2 + f(x * b[j + 2]));
          c3 = f(c3 + f(x * b[j + 3]));
        }
        c[at + n] = c0;
        c[at + n + 1] = c1;
        c[at + n + 2] = c2;
        c[at + n + 3] = c3;
      }
      for (let n = whole; n < C.columns; n++) {
        let sum = c[at + n];
        for (let r = A.rows, i = lastA, j = lastB + n; r > 0; r--, i -= A.stride, j -= B.stride) {
          sum = f(sum + f(a[i] * b[j]));
        }
        c[at + n] = sum;
      }
    }
  },

  addColumnSums(c, A) {
    const sums = c.data as Float32Array;
    const a = A.data as Float32Array;
    for (let r = A.rows - 1; r >= 0; r--) {
      const row = A.offset + r * A.stride;
      for (let n = 0; n < A.columns; n++) sums[c.offset + n] = f(sums[c.offset + n] + a[row + n]);
    }
  },
};

/** Element (k, n) of the operand stands at `k * kStride + n * nStride` in B. */
function packPanels(packed: View, B: View, K: number, N: number, kStride: number, nStride: number): void {
  const p = packed.data as Float32Array;
  const b = B.data as Float32Array;
  let q = packed.offset;
  for (let n0 = 0; n0 < N; n0 += PANEL) {
    const width = Math.min(PANEL, N - n0);
    for (let k = 0; k < K; k++, q += PANEL) {
      const from = B.offset + k * kStride + n0 * nStride;
      for (let n = 0; n < width; n++) p[q + n] = b[from + n * nStride];
      for (let n = width; n < PANEL; n++) p[q + n] = 0;
    }
  }
}
