import { unroll } from "@unroll/bptt";
import { compareGradients } from "@unroll/gradcheck";
import { type Cut, similarity, truncatedGradients, truncationBias } from "@unroll/gradient-flow";
import { load, View } from "@unroll/kernels";
import { elmanCell } from "@unroll/rnn-cell";
import { describe, expect, test } from "vitest";
import { momentumCell } from "./support/own-cell.ts";
import { type Problem, problem } from "./support/problem.ts";

/** The cells' gradients and δ_t by bptt, sweep by sweep, from the same e_t. */
function byBptt(
  of: Problem,
  truncation: { k1: number; k2: number },
): { gradient: Float64Array; totals: Float64Array } {
  const { trace } = of.tracer;
  const { steps: T, stateSize: n } = trace;
  const { unrolled, parameters, gradients } = unroll(of.cells, {
    steps: T,
    batch: 1,
    type: "float64",
    truncation,
  });
  parameters.data.set(of.run.parameters.data.subarray(0, parameters.size), parameters.offset);
  let first = 0;
  const starts = of.cells.map(({ stateSize }) => {
    first += stateSize;
    return first - stateSize;
  });
  for (const [l, { initialState }] of unrolled.layers.entries())
    load(initialState, new View(of.initialState, starts[l], 1, of.cells[l].stateSize));
  const totals = new Float64Array(T * n);
  unrolled.onBackwardStep = ({ layer, step, dState }) => {
    for (let i = 0; i < dState.columns; i++)
      totals[step * n + starts[layer] + i] += dState.data[dState.offset + i];
  };
  unrolled.forward(of.run.inputs);
  unrolled.backward((_from, _to, _outputs, dOutputs) => {
    const top = starts[starts.length - 1];
    load(dOutputs, new View(trace.localGradients, top, T, dOutputs.columns, n));
  });
  return {
    gradient: Float64Array.from(gradients.data.subarray(gradients.offset, gradients.offset + gradients.size)),
    totals,
  };
}

describe.each([
  ["one layer", problem({ sizes: [5], T: 11 })],
  ["a stack", problem({ sizes: [3, 4], T: 11 })],
  [
    "a cell of the test's own below an Elman cell",
    problem({ cells: [momentumCell(2, 3), elmanCell({ inputSize: 3, hiddenSize: 2 })], T: 11 }),
  ],
])("%s", (_, one) => {
  one.tracer.run(one.run);

  test("every k1 and k2 as bptt truncates", () => {
    const cuts = [1, 2, 3, 5, 11, 20].flatMap((k1) => [1, 2, 4, 11, 20].map((k2) => ({ k1, k2 })));
    for (const [i, { gradient, totalGradients }] of truncatedGradients(one.tracer, cuts).entries()) {
      const { gradient: expected, totals } = byBptt(one, cuts[i]);
      expect(compareGradients(gradient.subarray(0, expected.length), expected).error).toBeLessThan(1e-12);
      expect(compareGradients(totalGradients, totals).error).toBeLessThan(1e-12);
    }
  });

  test("what cuts nothing changes nothing", () => {
    const name = Object.keys(one.tracer.layout.slices)[0];
    for (const bias of truncationBias(
      one.tracer,
      [{ k1: 11, k2: 11 }, { k1: 1, k2: 11 }, { chunk: 11 }, { chunk: 99 }],
      name,
    )) {
      expect(bias.relativeError).toBeLessThan(1e-13);
      expect(bias.cosine).toBeCloseTo(1, 13);
      expect(bias.kept).toBeCloseTo(1, 13);
    }
  });

  test("chunks are runs of their own: the last one does not look back over its cut", () => {
    const [chunked, windowed] = truncatedGradients(one.tracer, [{ chunk: 4 }, { k1: 4, k2: 4 }]);
    const parts = [4, 8, 11].map((to, i) => {
      const from = [0, 4, 8][i];
      const { run } = one;
      const { states, stateSize: n, localGradients } = one.tracer.trace;
      const top = n - one.cells[one.cells.length - 1].stateSize;
      const width = one.cells[one.cells.length - 1].outputSize;
      const { unrolled, parameters, gradients } = unroll(one.cells, {
        steps: to - from,
        batch: 1,
        type: "float64",
      });
      parameters.data.set(run.parameters.data.subarray(0, parameters.size), parameters.offset);
      let first = from * n;
      for (const { initialState } of unrolled.layers) {
        load(initialState, new View(states, first, 1, initialState.columns));
        first += initialState.columns;
      }
      unrolled.forward(new View(run.inputs.data as Float64Array, from * one.m, to - from, one.m));
      unrolled.backward((_f, _t, _o, dOutputs) =>
        load(dOutputs, new View(localGradients, from * n + top, to - from, width, n)),
      );
      return Float64Array.from(gradients.data.subarray(gradients.offset, gradients.offset + gradients.size));
    });
    const expected = parts[0].map((x, i) => x + parts[1][i] + parts[2][i]);
    expect(compareGradients(chunked.gradient.subarray(0, expected.length), expected).error).toBeLessThan(
      1e-12,
    );
    expect(similarity(windowed.gradient, chunked.gradient).relativeError).toBeGreaterThan(1e-6);
  });
});

test("what is not a cut is refused", () => {
  const { tracer, run } = problem();
  tracer.run(run);
  const refused: [Cut, string][] = [
    [{ chunk: 0 }, "option chunk is 0"],
    [{ k1: 1.5, k2: 2 }, "truncation.k1 is 1.5"],
  ];
  for (const [cut, message] of refused) expect(() => truncatedGradients(tracer, [cut])).toThrow(message);
});
