import { identity, relu, tanh } from "@unroll/activations";
import { compareGradients } from "@unroll/gradcheck";
import {
  gradientByLag,
  gradientByStep,
  type Trace,
  Tracer,
  temporalContributions,
} from "@unroll/gradient-flow";
import { View } from "@unroll/kernels";
import { type Cell, elmanCell } from "@unroll/rnn-cell";
import { describe, expect, test } from "vitest";
import { momentumCell } from "./support/own-cell.ts";
import { type ProblemOptions, problem } from "./support/problem.ts";

const sumOf = (rows: Float64Array, size: number): Float64Array => {
  const sums = new Float64Array(size);
  for (const [i, x] of rows.entries()) sums[i % size] += x;
  return sums;
};

/** The parts of dL/dθ that a trace has from one backward sweep. */
function swept(trace: Trace, name: string): Float64Array {
  const { offset, rows, columns } = trace.layout.slices[name];
  return trace.parameterGradient.slice(offset, offset + rows * columns);
}

describe.each<[string, ProblemOptions, string[]]>([
  ["one layer", { sizes: [5], T: 9 }, ["0.W_hh", "0.W_xh", "0.b_h"]],
  ["a stack", { sizes: [3, 4, 2] }, ["0.W_hh", "1.W_hh", "2.W_hh", "0.W_xh", "2.W_xh", "1.b_h"]],
  ["a cell of the test's own", { cells: [momentumCell(2, 3)] }, ["0.U", "0.W_x", "0.mu"]],
  [
    "the two in a stack",
    { cells: [momentumCell(2, 3), elmanCell({ inputSize: 3, hiddenSize: 4 })] },
    ["0.U", "0.mu", "1.W_hh", "1.W_xh"],
  ],
])("%s: the items add up to the gradient of one sweep", (_, options, names) => {
  test.each(names)("%s", (name) => {
    const { tracer, run } = problem(options);
    const expected = swept(tracer.run(run), name);
    const sum = (rows: Float64Array): Float64Array => sumOf(rows, expected.length);
    expect(compareGradients(sum(gradientByLag(tracer, name)), expected).error).toBeLessThan(1e-12);
    expect(compareGradients(sum(gradientByStep(tracer, name)), expected).error).toBeLessThan(1e-12);
    const { shares } = temporalContributions(tracer, name);
    expect(shares.reduce((total, share) => total + share, 0)).toBeCloseTo(1, 12);
  });
});

test.each([tanh, relu, identity])(
  "$name: norms and shares against rank-one terms written out",
  (activation) => {
    const { tracer, run, T } = problem({ sizes: [4], activation, T: 7 });
    const trace = tracer.run(run);
    const { logNorms, shares } = temporalContributions(tracer);
    const { W_hh, derivatives } = trace.layers[0].elman!;
    const n = 4;
    const total = swept(trace, "0.W_hh");
    const squares = total.reduce((sum, x) => sum + x * x, 0);
    for (let t = 1; t <= T; t++) {
      let flow = [...trace.localGradients.slice((t - 1) * n, t * n)];
      for (let k = t; k >= 1; k--) {
        const a = flow.map((x, i) => x * derivatives![(k - 1) * n + i]);
        const h = [...trace.states.slice((k - 1) * n, k * n)];
        const term = a.flatMap((x) => h.map((y) => x * y));
        const norm = Math.sqrt(term.reduce((sum, x) => sum + x * x, 0));
        const at = (t - 1) * T + k - 1;
        expect(Math.exp(logNorms[at])).toBeCloseTo(norm, 12);
        expect(shares[at]).toBeCloseTo(term.reduce((sum, x, i) => sum + x * total[i], 0) / squares, 12);
        flow = h.map((_, j) => a.reduce((sum, x, i) => sum + x * W_hh[i * n + j], 0));
      }
    }
  },
);

