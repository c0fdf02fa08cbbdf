import type { UnrolledStack } from "@unroll/bptt";
import { compareGradients, type GradientComparison } from "@unroll/gradcheck";
import { type Rows, View } from "@unroll/kernels";
import { slice } from "@unroll/linalg";
import type { BoundCell } from "@unroll/rnn-cell";
import { alteredCell } from "@unroll/rnn-cell/laws";
import { expect, test } from "vitest";
import { expectedGradient } from "./support/oracle.ts";
import { problem, rowsOf, tensorsOf } from "./support/problem.ts";
import { gradientOf, gradientsIn, outputGradient, prepared } from "./support/run.ts";

/** The oracle of the other tests must see each of these errors: far above the tolerance, and in the right tensor. */
const T = 5;
const B = 2;
const n = 3;
const one = problem({ T, B, sizes: [n] });
const expected = expectedGradient(one);
const compared = (gradient: Float64Array): GradientComparison =>
  compareGradients(gradient, expected, { tensors: tensorsOf(one) });

const clean = compared(gradientOf(one)).tensors;
const wrong = (gradient: Float64Array): string[] => {
  const { tensors } = compared(gradient);
  return Object.keys(tensors).filter((name) => !(tensors[name] < 1e-6));
};

/** The tensors that are wrong if the cell does something else. */
function wrongWith(
  change: (bound: BoundCell, parameters: View, gradients: View) => Partial<BoundCell>,
): string[] {
  return wrong(gradientOf(one, { cells: [alteredCell(one.cells[0], change)] }));
}

/** The tensors that are wrong if the unrolled stack is used in another way. */
function wrongAfter(use: (stack: UnrolledStack) => void): string[] {
  const stack = prepared(one);
  use(stack);
  return wrong(gradientsIn(stack));
}

const shifted = ({ data, offset, rows, columns, stride }: View, steps: number): View =>
  new View(data, offset + steps * B * stride, rows, columns, stride);

const everything = [
  "parameters.0.W_xh",
  "parameters.0.W_hh",
  "parameters.0.b_h",
  "inputs.all",
  "h_0 of layer 0.all",
];

test("without an error all tensors agree", () => {
  expect(Object.keys(clean)).toEqual(everything);
  expect(Math.max(...Object.values(clean))).toBeLessThan(1e-12);
  expect(wrongWith(() => ({}))).toEqual([]);
});

test("a dropped bias gradient", () => {
  const found = wrongWith((bound, _, gradients) => ({
    accumulate(...views) {
      bound.accumulate(...views);
      const { data, offset } = slice(gradients, one.cells[0].parameters, "b_h");
      data.fill(0, offset, offset + n);
    },
  }));
  expect(found).toEqual(["parameters.0.b_h"]);
});

test("a stale time step: h_t in place of h_{t-1}", () => {
  const found = wrongWith((bound) => ({
    accumulate: (inputs, previous, tape, delta) =>
      bound.accumulate(inputs, shifted(previous, 1), tape, delta),
  }));
  expect(found).toEqual(["parameters.0.W_hh"]);
});

test("a transposed W_hh", () => {
  const found = wrongWith((bound, parameters) => ({
    stepBackward(tape, previous, next, dNext, delta, dPrevious) {
      bound.stepBackward(tape, previous, next, dNext, delta, dPrevious);
      const W_hh = slice(parameters, one.cells[0].parameters, "W_hh");
      for (let b = 0; b < B; b++) {
        for (let i = 0; i < n; i++) {
          let sum = 0;
          for (let j = 0; j < n; j++)
            sum += W_hh.data[W_hh.offset + i * n + j] * delta.data[delta.offset + b * n + j];
          dPrevious.data[dPrevious.offset + b * n + i] = sum;
        }
      }
    },
  }));
  expect(found).toEqual(everything);
});

test("σ' left out", () => {
  const found = wrongWith((bound) => ({
    stepBackward(tape, previous, next, dNext, delta, dPrevious) {
      bound.stepBackward(tape, previous, next, dNext, delta, dPrevious);
      for (let i = 0; i < B * n; i++) delta.data[delta.offset + i] = dNext.data[dNext.offset + i];
    },
  }));
  expect(found).toEqual(everything.slice(0, 4)); // dPrevious was right
});

test("nothing flows to the step before", () => {
  const found = wrongWith((bound) => ({
    stepBackward(tape, previous, next, dNext, delta, dPrevious) {
      bound.stepBackward(tape, previous, next, dNext, delta, dPrevious);
      dPrevious.data.fill(0, dPrevious.offset, dPrevious.offset + B * n);
    },
  }));
  expect(found).toEqual(everything);
});

test("an off-by-one time index of the inputs", () => {
  const found = wrongWith((bound) => ({
    accumulate: (inputs: Rows, previous, tape, delta) =>
      bound.accumulate(shifted(inputs as View, -1), previous, tape, delta),
  }));
  expect(found).toEqual(["parameters.0.W_xh"]);
});

test("an off-by-one time index of the losses", () => {
  const found = wrongAfter(({ unrolled }) => {
    unrolled.forward(rowsOf(one));
    unrolled.backward((from, to, outputs, dOutputs, row) => {
      outputGradient(one)(from, to, outputs, dOutputs, row);
      dOutputs.data.copyWithin(dOutputs.offset, dOutputs.offset + B * n, dOutputs.offset + T * B * n);
    });
  });
  expect(found).toEqual(everything);
});

test("a state that is not reset", () => {
  const found = wrongAfter(({ arena, gradients, unrolled }) => {
    unrolled.forward(rowsOf(one));
    arena.kernels.copy(unrolled.layers[0].initialState, unrolled.layers[0].finalState);
    unrolled.forward(rowsOf(one));
    arena.kernels.fill(gradients, 0);
    unrolled.backward(outputGradient(one));
  });
  expect(found).toEqual(everything);
});

test("gradients that are not reset", () => {
  const found = wrongAfter(({ unrolled }) => {
    for (let i = 0; i < 2; i++) {
      unrolled.forward(rowsOf(one));
      unrolled.backward(outputGradient(one));
    }
  });
  expect(found).toEqual(everything.slice(0, 3)); // dL/d(inputs) and dL/d(h_0) are overwritten
});

test("dL/d(final state) left out", () => {
  const found = wrongAfter(({ arena, unrolled }) => {
    arena.kernels.fill(unrolled.layers[0].dFinalState, 0);
    unrolled.forward(rowsOf(one));
    unrolled.backward(outputGradient(one));
  });
  expect(found).toEqual(everything);
});
