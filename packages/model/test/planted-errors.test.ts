import { assertGradients, compareGradients, GradientError } from "@unroll/gradcheck";
import { type Tokens, View } from "@unroll/kernels";
import { slice } from "@unroll/linalg";
import type { Loss } from "@unroll/losses";
import { SequenceModel } from "@unroll/model";
import type { Cell, Readout } from "@unroll/rnn-cell";
import { alteredCell } from "@unroll/rnn-cell/laws";
import { expect, test } from "vitest";
import { alteredReadout } from "./support/altered-readout.ts";
import { expectedGradient, modelGradient } from "./support/oracle.ts";
import { modelOf, problem, setParameters, tensorsOf } from "./support/problem.ts";

/** The check of gradients.test.ts must see each of these errors, far above its tolerance and in the right tensors. */
const T = 5;
const B = 2;
const n = 3;
const one = problem({ T, B, sizes: [n] });
const right = modelOf(one);
const expected = expectedGradient(one, right);
const tensors = tensorsOf(one, right);

interface Change {
  readonly cell?: (cell: Cell) => Cell;
  readonly readout?: (readout: Readout) => Readout;
  readonly loss?: (loss: Loss) => Loss;
}

function gradientWith({ cell, readout, loss }: Change): Float64Array {
  const model = new SequenceModel({
    type: "float64",
    cells: right.cells.map((each) => cell?.(each) ?? each),
    readout: readout?.(right.readout) ?? right.readout,
  });
  setParameters(model, one.seed);
  return modelGradient(one, model, loss?.(one.loss.loss)).gradient;
}

/** The tensors that are wrong. */
function wrong(change: Change): string[] {
  const gradient = gradientWith(change);
  const { tensors: errors, error } = compareGradients(gradient, expected, { tensors });
  if (error > 1e-12)
    expect(() => assertGradients(gradient, expected, { tensors, tolerance: 1e-12 })).toThrow(GradientError);
  return Object.keys(errors).filter((name) => !(errors[name] < 1e-6));
}

const shifted = ({ data, offset, rows, columns, stride }: View, steps: number): View =>
  new View(data, offset + steps * B * stride, rows, columns, stride);

const W_xh = "model.0.W_xh";
const W_hh = "model.0.W_hh";
const b_h = "model.0.b_h";
const W_hy = "model.readout.W_hy";
const b_y = "model.readout.b_y";
const h_0 = "layer 0.h_0";
const all = [W_xh, W_hh, b_h, W_hy, b_y, h_0];
const throughTime = [W_xh, W_hh, b_h, h_0];

test("without an error all tensors agree", () => {
  expect(Object.keys(tensors)).toEqual(all);
  expect(wrong({})).toEqual([]);
  expect(
    wrong({ cell: (cell) => alteredCell(cell, () => ({})), readout: (r) => alteredReadout(r, () => ({})) }),
  ).toEqual([]);
});

test("a dropped bias gradient", () => {
  const cell = (of: Cell): Cell =>
    alteredCell(of, (bound, _, gradients) => ({
      accumulate(...views) {
        bound.accumulate(...views);
        const { data, offset } = slice(gradients, of.parameters, "b_h");
        data.fill(0, offset, offset + n);
      },
    }));
  expect(wrong({ cell })).toEqual([b_h]);
});

test("a dropped bias gradient of the readout", () => {
  const readout = (of: Readout): Readout =>
    alteredReadout(of, (bound, gradients) => ({
      accumulate(...views) {
        bound.accumulate(...views);
        const { data, offset, columns } = slice(gradients, of.parameters, "b_y");
        data.fill(0, offset, offset + columns);
      },
    }));
  expect(wrong({ readout })).toEqual([b_y]);
});

test("a stale time step: σ' at h_{t-1}", () => {
  const cell = (of: Cell): Cell =>
    alteredCell(of, (bound) => ({
      stepBackward: (tape, previous, _next, dNext, delta, dPrevious) =>
        bound.stepBackward(tape, previous, previous, dNext, delta, dPrevious),
    }));
  expect(wrong({ cell })).toEqual(throughTime);
});

test("a transposed W_hh", () => {
  const cell = (of: Cell): Cell =>
    alteredCell(of, (bound, parameters) => ({
      stepBackward(tape, previous, next, dNext, delta, dPrevious) {
        bound.stepBackward(tape, previous, next, dNext, delta, dPrevious);
        const W = slice(parameters, of.parameters, "W_hh");
        for (let b = 0; b < B; b++) {
          for (let i = 0; i < n; i++) {
            let sum = 0;
            for (let j = 0; j < n; j++)
              sum += W.data[W.offset + i * n + j] * delta.data[delta.offset + b * n + j];
            dPrevious.data[dPrevious.offset + b * n + i] = sum;
          }
        }
      },
    }));
  expect(wrong({ cell })).toEqual(throughTime);
});

test("an off-by-one time index of the states: h_t in place of h_{t-1}", () => {
  const cell = (of: Cell): Cell =>
    alteredCell(of, (bound) => ({
      accumulate: (inputs, previous, tape, delta) =>
        bound.accumulate(inputs, shifted(previous, 1), tape, delta),
    }));
  expect(wrong({ cell })).toEqual([W_hh]);
});

test("an off-by-one time index of the inputs", () => {
  const cell = (of: Cell): Cell =>
    alteredCell(of, (bound) => ({
      accumulate: (inputs, previous, tape, delta) =>
        bound.accumulate(shifted(inputs as View, -1), previous, tape, delta),
    }));
  expect(wrong({ cell })).toEqual([W_xh]);
});

test("an off-by-one time index of the targets", () => {
  const loss = (of: Loss): Loss => ({
    ...of,
    evaluate(kernels, losses, dOutputs, outputs, targets, weights, scale) {
      const { data, offset } = targets as Tokens;
      data.copyWithin(offset, offset + B, offset + T * B);
      of.evaluate(kernels, losses, dOutputs, outputs, targets, weights, scale);
    },
  });
  expect(wrong({ loss })).toEqual(all);
});

test("the states of the last step for the readout's gradient", () => {
  const readout = (of: Readout): Readout =>
    alteredReadout(of, (bound) => ({
      accumulate: (states, ...views) => bound.accumulate(shifted(states, -1), ...views),
    }));
  expect(wrong({ readout })).toEqual([W_hy]);
});