test("the short way for Elman cells gives what the cell itself makes of each term", () => {
  const short = problem({ sizes: [3, 4] });
  const disguised = short.cells.map((cell): Cell => ({ ...facts(cell), kind: "in disguise" }));
  const long = problem({ cells: disguised });
  short.tracer.run(short.run);
  long.tracer.run(long.run);
  expect(long.tracer.trace.layers[0].elman).toBeUndefined();
  for (const name of ["0.W_hh", "1.W_hh", "0.W_xh", "1.W_xh", "1.b_h"]) {
    const [a, b] = [short, long].map(({ tracer }) => temporalContributions(tracer, name));
    for (const [i, log] of a.logNorms.entries()) {
      if (log === -Infinity) expect(b.logNorms[i]).toBe(log);
      else expect(b.logNorms[i]).toBeCloseTo(log, 12);
      expect(b.shares[i]).toBeCloseTo(a.shares[i], 12);
    }
  }
});

function facts(cell: Cell): Cell {
  const { kind, inputSize, outputSize, stateSize, gateSize, tapeSize, deltaSize, parameters } = cell;
  return {
    ...{ kind, inputSize, outputSize, stateSize, gateSize, tapeSize, deltaSize, parameters },
    initialize: (vector, random) => cell.initialize(vector, random),
    bind: (arena, vector, gradients) => cell.bind(arena, vector, gradients),
  };
}

describe("h_t = w h_{t-1}, h_0 = 1, L = h_3: dL/dw = 3w²", () => {
  const w = 1.25;
  const cell = elmanCell({ inputSize: 1, hiddenSize: 1, activation: identity, bias: false });
  const tracer = new Tracer({ cells: [cell], steps: 3 });
  const trace = tracer.run({
    parameters: new View(Float64Array.of(0, w), 0, 1, 2),
    inputs: new View(new Float64Array(3), 0, 3, 1),
    initialState: [1],
    objective: (outputs, dOutputs) => {
      dOutputs.data[dOutputs.offset + outputs.rows - 1] = 1;
    },
  });

  test("three terms w², one for each step that uses w: the derivative is the immediate one", () => {
    const { logNorms, shares } = temporalContributions(tracer);
    const last = [...logNorms.slice(6)].map(Math.exp);
    for (const term of last) expect(term).toBeCloseTo(w ** 2, 14);
    for (const share of shares.slice(6)) expect(share).toBeCloseTo(1 / 3, 14);
    expect(trace.parameterGradient[1]).toBeCloseTo(3 * w ** 2, 14);
  });

  test("a total derivative in its place counts early steps again and again: 6w²", () => {
    const total = [1, 2, 3].reduce((sum, k) => sum + w ** (3 - k) * k * w ** (k - 1), 0);
    expect(total).toBe(6 * w ** 2);
    expect(Math.abs(total - trace.parameterGradient[1])).toBeGreaterThan(1);
  });
});

test("contributions below the smallest number have logarithms all the same", () => {
  const cell = elmanCell({ inputSize: 1, hiddenSize: 2, activation: identity, bias: false });
  const T = 400;
  const tracer = new Tracer({ cells: [cell], steps: T });
  tracer.run({
    parameters: new View(Float64Array.of(0, 0, 0.01, 0, 0, 0.01), 0, 1, 6),
    inputs: new View(new Float64Array(T), 0, T, 1),
    initialState: [1e200, 0],
    objective: (_, dOutputs) => dOutputs.data.fill(1, dOutputs.offset, dOutputs.offset + 2 * T),
  });
  const { logNorms } = temporalContributions(tracer);
  // a_{T,1} = 0.01^{T-1} (1, 1) and h_0 = (1e200, 0).
  const expected = (T - 1) * Math.log(0.01) + 200 * Math.LN10 + Math.log(Math.SQRT2);
  expect(logNorms[(T - 1) * T]).toBeCloseTo(expected, 9);
});

test("a parameter that no cell has is refused", () => {
  const { tracer, run } = problem();
  tracer.run(run);
  expect(() => temporalContributions(tracer, "readout.W_hy")).toThrow("one of 0.W_xh, 0.W_hh, 0.b_h");
  expect(() => gradientByLag(tracer, "1.W_hh")).toThrow("gradientByLag: option parameter");
});
