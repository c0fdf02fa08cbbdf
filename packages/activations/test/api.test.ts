import { expect, test } from "vitest";

test("the public door has these names", async () => {
  expect(Object.keys(await import("@unroll/activations")).sort()).toEqual([
    "activationNamed",
    "activationNames",
    "elementwise",
    "elu",
    "gelu",
    "hardSigmoid",
    "hardTanh",
    "identity",
    "leakyRelu",
    "logSoftmax",
    "relu",
    "selu",
    "sigmoid",
    "silu",
    "softmax",
    "softplus",
    "softsign",
    "tanh",
  ]);
});
