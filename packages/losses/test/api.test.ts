import { expect, test } from "vitest";

test("the public door has these names", async () => {
  expect(Object.keys(await import("@unroll/losses")).sort()).toEqual([
    "checkTargets",
    "countedWeight",
    "huber",
    "lastOfLengthWeights",
    "lastStepWeights",
    "lengthWeights",
    "lossNamed",
    "lossNames",
    "meanAbsoluteError",
    "meanSquaredError",
    "pointwiseLoss",
    "reductionScale",
    "sigmoidCrossEntropy",
    "softmaxCrossEntropy",
  ]);
});
