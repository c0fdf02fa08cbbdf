import { sigmoid } from "@unroll/activations";
import { compareGradients } from "@unroll/gradcheck";
import {
  GradientMonitor,
  gradientByLag,
  temporalContributions,
  trace,
  traceModel,
} from "@unroll/gradient-flow";
import { Tokens, View } from "@unroll/kernels";
import { RandomState } from "@unroll/linalg";
import { type Loss, meanSquaredError, type Reduction, softmaxCrossEntropy } from "@unroll/losses";
import { type Batch, type SequenceModel, sequenceModel } from "@unroll/model";
import { elman } from "@unroll/rnn-cell";
import { describe, expect, test } from "vitest";

const [T, B, I, O] = [9, 3, 4, 5];
const random = new RandomState(11);
const tokens = (size: number): Tokens =>
  new Tokens(
    Int32Array.from({ length: T * B }, () => random.randint(0, size)),
    0,
    T * B,
  );
const numbers = (columns: number): View => new View(random.randn(T * B * columns), 0, T * B, columns);

const weights = new View(
  Float64Array.from({ length: T * B }, (_, r) => [1, 0, 0.5, 2][r % 4]),
  0,
  T * B,
  1,
);
const cases: [string, Batch, Loss, Reduction][] = [
  [
    "tokens in, tokens out",
    { steps: T, batch: B, inputs: tokens(I), targets: tokens(O) },
    softmaxCrossEntropy(),
    "mean-over-steps",
  ],
  [
    "rows in, tokens out, weights",
    { steps: T, batch: B, inputs: numbers(I), targets: tokens(O), weights },
    softmaxCrossEntropy(),
    "mean-over-batch",
  ],
  [
    "tokens in, rows out",
    { steps: T, batch: B, inputs: tokens(I), targets: numbers(O) },
    meanSquaredError(),
    "sum",
  ],
];

describe.each(cases)("%s", (_, batch, loss, reduction) => {
  const objective = { loss, reduction };
  const stack = (type: "float32" | "float64"): SequenceModel =>
    sequenceModel({
      inputs: I,
      cells: [elman({ hiddenSize: 6 }), elman({ hiddenSize: 3, activation: sigmoid })],
      outputs: O,
      type,
      seed: 5,
    });

  test("the sequences' losses and gradients add up to the model's", () => {
    const model = stack("float64");
    const L = model.gradient(batch, objective);
    const traces = Array.from({ length: B }, (_, b) => traceModel(model, batch, objective, b).trace);
    expect(traces.reduce((sum, { loss: own }) => sum + own, 0)).toBeCloseTo(L, 13);
    const sum = traces[0].parameterGradient.map((x, i) =>
      traces.slice(1).reduce((total, one) => total + one.parameterGradient[i], x),
    );
    const { data, offset, size } = model.gradients;
    const { error } = compareGradients(sum, data.slice(offset, offset + size), {
      tensors: model.layout.slices,
    });
    expect(error).toBeLessThan(1e-13);
    expect(traces[0].layout).toEqual(model.layout);
  });

  test("one memory serves all sequences, with the same bits", () => {
    const model = stack("float64");
    const tracer = traceModel(model, batch, objective, 0);
    const [again] = [1, 2, 0].map((b) => traceModel(model, batch, objective, b, tracer).trace);
    expect(traceModel(model, batch, objective, 1).trace).toEqual(again);
  });

  test("a float32 model runs in float32: states are its own, measures near those in float64", () => {
    const [single, double] = [stack("float32"), stack("float64")];
    for (let i = 0; i < double.parameters.size; i++)
      double.parameters.data[double.parameters.offset + i] =
        single.parameters.data[single.parameters.offset + i];
    const [a, b] = [single, double].map((model) => traceModel(model, batch, objective, 1));
    expect(a.trace.states.every((x) => Math.fround(x) === x)).toBe(true);
    expect(compareGradients(a.trace.jacobians, b.trace.jacobians).error).toBeLessThan(1e-6);
    expect(compareGradients(gradientByLag(a), gradientByLag(b)).error).toBeLessThan(1e-5);
    const [c, d] = [a, b].map((tracer) => temporalContributions(tracer).logNorms);
    for (const [i, log] of c.entries()) if (log > -Infinity) expect(log).toBeCloseTo(d[i], 4);
  });

  test("a monitor in the training step sees the same δ_t", () => {
    const model = stack("float64");
    model.reserve({
      steps: T,
      batch: B,
      tokenInputs: batch.inputs instanceof Tokens,
      tokenTargets: batch.targets instanceof Tokens,
    });
    const monitor = new GradientMonitor({ layers: 2, steps: T + 1 });
    model.unrolled.onBackwardStep = monitor.take;
    model.gradient(batch, objective);
    const traces = Array.from({ length: B }, (_, b) => traceModel(model, batch, objective, b).trace);
    for (const [l, { first, stateSize }] of traces[0].layers.entries()) {
      const logs = monitor.logNorms(l);
      expect(logs[T]).toBeNaN();
      for (let t = 0; t < T; t++) {
        const squares = traces.map(({ totalGradients, stateSize: n }) =>
          totalGradients.slice(t * n + first, t * n + first + stateSize).reduce((sum, x) => sum + x * x, 0),
        );
        const expected = 0.5 * Math.log(squares.reduce((sum, x) => sum + x, 0) / B);
        if (expected === -Infinity) expect(logs[t]).toBe(expected);
        else expect(logs[t]).toBeCloseTo(expected, 12);
      }
    }
  });
});

test("what does not fit is refused", () => {
  const model = sequenceModel({ inputs: I, cells: [elman({ hiddenSize: 2 })], outputs: O });
  const [, batch, loss] = cases[0];
  expect(() => traceModel(model, batch, { loss }, 3)).toThrow(
    "sequence is 3, expected a whole number from 0 to 2",
  );
  expect(() => traceModel(model, { ...batch, inputs: tokens(I + 9) }, { loss })).toThrow();
  const { cells, readout, parameters } = model;
  const inputs = new Tokens(Int32Array.of(0, 1), 0, 2);
  const fine = { parameters, inputs };
  expect(() => trace({ cells, readout }, { ...fine, initialState: [1] })).toThrow(
    "initialState is 1, expected 2",
  );
  expect(() => trace({ cells }, fine)).toThrow("parameters is");
  expect(() => trace({ cells: [], readout }, fine)).toThrow("option cells");
  expect(() => trace({ cells: [...cells, ...cells], readout }, fine)).toThrow(
    "cells[1].inputSize is 4, expected 2",
  );
  expect(() => new GradientMonitor({ layers: 1, steps: 0 })).toThrow("steps is 0");
  const monitor = new GradientMonitor({ layers: 1, steps: 1 });
  const view = new View(new Float64Array(1), 0, 1, 1);
  expect(() => monitor.take({ layer: 1, step: 0, dState: view, delta: view, state: view })).toThrow(
    "GradientMonitor",
  );
});
