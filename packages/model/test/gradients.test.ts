import { activationNames } from "@unroll/activations";
import { compareGradients, complex } from "@unroll/gradcheck";
import type { Reduction } from "@unroll/losses";
import { describe, expect, test } from "vitest";
import { complexActivations } from "./support/complex-activations.ts";
import { complexLosses } from "./support/complex-losses.ts";
import { expectedGradient, modelGradient, naiveLoss, thetaOf } from "./support/oracle.ts";
import { modelOf, type ProblemOptions, problem, tensorsOf } from "./support/problem.ts";

const reductions: readonly Reduction[] = ["sum", "mean-over-batch", "mean-over-steps"];
const names = complexActivations.map(({ activation }) => activation.name);
const lossNames = complexLosses.map(({ loss }) => loss.name);

/** The largest relative error of a tensor of the gradient, or of L. */
function errorOf(options: ProblemOptions): number {
  const one = problem(options);
  const model = modelOf(one);
  const { L, gradient } = modelGradient(one, model);
  const { error } = compareGradients(gradient, expectedGradient(one, model), {
    tensors: tensorsOf(one, model),
  });
  const { re } = naiveLoss(
    { ...one, truncation: undefined },
    [...thetaOf(one, model)].map((x) => complex(x)),
  );
  return Math.max(error, Math.abs(L - re) / Math.abs(re));
}

/** The problems whose error is above 1e-12. */
function wrong(all: readonly ProblemOptions[]): [ProblemOptions, number][] {
  return all
    .map((options): [ProblemOptions, number] => [options, errorOf(options)])
    .filter(([, error]) => !(error <= 1e-12));
}

const product = (...lists: readonly (readonly ProblemOptions[])[]): ProblemOptions[] =>
  lists.reduce<ProblemOptions[]>((all, list) => all.flatMap((a) => list.map((b) => ({ ...a, ...b }))), [{}]);

const everyLoss = product(
  lossNames.map((loss) => ({ loss })),
  reductions.map((reduction) => ({ reduction })),
);

test("every activation is among them", () => {
  expect(names.map((name) => name.replace(/\(.*/, "")).sort()).toEqual([...activationNames].sort());
});

describe("gradients of all parameters and of h_0, against complex steps, to 1e-12", () => {
  test.each(names)("hidden %s, every loss and reduction", (hidden) => {
    expect(wrong(product(everyLoss, [{ hidden }]))).toEqual([]);
  });

  test.each(names)("output %s, every loss and reduction", (output) => {
    expect(wrong(product(everyLoss, [{ output, seed: 2 }]))).toEqual([]);
  });

  test.each(names)("hidden %s, every output", (hidden) => {
    const outputs = names.map((output) => ({ output }));
    expect(wrong(product(outputs, [{ hidden, loss: "meanSquaredError", sizes: [3, 2], seed: 3 }]))).toEqual(
      [],
    );
  });

  test.each(["dense", "tokens"] as const)(
    "%s inputs, stacks, weights, ignored targets, last step",
    (inputs) => {
      const all = product(
        everyLoss,
        (["all", "weighted", "last", "ignored"] as const).map((counted) => ({ counted })),
        [{ sizes: [4] }, { sizes: [2, 3] }],
        [{ inputs, seed: 4 }],
      );
      expect(wrong(all)).toEqual([]);
    },
  );

  test("three layers, longer sequences, one or many of them, without biases", () => {
    const all = product(
      [{ loss: "softmaxCrossEntropy" }, { loss: "meanSquaredError" }],
      [{ T: 1 }, { T: 12 }],
      [{ B: 1 }, { B: 5 }],
      [{ bias: true }, { bias: false }],
      [{ sizes: [2, 4, 3], seed: 5 }],
    );
    expect(wrong(all)).toEqual([]);
  });

  test("truncated, for one cell and a stack", () => {
    const T = 7;
    const all = product(
      [1, 2, T - 1, T, T + 3].flatMap((k1) =>
        [1, 3, T - 1, T, T + 3].map((k2) => ({ truncation: { k1, k2 } })),
      ),
      [{ sizes: [3] }, { sizes: [2, 3] }],
      [{ T, counted: "weighted", loss: "meanSquaredError", seed: 6 }],
    );
    expect(wrong(all)).toEqual([]);
  });
});
