import { readFileSync } from "node:fs";
import { relu, tanh } from "@unroll/activations";
import { compareGradients } from "@unroll/gradcheck";
import { Tokens, View } from "@unroll/kernels";
import { meanSquaredError, type Reduction, softmaxCrossEntropy } from "@unroll/losses";
import { sequenceModel } from "@unroll/model";
import { elman } from "@unroll/rnn-cell";
import { expect, test } from "vitest";

interface Case {
  readonly name: string;
  readonly nonlinearity: "tanh" | "relu";
  readonly sizes: readonly number[];
  readonly inputSize: number;
  readonly outputSize: number;
  readonly steps: number;
  readonly batch: number;
  readonly tokens: boolean;
  readonly loss: "softmaxCrossEntropy" | "meanSquaredError";
  readonly features: "sum" | "mean" | null;
  readonly reduction: Reduction;
  readonly parameters: readonly number[];
  readonly x: readonly number[];
  readonly targets: readonly number[];
  readonly h0: readonly (readonly number[])[];
  readonly hn: readonly (readonly number[])[];
  readonly L: number;
  readonly gradients: readonly number[];
}

const file = new URL("fixtures/torch-model.json", import.meta.url);
const { cases }: { cases: readonly Case[] } = JSON.parse(readFileSync(file, "utf8"));

const numbers = ({ data, offset, rows, columns }: View): number[] => [
  ...data.slice(offset, offset + rows * columns),
];

/** ‖a - b‖ / ‖b‖. */
const distance = (a: readonly number[], b: readonly number[]): number => compareGradients(a, b).error;

test.each(cases)("PyTorch: $name", (one) => {
  const { sizes, inputSize, outputSize, steps, batch } = one;
  const rows = steps * batch;
  const model = sequenceModel({
    inputs: inputSize,
    cells: sizes.map((hiddenSize) =>
      elman({ hiddenSize, activation: one.nonlinearity === "tanh" ? tanh : relu }),
    ),
    outputs: outputSize,
    type: "float64",
  });
  model.parameters.data.set(one.parameters, model.parameters.offset);
  const states = one.h0.map((h, l) => new View(Float64Array.from(h), 0, batch, sizes[l]));
  model.restoreStates(states);
  const cross = one.loss === "softmaxCrossEntropy";
  const L = model.gradient(
    {
      steps,
      batch,
      inputs: one.tokens
        ? new Tokens(Int32Array.from(one.x), 0, rows)
        : new View(Float64Array.from(one.x), 0, rows, inputSize),
      targets: cross
        ? new Tokens(Int32Array.from(one.targets), 0, rows)
        : new View(Float64Array.from(one.targets), 0, rows, outputSize),
      carry: true,
    },
    {
      loss: cross ? softmaxCrossEntropy() : meanSquaredError({ features: one.features ?? "mean" }),
      reduction: one.reduction,
    },
  );
  expect(Math.abs(L / one.L - 1)).toBeLessThan(1e-14);
  const { error } = compareGradients(numbers(model.gradients), one.gradients, {
    tensors: model.layout.slices,
  });
  expect(error).toBeLessThan(1e-13);
  model.saveStates().forEach((state, l) => {
    expect(distance(numbers(state), one.hn[l])).toBeLessThan(1e-14);
  });
});
