import { unroll } from "@unroll/bptt";
import { availableKernels, load, View } from "@unroll/kernels";
import { RandomState } from "@unroll/linalg";
import { elmanCell } from "@unroll/rnn-cell";
import { describe, expect, test } from "vitest";
import { problem, rowsOf } from "./support/problem.ts";
import {
  elements,
  gradientOf,
  gradientsIn,
  matrix,
  outputGradient,
  prepared,
  setStates,
} from "./support/run.ts";

describe("a run may be smaller than planned", () => {
  const small = problem({ T: 3, B: 2, sizes: [3, 4] });
  const large = problem({ T: 5, B: 4, sizes: [3, 4], seed: 2 });

  test("in steps, in sequences, in both", () => {
    const expected = gradientOf(small);
    for (const [steps, batch] of [
      [7, 2],
      [3, 5],
      [7, 5],
    ])
      expect(gradientOf(small, { steps, batch })).toEqual(expected);
  });

  test("and grow again, without a trace of what was there", () => {
    const stack = prepared(large);
    for (const one of [large, small, large, small, large]) {
      stack.parameters.data.set(one.parameters, stack.parameters.offset);
      stack.arena.kernels.fill(stack.gradients, 0);
      setStates(one, stack);
      stack.unrolled.forward(rowsOf(one), one.T, one.B);
      expect([stack.unrolled.steps, stack.unrolled.batch]).toEqual([one.T, one.B]);
      stack.unrolled.backward(outputGradient(one));
      expect(gradientsIn(stack)).toEqual(gradientOf(one));
    }
  });

  test("the batch is taken from the rows of the inputs", () => {
    const { unrolled } = prepared(small, { steps: 3, batch: 5 });
    unrolled.forward(rowsOf(small));
    expect(unrolled.batch).toBe(2);
  });

  test("resetStates clears all sequences, also those of a larger run before", () => {
    const { unrolled } = prepared(large);
    unrolled.resetStates(1);
    const [{ initialState }] = unrolled.layers;
    expect(initialState.rows).toBe(1);
    initialState.rows = large.B;
    expect(elements(initialState)).toEqual(new Array(large.B * 3).fill(0));
  });
});

describe("the same bits", () => {
  const cells = [elmanCell({ inputSize: 3, hiddenSize: 9 }), elmanCell({ inputSize: 9, hiddenSize: 5 })];
  const [T, B] = [6, 7];
  const inputs = matrix(T * B, new RandomState(8).randn(T * B * 3));

  function run(
    options: Partial<Parameters<typeof unroll>[1]>,
    sequences: readonly number[],
  ): { outputs: number[][]; gradients: number[] } {
    const { unrolled, arena, parameters, gradients, layout } = unroll(cells, {
      steps: T,
      batch: B,
      ...options,
    });
    const random = new RandomState(3);
    cells.reduce((at, cell) => {
      cell.initialize(new View(parameters.data, at, 1, cell.parameters.size), random);
      return at + cell.parameters.size;
    }, parameters.offset);
    expect(layout.size).toBe(parameters.size);
    const rows = matrix(T * sequences.length, new Float64Array(T * sequences.length * 3));
    for (let t = 0; t < T; t++) {
      sequences.forEach((b, i) => {
        load(new View(rows.data, (t * sequences.length + i) * 3, 1, 3), inputs, t * B + b);
      });
    }
    unrolled.forward(rows);
    const outputs = elements(unrolled.outputs);
    unrolled.backward((_from, _to, from, to) => arena.kernels.copy(to, from));
    return {
      outputs: sequences.map((_, i) =>
        outputs.filter((_, at) => Math.floor(at / 5) % sequences.length === i),
      ),
      gradients: elements(gradients),
    };
  }

  const everyone = Array.from({ length: B }, (_, b) => b);

  test.each(["float32", "float64"] as const)(
    "for the same seed, run after run, on all kernels that are reproducible (%s)",
    (type) => {
      const once = run({ type }, everyone);
      expect(run({ type }, everyone)).toEqual(once);
      for (const kernels of availableKernels().filter((kind) => kind !== "relaxed-simd"))
        expect(run({ type, kernels }, everyone)).toEqual(once);
    },
  );

  test.each(["float32", "float64"] as const)("of the outputs for any split of the batch (%s)", (type) => {
    const { outputs } = run({ type }, everyone);
    for (const parts of [
      [everyone.slice(0, 3), everyone.slice(3)],
      [[6, 0], [5, 2, 1], [3], [4]],
      everyone.map((b) => [b]),
    ]) {
      for (const part of parts) expect(run({ type }, part).outputs).toEqual(part.map((b) => outputs[b]));
    }
  });
});
