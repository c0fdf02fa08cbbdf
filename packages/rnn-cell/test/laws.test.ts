import { activationNamed, activationNames, elementwise, elu, leakyRelu } from "@unroll/activations";
import { availableKernels, isTokens } from "@unroll/kernels";
import { elmanCell } from "@unroll/rnn-cell";
import { alteredCell, type LawOptions, laws } from "@unroll/rnn-cell/laws";
import { describe, expect, test } from "vitest";
import { leakyCell } from "./leaky-cell.ts";

const cubic = elementwise({ name: "cubic", value: (z) => z - z ** 3 / 9, derivative: (z) => 1 - z ** 2 / 3 });
const activations = [...activationNames.map(activationNamed), leakyRelu(0.3), elu(0.5), cubic];

const kinds = availableKernels().flatMap((kernels) => [
  { type: "float64", kernels } as const,
  { type: "float32", kernels } as const,
]);

describe.each(kinds)("$type, $kernels", (kind) => {
  describe.each(laws)("$name: $says", (law) => {
    test.each(activations)("Elman, $name", (activation) => {
      for (const bias of [true, false])
        law.run(elmanCell({ inputSize: 3, hiddenSize: 5, activation, bias }), kind);
    });

    test("Elman cells of other sizes: a single unit, whole registers, more", () => {
      for (const [inputSize, hiddenSize] of [
        [1, 1],
        [8, 8],
        [17, 11],
      ])
        law.run(elmanCell({ inputSize, hiddenSize }), { ...kind, seed: 3 });
    });

    test("a cell of the test's own", () => {
      for (const seed of [1, 2]) law.run(leakyCell(3, 4), { ...kind, seed });
      law.run(leakyCell(1, 1), { ...kind, steps: 2, batch: 2 });
    });
  });
});

test("a cell that takes no tokens can say so", () => {
  const cell = alteredCell(leakyCell(2, 2), (bound) => ({
    project(inputs, gates) {
      if (isTokens(inputs)) throw new TypeError("no tokens here");
      bound.project(inputs, gates);
    },
  }));
  const runAll = (options: LawOptions) => () => {
    for (const law of laws) law.run(cell, options);
  };
  expect(runAll({})).toThrow("no tokens here");
  expect(runAll({ tokens: false })).not.toThrow();
});

test("a trial run needs two steps and two sequences", () => {
  const cell = leakyCell(1, 1);
  expect(() => laws.at(-1)?.run(cell, { steps: 1 })).toThrow(
    "laws: option steps is 1, expected a whole number of 2 or more",
  );
  expect(() => laws.at(-1)?.run(cell, { batch: 1.5 })).toThrow("laws: option batch is 1.5");
});
