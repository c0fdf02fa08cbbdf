import { OptionError, portableFloat64, ValueError, View } from "@unroll/kernels";
import { countedWeight, meanSquaredError, reductionScale, softmaxCrossEntropy } from "@unroll/losses";
import { describe, expect, test } from "vitest";
import { column, evaluate, matrix, pseudoRandom, tokens } from "./cases.ts";

describe("reductionScale", () => {
  test("is 1, 1/B or 1/Σw", () => {
    expect(reductionScale("sum", { batch: 4, weight: 2.5 })).toBe(1);
    expect(reductionScale("mean-over-batch", { batch: 4, weight: 2.5 })).toBe(0.25);
    expect(reductionScale("mean-over-steps", { batch: 4, weight: 2.5 })).toBe(0.4);
  });

  test("no counted step: loss 0 and zero gradients, not NaN", () => {
    const scale = reductionScale("mean-over-steps", { batch: 1, weight: 0 });
    expect(scale).toBe(0);
    for (const [loss, targets] of [
      [softmaxCrossEntropy(), [1, 0]],
      [
        meanSquaredError(),
        [
          [1, 1],
          [0, 0],
        ],
      ],
    ] as const) {
      const { losses, dOutputs } = evaluate(
        loss,
        [
          [1, 2],
          [3, 4],
        ],
        targets,
        { weights: [0, 0], scale },
      );
      expect(scale * portableFloat64.sum(column("float64", losses))).toBe(0);
      expect(dOutputs).toEqual([0, 0, 0, 0]);
    }
  });

  test("unknown names and impossible numbers are typed errors", () => {
    expect(() => reductionScale("mean" as never, { batch: 1, weight: 1 })).toThrow(OptionError);
    expect(() => reductionScale("mean" as never, { batch: 1, weight: 1 })).toThrow(
      'reductionScale: option reduction is "mean", expected one of "sum", "mean-over-batch", "mean-over-steps"',
    );
    for (const batch of [0, -1, 1.5, Number.NaN]) {
      expect(() => reductionScale("mean-over-batch", { batch, weight: 1 })).toThrow(ValueError);
    }
    for (const weight of [-1, Number.NaN, Number.POSITIVE_INFINITY, 1e-310]) {
      expect(() => reductionScale("mean-over-steps", { batch: 1, weight })).toThrow(ValueError);
    }
  });
});

describe("countedWeight", () => {
  test("counts rows, but for ignored targets", () => {
    expect(countedWeight(matrix("float64", [[1], [2], [3]]))).toBe(3);
    expect(countedWeight(tokens([0, -1, 5, -1]))).toBe(2);
    expect(countedWeight(tokens([0, -1, 5, -1]), column("float32", [0.5, 9, 0.25, 9]))).toBe(0.75);
    expect(countedWeight(tokens([-1]))).toBe(0);
  });

  test("sums weights as the kernels sum, bit for bit", () => {
    const random = pseudoRandom(1);
    for (let rows = 0; rows <= 40; rows++) {
      const weights = Array.from({ length: rows }, () => Math.sqrt(random() + 1));
      const W = new View(Float64Array.from([9, ...weights.flatMap((w) => [w, 9])]), 1, rows, 1, 2);
      const targets = new View(new Float64Array(rows), 0, rows, 1);
      expect(countedWeight(targets, W)).toBe(portableFloat64.sum(W));
    }
  });

  test("the sums of the kernels are not those of a plain loop, which the test above would notice", () => {
    const random = pseudoRandom(1);
    const weights = Array.from({ length: 40 }, () => Math.sqrt(random() + 1));
    expect(weights.reduce((a, b) => a + b)).not.toBe(portableFloat64.sum(column("float64", weights)));
  });

  test("a weight with stride 0 stands for all rows", () => {
    expect(countedWeight(tokens([1, 2, -1]), new View(Float64Array.of(0.5), 0, 3, 1, 0))).toBe(1);
  });
});
