import { identity } from "@unroll/activations";
import { decayOf, diagnose, traceModel, truncationBias } from "@unroll/gradient-flow";
import { Tokens, View } from "@unroll/kernels";
import { constant, gaussian, orthogonal, RandomState, slice } from "@unroll/linalg";
import { lastStepWeights, meanSquaredError, softmaxCrossEntropy } from "@unroll/losses";
import { type Batch, type SequenceModel, sequenceModel } from "@unroll/model";
import { elman } from "@unroll/rnn-cell";
import { describe, expect, test } from "vitest";
import { momentumCell } from "./support/own-cell.ts";

test("decay in steps and words", () => {
  expect(decayOf(-8 * Math.LN2, 8)).toEqual({ regime: "vanishing", rate: -Math.LN2, halfLife: 1 });
  expect(decayOf(4 * Math.LN2, 8)).toEqual({ regime: "exploding", rate: Math.LN2 / 2, halfLife: -2 });
  expect(decayOf(0.1, 10)).toMatchObject({ regime: "holding" });
  expect(decayOf(0, 10)).toEqual({ regime: "holding", rate: 0, halfLife: Infinity });
  expect(decayOf(0, 0)).toEqual({ regime: "holding", rate: 0, halfLife: Infinity });
  expect(decayOf(-Infinity, 3)).toMatchObject({ regime: "vanishing", rate: -Infinity });
});

const T = 40;

/** One linear unit, h_t = w h_{t-1} + x_t, with its loss at the last step. */
function linearUnit(w: number): { model: SequenceModel; batch: Batch } {
  const cell = elman({
    hiddenSize: 1,
    activation: identity,
    bias: false,
    initializers: { W_hh: constant(w), W_xh: constant(1) },
  });
  const model = sequenceModel({
    inputs: 1,
    cells: [cell],
    outputs: 1,
    type: "float64",
    readout: { initializers: { W_hy: constant(1) } },
  });
  const ones = new View(new Float64Array(2 * T).fill(1), 0, 2 * T, 1);
  return {
    model,
    batch: { steps: T, batch: 2, inputs: ones, targets: ones, weights: lastStepWeights(T, 2, "float64") },
  };
}

describe("one linear unit: everything is w^d", () => {
  test("vanishing", () => {
    const { model, batch } = linearUnit(0.5);
    const found = diagnose(model, batch, { loss: meanSquaredError() });
    expect(found).toMatchObject({ sequences: 2, step: T, reach: 6, threshold: 0.01, parameter: "0.W_hh" }); // 2^-6 > 0.01 > 2^-7
    expect(found.logArriving).toBeCloseTo(-39 * Math.LN2, 12);
    expect(found.logBound).toBeCloseTo(-39 * Math.LN2, 12);
    expect(found.lyapunov).toBeCloseTo(-Math.LN2, 12);
    expect(found.decay).toMatchObject({ regime: "vanishing", halfLife: expect.closeTo(1, 12) });
    expect(found.layers).toEqual([{ layer: 0, slope: 1, norm: 0.5, radius: 0.5, saturated: 0 }]);
    expect(found.sentences).toEqual([
      "The loss at step 40 reaches back about 6 steps: earlier ones get less than 1 % of its gradient, halving every step.",
      "The bound (γ‖W_hh‖)^39 with γ‖W_hh‖ = 0.5 allows a factor of 10^-12 back to step 1; the true one is 10^-12.",
      "0 % of the units of layer 0 are saturated (σ' ≤ 0.1γ).",
      "To get the gradient of 0.W_hh within 5 %, go back 5 steps.",
    ]);
  });

  test("exploding, holding", () => {
    const up = linearUnit(1.25);
    const found = diagnose(up.model, up.batch, { loss: meanSquaredError() }, { clip: { norm: 1 } });
    expect(found.sentences[0]).toBe(
      "The loss at step 40 explodes on its way back: 6000 times as large at step 1, doubling every 3.1 steps.",
    );
    expect(found.sentences.at(-1)).toMatch(/^Clipping takes this gradient from norm .* to 1, cosine 1\.$/);
    const level = linearUnit(1);
    const steady = diagnose(level.model, level.batch, { loss: meanSquaredError() });
    expect(steady.sentences[0]).toBe(
      "The loss at step 40 reaches back to step 1: 100 % of its gradient arrives there.",
    );
    expect(steady.reach).toBe(39);
    const growing = linearUnit(1.05);
    expect(diagnose(growing.model, growing.batch, { loss: meanSquaredError() }).sentences[0]).toBe(
      "The loss at step 40 reaches back to step 1: its gradient is 6.7 times as large there, doubling every 14 steps.",
    );
  });
});

