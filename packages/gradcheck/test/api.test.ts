import { expect, test } from "vitest";

test("the public names", async () => {
  expect(Object.keys(await import("@unroll/gradcheck")).sort()).toEqual([
    "GradientError",
    "abs",
    "add",
    "adjointError",
    "assertGradients",
    "centralDifference",
    "centralDifferenceJacobian",
    "compare",
    "compareGradients",
    "complex",
    "complexStep",
    "complexStepJacobian",
    "directionalDerivative",
    "divide",
    "exp",
    "expm1",
    "log",
    "log1p",
    "maximum",
    "minimum",
    "multiply",
    "negate",
    "relu",
    "sigmoid",
    "sqrt",
    "subtract",
    "tanh",
  ]);
});
