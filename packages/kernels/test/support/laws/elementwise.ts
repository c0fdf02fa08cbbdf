import { elementary32, elementary64, flushLimit, type Kernels, View } from "@unroll/kernels";
import type { Law } from "../laws.ts";
import { SIZES } from "../sizes.ts";
import { rowsOf, same, Workspace, write } from "../workspace.ts";

type Round = (x: number) => number;

/** A pass from up to two sources to a destination, and what it does to one element. `y` is the old destination. */
interface Pass {
  readonly name: string;
  readonly run: (kernels: Kernels, Y: View, X: View, Z: View) => void;
  readonly value: (x: number, z: number, y: number, f: Round, limit: number) => number;
}

const passes: readonly Pass[] = [
  { name: "fill", run: (k, Y) => k.fill(Y, -0.3), value: (_x, _z, _y, f) => f(-0.3) },
  { name: "copy", run: (k, Y, X) => k.copy(Y, X), value: (x) => x },
  { name: "add", run: (k, Y, X) => k.add(Y, X), value: (x, _z, y, f) => f(y + x) },
  { name: "scale", run: (k, Y, X) => k.scale(Y, X, 0.3), value: (x, _z, _y, f) => f(f(0.3) * x) },
  { name: "relu", run: (k, Y, X) => k.relu(Y, X), value: (x) => (x < 0 || x === 0 ? 0 : x) },
  {
    name: "tanh",
    run: (k, Y, X) => k.tanh(Y, X),
    value: (x, _z, _y, f) => (f === Math.fround ? elementary32 : elementary64).tanh(x),
  },
  {
    name: "sigmoid",
    run: (k, Y, X) => k.sigmoid(Y, X),
    value: (x, _z, _y, f) => (f === Math.fround ? elementary32 : elementary64).sigmoid(x),
  },
  {
    name: "tanhBackward",
    run: (k, Y, X, Z) => k.tanhBackward(Y, X, Z),
    value: (x, z, _y, f, limit) => flush(f(z * f(1 - f(x * x))), limit),
  },
  {
    name: "sigmoidBackward",
    run: (k, Y, X, Z) => k.sigmoidBackward(Y, X, Z),
    value: (x, z, _y, f, limit) => flush(f(z * f(x * f(1 - x))), limit),
  },
  {
    name: "reluBackward",
    run: (k, Y, X, Z) => k.reluBackward(Y, X, Z),
    value: (x, z, _y, _f, limit) => (x > 0 ? flush(z, limit) : 0),
  },
  {
    name: "identityBackward",
    run: (k, Y, X, Z) => k.identityBackward(Y, X, Z),
    value: (_x, z, _y, _f, limit) => flush(z, limit),
  },
];

function flush(x: number, limit: number): number {
  return Math.abs(x) < limit ? 0 : x;
}

function expected(w: Workspace, pass: Pass, Y: View, X: View, Z: View): number[][] {
  const [y, x, z] = [rowsOf(Y), rowsOf(X), rowsOf(Z)];
  const limit = flushLimit(w.type);
  return y.map((row, r) => row.map((old, c) => pass.value(x[r][c], z[r][c], old, w.round, limit)));
}

/** Numbers at which something changes, of either sign. */
function specialNumbers(w: Workspace): number[] {
  const limit = flushLimit(w.type);
  const tiny = w.type === "float32" ? 2 ** -149 : 2 ** -1074;
  const below = limit * (1 - (w.type === "float32" ? 2 ** -24 : 2 ** -53));
  const positive = [0, tiny, 2 ** -126, below, limit, limit * 2, 0.5, 1, 9, 20, 87.4, 88.8, 1e30, Infinity];
  return [...positive.flatMap((x) => [x, -x]), Number.NaN].map(w.round);
}

