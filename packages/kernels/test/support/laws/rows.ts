import { flushLimit, type View } from "@unroll/kernels";
import type { Law } from "../laws.ts";
import { softmax } from "../oracle.ts";
import { SIZES } from "../sizes.ts";
import { close, rowsOf, same, Workspace, write } from "../workspace.ts";

const ROWS = 5;

function tolerance(w: Workspace): number {
  return w.type === "float32" ? 4e-6 : 1e-14;
}

/** Logits of a row of every temper: calm, wide, one-sided, huge. */
function temper(w: Workspace, Z: View): void {
  const factors = [1, 20, 300, 1e30, 0];
  write(
    Z,
    rowsOf(Z).map((row, r) => row.map((z) => w.round(z * factors[r % factors.length]))),
  );
}

export const rowLaws: readonly Law[] = [
  {
    name: "softmax is that of float64 up to rounding, for calm and for extreme logits",
    run(subject) {
      const w = new Workspace(subject);
      for (const columns of SIZES.slice(1)) {
        w.clear();
        const [Z, Y] = [w.source(ROWS, columns), w.destination(ROWS, columns)];
        temper(w, Z);
        w.kernels.softmax(Y, Z);
        w.check(`softmax of ${columns} columns`);
        const z = rowsOf(Z);
        rowsOf(Y).forEach((row, r) => {
          const { probabilities } = softmax(z[r]);
          row.forEach((p, c) => {
            close(`probability (${r}, ${c}) of ${columns}`, p, probabilities[c], tolerance(w));
          });
        });
      }
    },
  },
  {
    name: "softmax flushes and survives -∞, but not NaN",
    run(subject) {
      const w = new Workspace(subject);
      const limit = flushLimit(w.type);
      const [Z, Y] = [w.source(3, 3), w.destination(3, 3)];
      write(Z, [
        [0, Math.log(limit) * 1.01, Math.log(limit) * 0.99],
        [-Infinity, 2, 2],
        [0, Number.NaN, 1],
      ]);
      w.kernels.softmax(Y, Z);
      const [flushed, , broken] = rowsOf(Y);
      if (!(flushed[0] === 1 && flushed[1] === 0 && flushed[2] >= limit))
        throw new Error(`flush: ${flushed}`);
      same("softmax with -∞", Y, [flushed, [0, 0.5, 0.5], broken]);
      if (!broken.some(Number.isNaN)) throw new Error(`NaN among the logits gave ${broken}`);
    },
  },
  {
    name: "softmax cross-entropy and its gradient are those of float64 up to rounding",
    run(subject) {
      const w = new Workspace(subject);
      const scale = 0.37;
      for (const columns of SIZES.slice(1)) {
        for (const weighted of [false, true]) {
          w.clear();
          const [Z, weights] = [w.source(ROWS, columns), weighted ? w.source(ROWS, 1) : undefined];
          const [losses, dZ, bare] = [
            w.destination(ROWS, 1),
            w.destination(ROWS, columns),
            w.destination(ROWS, 1),
          ];
          temper(w, Z);
          const targets = Array.from({ length: ROWS }, (_, r) => (3 * r + columns) % columns);
          const tokens = w.tokens(targets);
          w.kernels.softmaxCrossEntropy(losses, dZ, Z, tokens, weights, scale);
          w.kernels.softmaxCrossEntropy(bare, undefined, Z, tokens, weights, scale);
          same("losses without the gradient", bare, rowsOf(losses));
          w.check(`cross-entropy of ${columns} columns`);
          const [z, gradients] = [rowsOf(Z), rowsOf(dZ)];
          rowsOf(losses).forEach(([loss], r) => {
            const weight = weights ? rowsOf(weights)[r][0] : 1;
            const { probabilities, logOfSum } = softmax(z[r]);
            const target = targets[r];
            close(`loss ${r} of ${columns}`, loss, weight * (logOfSum - z[r][target]), tolerance(w));
            gradients[r].forEach((g, c) => {
              const exact = scale * weight * (probabilities[c] - (c === target ? 1 : 0));
              close(`gradient (${r}, ${c}) of ${columns}`, g, exact, tolerance(w));
            });
          });
        }
      }
    },
  },
  {
    name: "rows of weight 0 and ignored targets give exact zeros, whatever the logits",
    run(subject) {
      const w = new Workspace(subject);
      for (const columns of [1, 4, 7, 33]) {
        w.clear();
        const [Z, weights, losses, dZ] = [
          w.source(4, columns),
          w.source(4, 1),
          w.destination(4, 1),
          w.destination(4, columns),
        ];
        const z = rowsOf(Z);
        write(Z, [z[0].map(() => Number.NaN), z[1].map(() => Infinity), z[2], z[3].map(() => Number.NaN)]);
        write(weights, [[0], [1], [-0], [2]]);
        w.kernels.softmaxCrossEntropy(losses, dZ, Z, w.tokens([0, -1, 0, -1]), weights, 1);
        const zeros = z.map((row) => row.map(() => 0));
        same("losses", losses, [[0], [0], [0], [0]]);
        same("gradients", dZ, zeros);
        w.check(`ignored rows of ${columns} columns`);
      }
    },
  },
  {
    name: "vanishing gradients of the cross-entropy are flushed",
    run(subject) {
      const w = new Workspace(subject);
      const limit = flushLimit(w.type);
      const [Z, losses, dZ] = [w.source(1, 3), w.destination(1, 1), w.destination(1, 3)];
      write(Z, [[0, Math.log(limit) * 1.01, -1]]);
      w.kernels.softmaxCrossEntropy(losses, dZ, Z, w.tokens([0]), undefined, 1);
      const [[, vanished, kept]] = rowsOf(dZ);
      if (!Object.is(vanished, 0) || kept === 0) throw new Error(`gradients are ${rowsOf(dZ)[0]}`);
    },
  },
];