const random = new RandomState(4);
const symbols = (size: number): Tokens =>
  new Tokens(
    Int32Array.from({ length: 3 * T }, () => random.randint(0, size)),
    0,
    3 * T,
  );
const text: Batch = { steps: T, batch: 3, inputs: symbols(6), targets: symbols(6) };

describe("a network", () => {
  const model = sequenceModel({
    inputs: 6,
    cells: [
      elman({
        hiddenSize: 20,
        initializers: { W_hh: gaussian({ sd: 1.6 / Math.sqrt(20) }), W_xh: gaussian({ sd: 1 }) },
      }),
    ],
    outputs: 6,
    seed: 1,
    type: "float64",
  });
  const found = diagnose(model, text, { loss: softmaxCrossEntropy() });

  test("the window is the one at which truncation comes within 5 %", () => {
    // Over the sequences together: one by one they may need more or less.
    const one = { ...text, batch: 1, inputs: symbols(6), targets: symbols(6) };
    const single = {
      ...one,
      inputs: new Tokens(one.inputs.data, 0, T),
      targets: new Tokens(one.targets.data, 0, T),
    } as Batch;
    const { window } = diagnose(model, single, { loss: softmaxCrossEntropy() });
    const tracer = traceModel(model, single, { loss: softmaxCrossEntropy() });
    const [enough, less] = truncationBias(tracer, [
      { k1: 1, k2: window },
      { k1: 1, k2: window - 1 },
    ]);
    expect(enough.relativeError).toBeLessThanOrEqual(0.05);
    expect(less.relativeError).toBeGreaterThan(0.05);
  });

  test("radius above 1, and gradients vanish: it says so", () => {
    const {
      layers: [{ radius }],
      lyapunov,
      sentences,
    } = found;
    expect(radius).toBeGreaterThan(1);
    expect(lyapunov).toBeLessThan(0);
    expect(sentences.some((one) => one.includes("would let one expect explosion"))).toBe(true);
  });

  test("the model is left as it is", () => {
    const again = diagnose(model, text, { loss: softmaxCrossEntropy() });
    expect(again).toEqual(found);
    const L = model.gradient(text, { loss: softmaxCrossEntropy() });
    expect(found.loss).toBeCloseTo(L, 12);
    const { data, offset, size } = model.gradients;
    expect(found.gradientNorm).toBeCloseTo(Math.hypot(...data.slice(offset, offset + size)), 12);
  });
});

test("stacks and cells of your own have reports, too", () => {
  const orthogonalCell = elman({ hiddenSize: 5, initializers: { W_hh: orthogonal() } });
  const model = sequenceModel({
    inputs: 6,
    cells: [() => momentumCell(6, 4), orthogonalCell],
    outputs: 6,
    seed: 3,
    type: "float64",
  });
  slice(model.parameters, model.layout, "0.mu").data[slice(model.parameters, model.layout, "0.mu").offset] =
    0.5;
  const { layers, logBound, parameter, sentences } = diagnose(
    model,
    text,
    { loss: softmaxCrossEntropy() },
    { sequences: 2, parameter: "0.U" },
  );
  expect(layers.map(({ layer }) => layer)).toEqual([1]);
  expect([logBound, parameter]).toEqual([undefined, "0.U"]);
  expect(sentences.length).toBe(3);
});

test("without a loss nothing flows; with one at the first step nothing flows through time", () => {
  const { model, batch } = linearUnit(0.5);
  const weights = new View(new Float64Array(2 * T), 0, 2 * T, 1);
  expect(diagnose(model, { ...batch, weights }, { loss: meanSquaredError() }).sentences).toEqual([
    "No step has a loss, so no gradient flows.",
  ]);
  weights.data[0] = 1;
  const targets = new View(new Float64Array(2 * T), 0, 2 * T, 1);
  expect(diagnose(model, { ...batch, weights, targets }, { loss: meanSquaredError() }).sentences[0]).toBe(
    "Only the first step has a loss: nothing flows through time.",
  );
});
