import {
  huber,
  lossNamed,
  lossNames,
  meanAbsoluteError,
  meanSquaredError,
  sigmoidCrossEntropy,
  softmaxCrossEntropy,
} from "@unroll/losses";
import { expect, test } from "vitest";

test.each([
  softmaxCrossEntropy(),
  softmaxCrossEntropy({ labelSmoothing: 0.1 }),
  meanSquaredError(),
  meanSquaredError({ features: "sum" }),
  meanAbsoluteError({ features: "sum" }),
  sigmoidCrossEntropy(),
  sigmoidCrossEntropy({ features: "mean" }),
  huber(),
  huber({ delta: 0.25 }),
  huber({ delta: 1e-3, features: "sum" }),
])("$name is the name of a loss that has it", ({ name, targets, targetRange }) => {
  expect(lossNamed(name)).toMatchObject({ name, targets, ...(targetRange && { targetRange }) });
});

test("every name alone is that of a loss with its defaults", () => {
  for (const name of lossNames) expect(lossNamed(name).name.startsWith(name)).toBe(true);
});

test.each(["quartic", "softmaxCrossEntropy(sum)", "huber(x)", "huber(1.0)", "", "toString"])(
  "%s is the name of none",
  (name) => {
    expect(() => lossNamed(name)).toThrow(
      `lossNamed: option name is ${JSON.stringify(name)}, expected one of`,
    );
  },
);
