import { activationNamed } from "@unroll/activations";
import { View } from "@unroll/kernels";
import { identity } from "@unroll/linalg";
import { type SequenceModel, sequenceModel } from "@unroll/model";
import { elman } from "@unroll/rnn-cell";
import { expect, test } from "vitest";
import { connectivity } from "./connectivity.ts";
import { logSoftmax } from "./scores.ts";

const INPUTS = 7;
const UNKNOWN = 6;
const TOKENS = Int32Array.of(0, 3, 5, 3, 1);
const LABEL = 2;

const model = sequenceModel({
  inputs: INPUTS,
  cells: ["relu", "identity"].map((name) => elman({ hiddenSize: 9, activation: activationNamed(name) })),
  outputs: 4,
  type: "float64",
  seed: 3,
});

/** The first layer has as many units as inputs. */
const plain = sequenceModel({
  inputs: INPUTS,
  cells: [elman({ hiddenSize: INPUTS, initializers: { W_xh: identity() } }), elman({ hiddenSize: 5 })],
  outputs: 4,
  type: "float64",
  seed: 3,
});

/** log p of the label where x_t has moved by h towards `to`: the inputs as rows of numbers. */
function logProbability(t: number, to: ArrayLike<number>, h: number, of: SequenceModel = model): number {
  const rows = new Float64Array(TOKENS.length * INPUTS);
  TOKENS.forEach((token, step) => {
    rows[step * INPUTS + token] = 1;
  });
  for (let i = 0; i < INPUTS; i++) rows[t * INPUTS + i]! += h * (to[i]! - rows[t * INPUTS + i]!);
  const inputs = new View(rows, 0, TOKENS.length, INPUTS);
  const { data } = of.run(inputs, { steps: TOKENS.length, batch: 1 });
  return logSoftmax(data.subarray(data.length - of.outputs))[LABEL]!;
}

const oneHot = (token: number) => Float64Array.from({ length: INPUTS }, (_, i) => (i === token ? 1 : 0));

test("the pull is the slope of log p from the symbol towards the unknown one, by central differences", () => {
  const { pull } = connectivity(model, TOKENS, LABEL, UNKNOWN);
  const h = 1e-6;
  TOKENS.forEach((_, t) => {
    const to = oneHot(UNKNOWN);
    const slope = (logProbability(t, to, h) - logProbability(t, to, -h)) / (2 * h);
    expect(pull[t]).toBeCloseTo(-slope, 8);
  });
});

test("the strength is the norm of the gradient by x_t: here the one-hot row itself, since W_xh = I", () => {
  const { strength } = connectivity(plain, TOKENS, LABEL, UNKNOWN);
  const h = 1e-6;
  TOKENS.forEach((token, t) => {
    let squares = 0;
    for (let i = 0; i < INPUTS; i++) {
      const to = oneHot(token).map((value, j) => value + (i === j ? 1 : 0));
      squares += ((logProbability(t, to, h, plain) - logProbability(t, to, -h, plain)) / (2 * h)) ** 2;
    }
    expect(strength[t]).toBeCloseTo(Math.sqrt(squares), 8);
    expect(strength[t]).toBeGreaterThan(0);
  });
});

test("the model is left as it was", () => {
  const before = [...model.run(new View(new Float64Array(INPUTS), 0, 1, INPUTS), { steps: 1 }).data];
  connectivity(model, TOKENS, LABEL, UNKNOWN);
  expect([...model.run(new View(new Float64Array(INPUTS), 0, 1, INPUTS), { steps: 1 }).data]).toEqual(before);
  expect(model.unrolled.onBackwardStep).toBeUndefined();
});
