import { Arena, type Kernels, View } from "@unroll/kernels";
import { describe, expect, test } from "vitest";
import { laws } from "./support/laws.ts";
import { rowsOf, write } from "./support/workspace.ts";

// Kernels with one error each: the laws must notice it, and the right law must.

interface Planted {
  readonly error: string;
  readonly law: string;
  readonly change: (right: Kernels) => Partial<Kernels>;
}

/** The last rows, columns or elements of a matrix, as a view. */
function lastColumns(X: View, count: number): View {
  return new View(X.data, X.offset + X.columns - count, X.rows, count, X.stride);
}

const planted: readonly Planted[] = [
  {
    error: "a product that sums k in descending order",
    law: "A·B and A·Bᵀ are the naive product",
    change: () => ({
      packedSize: (inner, columns) => inner * columns,
      pack: (packed, B) => {
        write(new View(packed.data, packed.offset, B.rows, B.columns), rowsOf(B));
      },
      addProduct: (C, A, P) => {
        for (let m = 0; m < C.rows; m++) {
          for (let n = 0; n < C.columns; n++) {
            const at = C.offset + m * C.stride + n;
            for (let k = A.columns - 1; k >= 0; k--) {
              const term = Math.fround(
                A.data[A.offset + m * A.stride + k] * P.data[P.offset + k * C.columns + n],
              );
              C.data[at] = Math.fround(C.data[at] + term);
            }
          }
        }
      },
    }),
  },
  {
    error: "a product that adds to a sum instead of summing onto the destination",
    law: "A·B and A·Bᵀ are the naive product",
    change: (right) => ({
      addProduct: (C, A, P) => {
        const before = rowsOf(C);
        right.fill(C, 0);
        right.addProduct(C, A, P);
        write(
          C,
          rowsOf(C).map((row, r) => row.map((x, c) => Math.fround(before[r][c] + x))),
        );
      },
    }),
  },
  {
    error: "a product that misses the columns after the last whole panel",
    law: "A·B and A·Bᵀ are the naive product",
    change: (right) => ({
      addProduct: (C, A, P) => {
        const tail = lastColumns(C, C.columns % 8);
        const before = rowsOf(tail);
        right.addProduct(C, A, P);
        write(tail, before);
      },
    }),
  },
  {
    error: "a product that writes a whole panel at the edge",
    law: "A·B and A·Bᵀ are the naive product",
    change: (right) => ({
      addProduct: (C, A, P) => {
        right.addProduct(C, A, P);
        if (C.rows > 0 && C.columns % 8 > 0) C.data[C.offset + (C.rows - 1) * C.stride + C.columns] = 0;
      },
    }),
  },
  {
    error: "a product that takes its inner size one too small",
    law: "A·B and A·Bᵀ are the naive product",
    change: (right) => ({
      addProduct: (C, A, P) =>
        right.addProduct(C, new View(A.data, A.offset, A.rows, Math.max(A.columns - 1, 0), A.stride), P),
    }),
  },
  {
    error: "a product of batches that rounds the second row differently",
    law: "a row computed in a batch",
    change: (right) => ({
      addProduct: (C, A, P) => {
        right.addProduct(C, A, P);
        if (C.rows > 1)
          C.data[C.offset + C.stride] = Math.fround(C.data[C.offset + C.stride] * (1 + 2 ** -23));
      },
    }),
  },
  {
    error: "weight gradients summed from the first row to the last",
    law: "Aᵀ·B is the naive product",
    change: (right) => ({
      addTransposedProduct: (C, A, B) => {
        for (let r = 0; r < A.rows; r++) {
          right.addTransposedProduct(
            C,
            new View(A.data, A.offset + r * A.stride, 1, A.columns, A.stride),
            new View(B.data, B.offset + r * B.stride, 1, B.columns, B.stride),
          );
        }
      },
    }),
  },
  {
    error: "column sums from the first row to the last",
    law: "column sums go over rows",
    change: (right) => ({
      addColumnSums: (c, A) => {
        for (let r = 0; r < A.rows; r++) {
          right.addColumnSums(c, new View(A.data, A.offset + r * A.stride, 1, A.columns, A.stride));
        }
      },
    }),
  },
  {
    error: "tokens that take a row of W for its column",
    law: "tokens give the bits",
    change: (right) => ({
      addTokenColumns: (C, tokens, W) => {
        const turned = new View(W.data, W.offset, W.rows, W.columns, 1);
        right.addTokenColumns(C, tokens, turned);
      },
    }),
  },
  {
    error: "scattered gradients in the order of the rows",
    law: "scattered gradients give the bits",
    change: () => ({
      scatterAddColumns: (dW, tokens, D) => {
        for (let r = 0; r < D.rows; r++) {
          const token = tokens.data[tokens.offset + r];
          for (let n = 0; n < D.columns; n++) {
            const at = dW.offset + n * dW.stride + token;
            dW.data[at] = Math.fround(dW.data[at] + D.data[D.offset + r * D.stride + n]);
          }
        }
      },
    }),
  },
  {
    error: "a pass that leaves out the last element of a row",
    law: "tanh does every element",
    change: (right) => ({
      tanh: (Y, Z) => {
        const tail = lastColumns(Y, Math.min(Y.columns, 1));
        const before = rowsOf(tail);
        right.tanh(Y, Z);
        if (Y.columns % 4 !== 0) write(tail, before);
      },
    }),
  },
  {
    error: "a pass that ignores the stride of its source",
    law: "copy does every element",
    change: (right) => ({
      copy: (Y, X) => right.copy(Y, new View(X.data, X.offset, X.rows, X.columns)),
    }),
  },
  {
    error: "the host's tanh",
    law: "tanh does every element",
    change: () => ({
      tanh: (Y, Z) => {
        write(
          Y,
          rowsOf(Z).map((row) => row.map(Math.tanh)),
        );
      },
    }),
  },
  {
    error: "a flush that keeps denormal numbers",
    law: "results below the flush limit",
    change: (right) => ({ identityBackward: (dZ, _Y, dY) => right.copy(dZ, dY) }),
  },
  {
    error: "a flush that turns NaN into 0",
    law: "results below the flush limit",
    change: (right) => ({
      identityBackward: (dZ, Y, dY) => {
        right.identityBackward(dZ, Y, dY);
        write(
          dZ,
          rowsOf(dZ).map((row) => row.map((x) => (Number.isNaN(x) ? 0 : x))),
        );
      },
    }),
  },
  {
    error: "a scaling of rows that multiplies NaN by 0",
    law: "scaleRows multiplies",
    change: () => ({
      scaleRows: (Y, a) => {
        write(
          Y,
          rowsOf(Y).map((row, r) => row.map((y) => y * a.data[a.offset + r * a.stride])),
        );
      },
    }),
  },
  {
    error: "a softmax without the largest logit taken out",
    law: "softmax is that of float64",
    change: () => ({
      softmax: (Y, Z) => {
        write(
          Y,
          rowsOf(Z).map((row) => {
            const powers = row.map((z) => Math.fround(Math.exp(z)));
            const sum = powers.reduce((a, b) => a + b, 0);
            return powers.map((p) => p / sum);
          }),
        );
      },
    }),
  },
  {
    error: "a cross-entropy that forgets the scale",
    law: "softmax cross-entropy and its gradient",
    change: (right) => ({
      softmaxCrossEntropy: (losses, dZ, Z, targets, weights) =>
        right.softmaxCrossEntropy(losses, dZ, Z, targets, weights, 1),
    }),
  },
  {
    error: "a cross-entropy that multiplies NaN by weight 0",
    law: "rows of weight 0",
    change: (right) => ({
      softmaxCrossEntropy: (losses, dZ, Z, targets, weights, scale) => {
        right.softmaxCrossEntropy(losses, dZ, Z, targets, undefined, scale);
        if (weights) right.add(losses, losses);
      },
    }),
  },
  {
    error: "a sum in one accumulator",
    law: "sums, sums of squares and dot products",
    change: () => ({
      sum: (X) =>
        rowsOf(X)
          .flat()
          .reduce((a, b) => a + b, 0),
    }),
  },
  {
    error: "a search for NaN that misses infinity",
    law: "the first NaN or infinity",
    change: () => ({ firstNonFinite: (X) => rowsOf(X).flat().findIndex(Number.isNaN) }),
  },
  {
    error: "an update with the sign of the gradient turned",
    law: "sgdUpdate follows",
    change: (right) => ({
      sgdUpdate: (theta, g, eta, lambda, kappa) => right.sgdUpdate(theta, g, -eta, lambda, kappa),
    }),
  },
];

describe("the laws notice", () => {
  test.each(planted)("$error", ({ law: name, change }) => {
    const matching = laws.filter((law) => law.name.startsWith(name));
    expect(matching).toHaveLength(1);
    const arena = (): Arena => new Arena("float32", "portable");
    const subject = { kind: "portable", type: "float32", arena } as const;
    expect(() => matching[0].run(subject)).not.toThrow();
    const broken = { ...subject, kernels: (made: Arena) => ({ ...made.kernels, ...change(made.kernels) }) };
    expect(() => matching[0].run(broken)).toThrow();
  });

  test("kernels of another kind than asked for", () => {
    const arena = (): Arena => new Arena("float32", "portable");
    expect(() => laws[0].run({ kind: "simd", type: "float32", arena })).toThrow("portable, expected simd");
    expect(() => laws[0].run({ kind: "portable", type: "float64", arena })).toThrow(
      "float32, expected float64",
    );
  });
});