export const elementwiseLaws: readonly Law[] = [
  ...passes.map((pass) => ({
    name: `${pass.name} does every element and nothing else, at every size`,
    run(subject: Parameters<Law["run"]>[0]): void {
      const w = new Workspace(subject);
      for (const rows of [0, 1, 3]) {
        for (const columns of SIZES) {
          w.clear();
          const [X, Z, Y] = [w.source(rows, columns), w.source(rows, columns), w.destination(rows, columns)];
          const values = expected(w, pass, Y, X, Z);
          pass.run(w.kernels, Y, X, Z);
          same(`${pass.name} of ${rows}×${columns}`, Y, values);
          w.check(`${pass.name} of ${rows}×${columns}`);
        }
      }
    },
  })),
  ...passes.map((pass) => ({
    name: `${pass.name} may write over a source`,
    run(subject: Parameters<Law["run"]>[0]): void {
      const w = new Workspace(subject);
      for (const over of ["X", "Z"]) {
        w.clear();
        const [X, Z] = [w.destination(3, 13), w.destination(3, 13)];
        const Y = over === "X" ? X : Z;
        const values = expected(w, pass, Y, X, Z);
        pass.run(w.kernels, Y, X, Z);
        same(`${pass.name} over ${over}`, Y, values);
      }
    },
  })),
  ...passes.map((pass) => ({
    name: `${pass.name} treats zeros, denormals, infinities and NaN by its formula`,
    run(subject: Parameters<Law["run"]>[0]): void {
      const w = new Workspace(subject);
      const special = specialNumbers(w);
      const n = special.length;
      const [X, Z, Y] = [w.source(n, n), w.source(n, n), w.destination(n, n)];
      write(
        X,
        special.map((x) => special.map(() => x)),
      );
      write(
        Z,
        special.map(() => special),
      );
      const values = expected(w, pass, Y, X, Z);
      pass.run(w.kernels, Y, X, Z);
      same(`${pass.name} of special numbers`, Y, values);
    },
  })),
  {
    name: "results below the flush limit become +0, results at the limit and NaN stay",
    run(subject) {
      const w = new Workspace(subject);
      const limit = flushLimit(w.type);
      const below = w.round(limit * (1 - (w.type === "float32" ? 2 ** -24 : 2 ** -53)));
      const numbers = [limit, -limit, below, -below, 0, -0, Number.NaN];
      const result = [limit, -limit, 0, 0, 0, 0, Number.NaN];
      for (const run of [
        (Y: View, Z: View) => w.kernels.identityBackward(Y, Z, Z),
        (Y: View, Z: View, ones: View) => w.kernels.reluBackward(Y, ones, Z),
        (Y: View, Z: View, _ones: View, zeros: View) => w.kernels.tanhBackward(Y, zeros, Z),
      ]) {
        w.clear();
        const [Z, ones, zeros, Y] = [w.source(1, 7), w.source(1, 7), w.source(1, 7), w.destination(1, 7)];
        write(Z, [numbers]);
        write(ones, [numbers.map(() => 1)]);
        write(zeros, [numbers.map(() => 0)]);
        run(Y, Z, ones, zeros);
        same("flushed", Y, [result]);
      }
    },
  },
  {
    name: "a row may be given once for all rows (stride 0)",
    run(subject) {
      const w = new Workspace(subject);
      for (const columns of SIZES) {
        w.clear();
        const [X, Y, S, C, T] = [
          w.repeated(4, columns),
          w.destination(4, columns),
          w.destination(4, columns),
          w.destination(4, columns),
          w.destination(4, columns),
        ];
        const x = rowsOf(X);
        const sum = rowsOf(S).map((row, r) => row.map((y, c) => w.round(y + x[r][c])));
        w.kernels.copy(C, X);
        same("copy", C, x);
        w.kernels.add(S, X);
        same("add", S, sum);
        w.kernels.broadcastRow(Y, new View(X.data, X.offset, 1, columns));
        same("broadcastRow", Y, x);
        w.kernels.tanhBackward(T, X, X);
        const { tanhBackward } = Object.fromEntries(passes.map((pass) => [pass.name, pass]));
        same("tanhBackward", T, expected(w, tanhBackward, T, X, X));
        w.check("repeated rows");
      }
    },
  },
  {
    name: "scaleRows multiplies each row by its factor, and a factor 0 gives 0 even for NaN",
    run(subject) {
      const w = new Workspace(subject);
      for (const columns of SIZES) {
        w.clear();
        const [a, Y] = [w.source(4, 1), w.destination(4, columns)];
        write(a, [[0.3].map(w.round), [0], [-0], [1]]);
        const y = rowsOf(Y);
        const nothing = y[1].map(() => Number.NaN);
        write(Y, [y[0], nothing, nothing, y[3]]);
        const zeros = y[1].map(() => 0);
        const scaled = y[0].map((x) => w.round(w.round(0.3) * x));
        w.kernels.scaleRows(Y, a);
        same("scaleRows", Y, [scaled, zeros, zeros, y[3]]);
        w.check(`scaleRows of ${columns} columns`);
      }
    },
  },
];
