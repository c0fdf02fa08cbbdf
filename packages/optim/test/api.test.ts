import { expect, test } from "vitest";

test("the public names", async () => {
  expect(Object.keys(await import("@unroll/optim")).sort()).toEqual([
    "adagrad",
    "adam",
    "adamW",
    "clipByGlobalNorm",
    "clipByValue",
    "constant",
    "cosine",
    "exponential",
    "globalNorm",
    "inverseSquareRoot",
    "linear",
    "momentum",
    "nesterov",
    "rmsprop",
    "sgd",
    "stepwise",
    "withWarmup",
  ]);
});
