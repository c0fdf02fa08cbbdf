import { centralDifference, compareGradients } from "@unroll/gradcheck";
import { type Arena, isTokens, type View } from "@unroll/kernels";
import { type Layout, layout } from "@unroll/linalg";
import { softmaxCrossEntropy } from "@unroll/losses";
import { type SequenceModel, sequenceModel } from "@unroll/model";
import { adam } from "@unroll/optim";
import { type BoundCell, type Cell, elman } from "@unroll/rnn-cell";
import { expect, test } from "vitest";
import { bits, randomBatch } from "./support/batches.ts";

/**
 * A cell of the test's own, in plain loops; its state is wider than what it shows.
 *
 *     c_t = λ ⊙ c_{t-1} + W x_t + U h_{t-1}      h_t = c_t / √(1 + c_t²)
 *
 * The state is [h | c], the gates are W x, the deltas dc, the tape is empty.
 */
function slowCell(n: number): (inputSize: number) => Cell {
  return (inputSize) => {
    const parameters = layout({ W: [n, inputSize], U: [n, n], lambda: [1, n] });
    return {
      kind: "slow",
      inputSize,
      outputSize: n,
      stateSize: 2 * n,
      gateSize: n,
      tapeSize: 0,
      deltaSize: n,
      parameters,
      initialize: (vector, random) => random.fillUniform(vector, -0.7, 0.7),
      bind: (_arena: Arena, vector, gradients) => bound(n, parameters, vector, gradients),
    };
  };
}

const at = (X: View, r: number, c: number): number => X.data[X.offset + r * X.stride + c];
const put = (X: View, r: number, c: number, value: number): void => {
  X.data[X.offset + r * X.stride + c] = value;
};

function bound(n: number, { slices }: Layout, vector: View, gradients: View): BoundCell {
  const place = (name: string, i: number, j: number): number =>
    slices[name].offset + i * slices[name].columns + j;
  const get = (name: string, i: number, j: number): number => vector.data[vector.offset + place(name, i, j)];
  const addTo = (name: string, i: number, j: number, term: number): void => {
    gradients.data[gradients.offset + place(name, i, j)] += term;
  };
  return {
    prepare() {},
    project(inputs, gates) {
      for (let r = 0; r < gates.rows; r++)
        for (let i = 0; i < n; i++) {
          let sum = 0;
          if (isTokens(inputs)) sum = get("W", i, inputs.data[inputs.offset + r]);
          else for (let j = 0; j < inputs.columns; j++) sum += get("W", i, j) * at(inputs, r, j);
          put(gates, r, i, sum);
        }
    },
    step(gates, previous, next) {
      for (let r = 0; r < gates.rows; r++)
        for (let i = 0; i < n; i++) {
          let c = get("lambda", 0, i) * at(previous, r, n + i) + at(gates, r, i);
          for (let j = 0; j < n; j++) c += get("U", i, j) * at(previous, r, j);
          put(next, r, i, c / Math.sqrt(1 + c * c));
          put(next, r, n + i, c);
        }
    },
    stepBackward(_tape, _previous, next, dNext, delta, dPrevious) {
      for (let r = 0; r < delta.rows; r++) {
        for (let i = 0; i < n; i++) {
          const c = at(next, r, n + i);
          const root = Math.sqrt(1 + c * c);
          const dc = at(dNext, r, n + i) + at(dNext, r, i) / (root * root * root);
          put(delta, r, i, dc);
          put(dPrevious, r, n + i, get("lambda", 0, i) * dc);
        }
        for (let j = 0; j < n; j++) {
          let dh = 0;
          for (let i = 0; i < n; i++) dh += get("U", i, j) * at(delta, r, i);
          put(dPrevious, r, j, dh);
        }
      }
    },
    inputGradient(delta, dInputs) {
      for (let r = 0; r < delta.rows; r++)
        for (let j = 0; j < dInputs.columns; j++) {
          let dx = 0;
          for (let i = 0; i < n; i++) dx += get("W", i, j) * at(delta, r, i);
          put(dInputs, r, j, dx);
        }
    },
    accumulate(inputs, previous, _tape, delta) {
      for (let r = delta.rows - 1; r >= 0; r--)
        for (let i = 0; i < n; i++) {
          const dc = at(delta, r, i);
          if (isTokens(inputs)) addTo("W", i, inputs.data[inputs.offset + r], dc);
          else for (let j = 0; j < inputs.columns; j++) addTo("W", i, j, dc * at(inputs, r, j));
          for (let j = 0; j < n; j++) addTo("U", i, j, dc * at(previous, r, j));
          addTo("lambda", 0, i, dc * at(previous, r, n + i));
        }
    },
  };
}

