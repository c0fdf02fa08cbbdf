import type { Law } from "../laws.ts";
import { reduction } from "../oracle.ts";
import { SIZES } from "../sizes.ts";
import { rowsOf, Workspace, write } from "../workspace.ts";

function equal(what: string, got: number, expected: number): void {
  if (!Object.is(got, expected)) throw new Error(`${what} is ${got}, expected ${expected}`);
}

export const reductionLaws: readonly Law[] = [
  {
    name: "sums, sums of squares and dot products use eight partial sums in one order",
    run(subject) {
      const w = new Workspace(subject);
      for (const rows of [0, 1, 3, 8, 65]) {
        for (const columns of SIZES) {
          w.clear();
          const [X, Y] = [w.source(rows, columns), w.source(rows, columns)];
          // Magnitudes far apart, so that another order gives other bits.
          write(
            X,
            rowsOf(X).map((row, r) => row.map((x, c) => w.round(x * 10 ** (((r + 3 * c) % 13) - 6)))),
          );
          const [x, y] = [rowsOf(X).flat(), rowsOf(Y).flat()];
          const shape = `${rows}×${columns}`;
          equal(`sum of ${shape}`, w.kernels.sum(X), reduction(x));
          equal(`sum of squares of ${shape}`, w.kernels.sumOfSquares(X), reduction(x.map((v) => v * v)));
          equal(`dot product of ${shape}`, w.kernels.dot(X, Y), reduction(x.map((v, i) => v * y[i])));
          w.check(`reductions of ${shape}`);
        }
      }
    },
  },
  {
    name: "reductions to a number are in float64",
    run(subject) {
      const w = new Workspace(subject);
      const X = write(w.source(1, 2), [[1e30, 1]]);
      const large = w.round(1e30);
      equal("sum of squares", w.kernels.sumOfSquares(X), large * large + 1);
    },
  },
  {
    name: "the first NaN or infinity is found wherever it stands",
    run(subject) {
      const w = new Workspace(subject);
      for (const columns of SIZES.slice(1)) {
        w.clear();
        const X = w.source(3, columns);
        equal("place in finite numbers", w.kernels.firstNonFinite(X), -1);
        for (let i = 3 * columns - 1; i >= 0; i--) {
          const at = X.offset + Math.floor(i / columns) * X.stride + (i % columns);
          X.data[at] = [Number.NaN, Infinity, -Infinity][i % 3];
          equal(`place in ${columns} columns`, w.kernels.firstNonFinite(X), i);
        }
      }
    },
  },
];
