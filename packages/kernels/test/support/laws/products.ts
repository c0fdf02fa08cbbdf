import { View } from "@unroll/kernels";
import type { Law } from "../laws.ts";
import { columnSums, product, transpose, transposedProduct } from "../oracle.ts";
import { SIZES } from "../sizes.ts";
import { rowsOf, same, Workspace } from "../workspace.ts";

/** Every size in each dimension beside a few sizes of the others. */
function* shapes(): Generator<[M: number, N: number, K: number]> {
  for (const N of SIZES) {
    for (const M of SIZES) for (const K of [0, 1, 6]) yield [M, N, K];
    for (const K of SIZES) for (const M of [1, 5]) yield [M, N, K];
  }
}

export const productLaws: readonly Law[] = [
  {
    name: "A·B and A·Bᵀ are the naive product, bit for bit, at every size",
    run(subject) {
      const w = new Workspace(subject);
      for (const [M, N, K] of shapes()) {
        w.clear();
        const shape = `${M}×${N}×${K}`;
        const [A, B, Bt] = [w.source(M, K), w.source(K, N), w.source(N, K)];
        const [C, P] = [w.destination(M, N), w.packed(K, N)];
        const first = product(rowsOf(C), rowsOf(A), rowsOf(B), w.round);
        w.kernels.pack(P, B);
        w.kernels.addProduct(C, A, P);
        same(`A·B of ${shape}`, C, first);
        const second = product(first, rowsOf(A), transpose(rowsOf(Bt), K), w.round);
        w.kernels.packTransposed(P, Bt);
        w.kernels.addProduct(C, A, P);
        same(`A·Bᵀ of ${shape}`, C, second);
        w.check(`products of ${shape}`);
      }
    },
  },
  {
    name: "Aᵀ·B is the naive product over rows from the last to the first, bit for bit, at every size",
    run(subject) {
      const w = new Workspace(subject);
      for (const [M, N, R] of shapes()) {
        w.clear();
        const [A, B, C] = [w.source(R, M), w.source(R, N), w.destination(M, N)];
        const expected = transposedProduct(rowsOf(C), rowsOf(A), rowsOf(B), w.round);
        w.kernels.addTransposedProduct(C, A, B);
        same(`Aᵀ·B of ${M}×${N}×${R}`, C, expected);
        w.check(`Aᵀ·B of ${M}×${N}×${R}`);
      }
    },
  },
  {
    name: "Aᵀ·B keeps its order over more rows than any block",
    run(subject) {
      const w = new Workspace(subject);
      for (const R of [127, 128, 129, 300]) {
        w.clear();
        const [A, B, C] = [w.source(R, 9), w.source(R, 19), w.destination(9, 19)];
        const expected = transposedProduct(rowsOf(C), rowsOf(A), rowsOf(B), w.round);
        w.kernels.addTransposedProduct(C, A, B);
        same(`Aᵀ·B over ${R} rows`, C, expected);
      }
    },
  },
  {
    name: "column sums go over rows from the last to the first",
    run(subject) {
      const w = new Workspace(subject);
      for (const R of [...SIZES, 300]) {
        for (const N of SIZES) {
          w.clear();
          const [A, c] = [w.source(R, N), w.destination(1, N)];
          const expected = columnSums(rowsOf(c), rowsOf(A), w.round);
          w.kernels.addColumnSums(c, A);
          same(`column sums of ${R}×${N}`, c, expected);
          w.check(`column sums of ${R}×${N}`);
        }
      }
    },
  },
  {
    name: "sources of products may repeat one row (stride 0)",
    run(subject) {
      const w = new Workspace(subject);
      const [A, B, D] = [w.repeated(7, 6), w.repeated(6, 11), w.repeated(7, 11)];
      const [C, G, c, P] = [
        w.destination(7, 11),
        w.destination(6, 11),
        w.destination(1, 11),
        w.packed(6, 11),
      ];
      const forward = product(rowsOf(C), rowsOf(A), rowsOf(B), w.round);
      w.kernels.pack(P, B);
      w.kernels.addProduct(C, A, P);
      same("A·B", C, forward);
      const gradient = transposedProduct(rowsOf(G), rowsOf(A), rowsOf(D), w.round);
      w.kernels.addTransposedProduct(G, A, D);
      same("Aᵀ·B", G, gradient);
      const sums = columnSums(rowsOf(c), rowsOf(D), w.round);
      w.kernels.addColumnSums(c, D);
      same("column sums", c, sums);
      w.check("products of repeated rows");
    },
  },
  {
    name: "a row computed in a batch is the row computed alone",
    run(subject) {
      const w = new Workspace(subject);
      for (const [M, N, K] of [
        [13, 21, 17],
        [64, 33, 8],
        [5, 64, 65],
      ]) {
        w.clear();
        const [A, B, C, P] = [w.source(M, K), w.source(K, N), w.destination(M, N), w.packed(K, N)];
        const before = rowsOf(C);
        w.kernels.pack(P, B);
        w.kernels.addProduct(C, A, P);
        const batch = rowsOf(C);
        for (let m = 0; m < M; m++) {
          const alone = new View(C.data, C.offset + m * C.stride, 1, N, C.stride);
          before[m].forEach((x, n) => {
            alone.data[alone.offset + n] = x;
          });
          w.kernels.addProduct(alone, new View(A.data, A.offset + m * A.stride, 1, K, A.stride), P);
          same(`row ${m} of ${M}×${N}×${K}`, alone, [batch[m]]);
        }
      }
    },
  },
];