const loss = softmaxCrossEntropy();

/** Above and below cells of another kind. */
const mixed = (): SequenceModel =>
  sequenceModel({
    inputs: 3,
    cells: [slowCell(4), elman({ hiddenSize: 2 }), slowCell(3)],
    outputs: 3,
    type: "float64",
    seed: 2,
  });

test.each(["tokens", "float64"] as const)("its gradients are those of differences: %s", (kind) => {
  const model = mixed();
  const batch = randomBatch({ steps: 6, batch: 2, inputs: 3, outputs: 3, kind });
  model.gradient(batch, { loss });
  const { data, offset, columns } = model.gradients;
  const gradient = data.slice(offset, offset + columns);
  const { parameters } = model;
  const expected = centralDifference(
    (theta) => {
      parameters.data.set(theta, parameters.offset);
      model.parametersChanged();
      const { sum, weight } = model.evaluate(batch, loss);
      return sum / weight;
    },
    parameters.data.slice(parameters.offset, parameters.offset + columns),
    { points: 5 },
  );
  expect(compareGradients(gradient, expected, { tensors: model.layout.slices }).error).toBeLessThan(1e-8);
});

test("streams, checkpoints and chunks have the bits of the whole", () => {
  const model = mixed();
  const batch = randomBatch({ steps: 12, batch: 2, inputs: 3, outputs: 3 });
  const L = model.gradient(batch, { loss });
  const gradients = bits(model.gradients);
  const states = model.saveStates().map(bits);
  expect(states.map((rows) => rows[0].length)).toEqual([8, 2, 6].map((size) => 16 * size));
  const outputs = model.run(batch.inputs, batch);

  const output = new Float64Array(3);
  const stream = model.stream();
  for (let t = 0; t < 12; t++) {
    stream.step(batch.inputs.data[2 * t], output);
    expect([...output]).toEqual([...outputs.data.slice(6 * t, 6 * t + 3)]);
  }

  const kept = mixed();
  kept.reserve({
    ...kept.plan,
    steps: 12,
    batch: 2,
    tokenInputs: true,
    tokenTargets: true,
    checkpoint: "sqrt",
  });
  expect(kept.gradient(batch, { loss })).toBe(L);
  expect(bits(kept.gradients)).toEqual(gradients);
  expect(kept.saveStates().map(bits)).toEqual(states);
});

test("it learns", () => {
  const model = sequenceModel({ inputs: 3, cells: [slowCell(8)], outputs: 3, seed: 1 });
  // The target is the input three steps before.
  const batch = randomBatch({ steps: 15, batch: 8, inputs: 3, outputs: 3 });
  batch.targets.data.fill(-1, 0, 24);
  batch.targets.data.set(batch.inputs.data.slice(0, 96), 24);
  const optimizer = adam({ learningRate: 0.03 });
  model.reserve({ ...model.plan, optimizer });
  const first = model.gradient(batch, { loss });
  const state = model.optimizerState;
  if (!state) throw new Error("no state");
  for (let i = 0; i < 300; i++) {
    model.gradient(batch, { loss });
    optimizer.update(model.kernels, model.parameters, model.gradients, state);
    model.parametersChanged();
  }
  expect(first).toBeGreaterThan(1);
  expect(model.gradient(batch, { loss })).toBeLessThan(0.05);
});
