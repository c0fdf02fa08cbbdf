import { OptionError } from "@unroll/kernels";
import {
  huber,
  meanAbsoluteError,
  meanSquaredError,
  pointwiseLoss,
  sigmoidCrossEntropy,
  softmaxCrossEntropy,
} from "@unroll/losses";
import { expect, test } from "vitest";
import { evaluate } from "./cases.ts";

test("names carry the parameters that are not the default", () => {
  expect(
    [
      softmaxCrossEntropy(),
      softmaxCrossEntropy({ labelSmoothing: 0.1 }),
      sigmoidCrossEntropy(),
      sigmoidCrossEntropy({ features: "mean" }),
      meanSquaredError(),
      meanSquaredError({ features: "sum" }),
      meanAbsoluteError({ features: "sum" }),
      huber(),
      huber({ delta: 0.5, features: "sum" }),
    ].map(({ name }) => name),
  ).toEqual([
    "softmaxCrossEntropy",
    "softmaxCrossEntropy(0.1)",
    "sigmoidCrossEntropy",
    "sigmoidCrossEntropy(mean)",
    "meanSquaredError",
    "meanSquaredError(sum)",
    "meanAbsoluteError(sum)",
    "huber(1)",
    "huber(0.5, sum)",
  ]);
});

test("a loss of one's own: logarithm of the hyperbolic cosine", () => {
  const logCosh = pointwiseLoss({
    name: "logCosh",
    value: (o, y) => Math.log(Math.cosh(o - y)),
    derivative: (o, y) => Math.tanh(o - y),
    features: "mean",
  });
  expect(logCosh.targets).toBe("matrix");
  const { losses, dOutputs } = evaluate(logCosh, [[1, 0.5]], [[0, 0.5]]);
  expect(losses[0]).toBe(Math.log(Math.cosh(1)) / 2);
  expect(dOutputs).toEqual([Math.tanh(1) / 2, 0]);
});

test("wrong options are typed errors", () => {
  for (const [make, message] of [
    [
      () => softmaxCrossEntropy({ labelSmoothing: 1 }),
      "softmaxCrossEntropy: option labelSmoothing is 1, expected 0 ≤ ε < 1",
    ],
    [() => huber({ delta: 0 }), "huber: option delta is 0, expected a finite number > 0"],
    [() => huber({ delta: Number.NaN }), "huber: option delta is NaN, expected a finite number > 0"],
    [
      () => huber({ delta: Number.POSITIVE_INFINITY }),
      "huber: option delta is Infinity, expected a finite number > 0",
    ],
    [
      () => huber({ features: "max" as never }),
      'huber: option features is "max", expected one of "sum", "mean"',
    ],
    [
      () => meanSquaredError({ features: 2 as never }),
      'meanSquaredError: option features is 2, expected one of "sum", "mean"',
    ],
    [
      () => meanAbsoluteError({ features: "" as never }),
      'meanAbsoluteError: option features is "", expected one of "sum", "mean"',
    ],
    [
      () => sigmoidCrossEntropy({ features: "Mean" as never }),
      'sigmoidCrossEntropy: option features is "Mean", expected',
    ],
  ] as const) {
    expect(make).toThrow(OptionError);
    expect(make).toThrow(message);
  }
  const own = { name: "own", value: () => 0, derivative: () => 0 };
  for (const [options, message] of [
    [{ ...own, name: "" }, 'pointwiseLoss: option name is "", expected a non-empty string'],
    [{ ...own, value: 1 }, "pointwiseLoss: option value is 1, expected a function"],
    [{ ...own, derivative: undefined }, "pointwiseLoss: option derivative is undefined, expected a function"],
    [{ ...own, features: "none" }, 'pointwiseLoss: option features is "none", expected one of "sum", "mean"'],
    [
      { ...own, targetRange: [1, 0] },
      "pointwiseLoss: option targetRange is [1, 0], expected [low, high] with low ≤ high",
    ],
  ] as const) {
    expect(() => pointwiseLoss(options as never)).toThrow(OptionError);
    expect(() => pointwiseLoss(options as never)).toThrow(message);
  }
});
