import {
  add,
  assertGradients,
  type Complex,
  complex,
  complexStep,
  divide,
  multiply,
  sqrt,
  subtract,
} from "@unroll/gradcheck";
import { OmegaRegularizer } from "@unroll/gradient-flow";
import { Tokens, View } from "@unroll/kernels";
import { RandomState, slice } from "@unroll/linalg";
import { softmaxCrossEntropy } from "@unroll/losses";
import { type Batch, type SequenceModel, sequenceModel } from "@unroll/model";
import { elman } from "@unroll/rnn-cell";
import { describe, expect, test } from "vitest";

const [T, B, n] = [7, 3, 5];
const model = sequenceModel({
  inputs: 4,
  cells: [elman({ hiddenSize: n })],
  outputs: 4,
  seed: 2,
  type: "float64",
});
const random = new RandomState(1);
const batch: Batch = {
  steps: T,
  batch: B,
  inputs: new Tokens(
    Int32Array.from(random.randn(T * B), (x) => Math.abs(Math.floor(2 * x)) % 4),
    0,
    T * B,
  ),
  targets: new Tokens(
    Int32Array.from(random.randn(T * B), (x) => Math.abs(Math.floor(2 * x)) % 4),
    0,
    T * B,
  ),
};

/** δ and D δ of all rows, and W_hh, of one pass. */
function pass(of: SequenceModel): { states: number[][]; deltas: number[][]; W: View } {
  const states: number[][] = [];
  const deltas: number[][] = [];
  of.unrolled.onBackwardStep = ({ dState, delta }) => {
    for (let b = 0; b < B; b++) {
      states.push([...dState.data.slice(dState.offset + b * n, dState.offset + (b + 1) * n)]);
      deltas.push([...delta.data.slice(delta.offset + b * n, delta.offset + (b + 1) * n)]);
    }
  };
  of.gradient(batch, { loss: softmaxCrossEntropy() });
  return { states, deltas, W: slice(of.parameters, of.layout, "0.W_hh") };
}

describe.each(["squared", "root"] as const)("the %s form", (form) => {
  const { states, deltas, W } = pass(model);
  const omega = new OmegaRegularizer({ steps: 9, batch: 4, hiddenSize: n, form });
  model.unrolled.onBackwardStep = omega.take;
  model.gradient(batch, { loss: softmaxCrossEntropy() });
  const dW = new View(new Float64Array(n * n), 0, n, n);
  const value = omega.addGradient(W, dW, 3);

  /** Ω as a function of W_hh alone: δ and D δ stay as they are. */
  const plain = (weights: readonly Complex[]): Complex => {
    let sum = complex(0);
    for (const [r, delta] of deltas.entries()) {
      let squares = complex(0);
      for (let j = 0; j < n; j++) {
        let v = complex(0);
        for (let i = 0; i < n; i++) v = add(v, multiply(weights[i * n + j], delta[i]));
        squares = add(squares, multiply(v, v));
      }
      const ratio = divide(
        squares,
        states[r].reduce((total, x) => total + x * x, 0),
      );
      const off = subtract(form === "squared" ? ratio : sqrt(ratio), 1);
      sum = add(sum, multiply(off, off));
    }
    return divide(sum, deltas.length);
  };

  test("value, and gradient by complex steps", () => {
    const weights = W.data.slice(W.offset, W.offset + n * n);
    expect(value).toBeCloseTo(plain([...weights].map((x) => complex(x))).re, 13);
    assertGradients(
      dW.data,
      complexStep(plain, weights).map((x) => 3 * x),
      { tolerance: 1e-12 },
    );
  });

  test("a gradient is added to; a pass counts once", () => {
    model.unrolled.onBackwardStep = omega.take;
    model.gradient(batch, { loss: softmaxCrossEntropy() });
    const before = dW.data.slice();
    expect(omega.addGradient(W, dW, 3)).toBe(value);
    assertGradients(
      dW.data,
      before.map((x) => 2 * x),
      { tolerance: 1e-14 },
    );
    expect(() => omega.addGradient(W)).toThrow("no backward pass was taken");
  });
});

test("rows that vanished are left out; if all did, Ω is 0", () => {
  const omega = new OmegaRegularizer({ steps: 1, batch: 2, hiddenSize: 1 });
  const row = (...values: number[]): View => new View(Float64Array.from(values), 0, 2, 1);
  const one = new View(Float64Array.of(1), 0, 1, 1);
  const dW = new View(new Float64Array(1), 0, 1, 1);
  omega.take({ layer: 0, step: 0, dState: row(2, 1e-11), delta: row(1, 1e-12), state: row(0, 0) });
  expect(omega.addGradient(one, dW)).toBe((1 / 4 - 1) ** 2);
  expect(dW.data[0]).toBeCloseTo(4 * (1 / 4 - 1) * (1 / 4), 14); // Ω = (w²/4 - 1)²
  expect([...omega.ratios]).toEqual([0.25, 1]);
  omega.take({ layer: 0, step: 0, dState: row(0, 0), delta: row(0, 0), state: row(0, 0) });
  expect(omega.addGradient(one, dW)).toBe(0);
});

test("what does not fit is refused", () => {
  const fine = { steps: 2, batch: 1, hiddenSize: 2 };
  expect(() => new OmegaRegularizer({ ...fine, batch: 0 })).toThrow("batch is 0");
  expect(() => new OmegaRegularizer({ ...fine, form: "cubed" as "root" })).toThrow('option form is "cubed"');
  const omega = new OmegaRegularizer(fine);
  const [dState, state] = [new View(new Float64Array(3), 0, 1, 3), new View(new Float64Array(2), 0, 1, 2)];
  expect(() => omega.take({ layer: 0, step: 0, dState, delta: dState, state })).toThrow("OmegaRegularizer");
  expect(() => omega.take({ layer: 1, step: 0, dState, delta: dState, state })).not.toThrow();
  omega.take({ layer: 0, step: 0, dState: state, delta: state, state });
  expect(() => omega.addGradient(dState)).toThrow("W_hh is 1×3, expected 2×2");
});
