import { NonFiniteError, type Rows, ShapeError, ValueError, View } from "@unroll/kernels";
import {
  checkTargets,
  type Loss,
  meanSquaredError,
  sigmoidCrossEntropy,
  softmaxCrossEntropy,
} from "@unroll/losses";
import { describe, expect, test } from "vitest";
import { column, matrix, tokens } from "./cases.ts";

const three = { rows: 3, columns: 4 };
const good = matrix("float64", [
  [0, 1, 0, 1],
  [1, 1, 1, 1],
  [0, 0.5, 0, 0],
]);

function refusal(loss: Loss, targets: Rows, weights?: View): unknown {
  try {
    checkTargets(loss, targets, weights, three);
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

function withEntry(r: number, c: number, value: number): View {
  const view = new View(Float64Array.from(good.data), 0, 3, 4);
  view.data[r * 4 + c] = value;
  return view;
}

test("good targets pass", () => {
  checkTargets(softmaxCrossEntropy(), tokens([0, 3, -1]), undefined, three);
  checkTargets(softmaxCrossEntropy(), tokens([0, 3, 1]), column("float32", [0, 0.5, 2]), three);
  checkTargets(meanSquaredError(), withEntry(0, 0, -1e308), undefined, three);
  checkTargets(sigmoidCrossEntropy(), good, column("float64", [1, 1, 1]), three);
  checkTargets(meanSquaredError(), good, new View(Float64Array.of(1), 0, 3, 1, 0), three);
});

describe("what is refused, and how it is said", () => {
  test.each([
    [tokens([0, 80, 1]), undefined, "targets[1] is 80, expected a token from 0 to 3, or -1 for none"],
    [tokens([0, 4, 1]), undefined, "targets[1] is 4, expected a token from 0 to 3, or -1 for none"],
    [
      tokens([0, 1, -2]),
      column("float64", [0, 0, 1]),
      "targets[2] is -2, expected a token from 0 to 3, or -1 for none",
    ],
    [good, undefined, "targets is View, expected Tokens, one integer a row"],
    [tokens([0, 1, 1]), column("float64", [1, -0.5, 1]), "weights[1] is -0.5, expected a number ≥ 0"],
  ])("values of softmaxCrossEntropy (%#)", (targets, weights, message) => {
    const error = refusal(softmaxCrossEntropy(), targets, weights);
    expect(error).toBeInstanceOf(ValueError);
    expect((error as Error).message).toBe(`softmaxCrossEntropy: ${message}`);
  });

  test("a target outside the loss's range", () => {
    const error = refusal(sigmoidCrossEntropy(), withEntry(2, 1, -1));
    expect(error).toBeInstanceOf(ValueError);
    expect((error as Error).message).toBe(
      "sigmoidCrossEntropy: targets[2, 1] is -1, expected a number from 0 to 1",
    );
  });

  test("tokens for a loss of numbers", () => {
    expect(refusal(meanSquaredError(), tokens([1, 2, 3]))).toBeInstanceOf(ValueError);
  });

  test("wrong shapes", () => {
    for (const [loss, targets, weights, message] of [
      [softmaxCrossEntropy(), tokens([0, 1]), undefined, "softmaxCrossEntropy: targets is 2×1, expected 3×1"],
      [
        meanSquaredError(),
        matrix("float64", [[1, 2, 3, 4]]),
        undefined,
        "meanSquaredError: targets is 1×4, expected 3×4",
      ],
      [
        meanSquaredError(),
        matrix("float64", [[1], [2], [3]]),
        undefined,
        "meanSquaredError: targets is 3×1, expected 3×4",
      ],
      [meanSquaredError(), good, column("float64", [1, 1]), "meanSquaredError: weights is 2×1, expected 3×1"],
      [meanSquaredError(), good, good, "meanSquaredError: weights is 3×4, expected 3×1"],
    ] as const) {
      const error = refusal(loss, targets, weights);
      expect(error).toBeInstanceOf(ShapeError);
      expect((error as Error).message).toBe(message);
    }
  });

  test("NaN and infinity, with their place", () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      for (const loss of [meanSquaredError(), sigmoidCrossEntropy()]) {
        const error = refusal(loss, withEntry(1, 3, value));
        expect(error).toBeInstanceOf(NonFiniteError);
        expect((error as Error).message).toBe(`${loss.name}: target is ${value}, row 1, column 3`);
      }
      const error = refusal(softmaxCrossEntropy(), tokens([0, 0, 0]), column("float32", [1, 1, value]));
      expect(error).toBeInstanceOf(NonFiniteError);
      expect((error as Error).message).toBe(`softmaxCrossEntropy: weight is ${value}, row 2`);
    }
  });
});

test("rows of weight 0 may hold anything", () => {
  checkTargets(meanSquaredError(), withEntry(1, 0, Number.NaN), column("float64", [1, 0, 1]), three);
  checkTargets(sigmoidCrossEntropy(), withEntry(1, 0, 7), column("float64", [1, 0, 1]), three);
  checkTargets(softmaxCrossEntropy(), tokens([0, 99, 1]), column("float64", [1, 0, 1]), three);
});

test("offset and stride are respected", () => {
  const data = Float64Array.of(9, 9, 0, 1, 9, 1, 0, 9, Number.NaN);
  const slice = new View(data, 2, 2, 2, 3);
  checkTargets(sigmoidCrossEntropy(), slice, undefined, { rows: 2, columns: 2 });
  expect(() =>
    checkTargets(sigmoidCrossEntropy(), new View(data, 2, 2, 3), undefined, { rows: 2, columns: 3 }),
  ).toThrow(ValueError);
});
