import type { View } from "@unroll/kernels";
import type { Law } from "../laws.ts";
import { SIZES } from "../sizes.ts";
import { rowsOf, same, Workspace, write } from "../workspace.ts";

const ROWS = [0, 1, 2, 7, 33];

function pick(w: Workspace, rows: number, vocabulary: number): number[] {
  return Array.from({ length: rows }, () => Math.floor(Math.abs(w.random()) * vocabulary));
}

function oneHot(w: Workspace, tokens: readonly number[], vocabulary: number): View {
  return write(
    w.source(tokens.length, vocabulary),
    tokens.map((token) => Array.from({ length: vocabulary }, (_, v) => (v === token ? 1 : 0))),
  );
}

export const tokenLaws: readonly Law[] = [
  {
    name: "tokens give the bits of the product with a one-hot matrix",
    run(subject) {
      const w = new Workspace(subject);
      for (const R of ROWS) {
        for (const N of SIZES) {
          w.clear();
          const V = 1 + ((N + R) % 11);
          const values = pick(w, R, V);
          const [W, X] = [w.source(N, V), oneHot(w, values, V)];
          const [C, dense, P] = [w.destination(R, N), w.destination(R, N), w.packed(V, N)];
          write(dense, rowsOf(C));
          w.kernels.packTransposed(P, W);
          w.kernels.addProduct(dense, X, P);
          w.kernels.addTokenColumns(C, w.tokens(values), W);
          same(`${R} tokens, ${N} columns`, C, rowsOf(dense));
          w.check(`${R} tokens, ${N} columns`);
        }
      }
    },
  },
  {
    name: "scattered gradients give the bits of the product with a one-hot matrix",
    run(subject) {
      const w = new Workspace(subject);
      for (const R of ROWS) {
        for (const N of SIZES) {
          w.clear();
          const V = 1 + ((N + R) % 11);
          const values = pick(w, R, V);
          const [D, X] = [w.source(R, N), oneHot(w, values, V)];
          const [dW, dense] = [w.destination(N, V), w.destination(N, V)];
          write(dense, rowsOf(dW));
          w.kernels.addTransposedProduct(dense, D, X);
          w.kernels.scatterAddColumns(dW, w.tokens(values), D);
          same(`${R} tokens, ${N} columns`, dW, rowsOf(dense));
          w.check(`${R} tokens, ${N} columns`);
        }
      }
    },
  },
];
