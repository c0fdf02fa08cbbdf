import {
  huber,
  type Loss,
  meanAbsoluteError,
  meanSquaredError,
  pointwiseLoss,
  sigmoidCrossEntropy,
} from "@unroll/losses";
import { describe, expect, test } from "vitest";
import { evaluate, losses, pseudoRandom, randomTargets } from "./cases.ts";
import { Complex } from "./complex.ts";
import { formulas, type RowFormula } from "./oracles.ts";

const H = 1e-30;

/** The largest difference of w ℓ and c w ∂ℓ/∂o from the formula at o + ih, over rows of 1 to 17 columns. */
function worstAgainstComplexStep(loss: Loss, formula: RowFormula): number {
  const random = pseudoRandom(9);
  let worst = 0;
  for (let columns = 1; columns <= 17; columns++) {
    const outputs = Array.from({ length: 5 }, () => Array.from({ length: columns }, () => 4 * random()));
    const targets = randomTargets(loss, 5, columns, random);
    const weights = outputs.map(() => random() + 1);
    const scale = 0.7;
    const got = evaluate(loss, outputs, targets, { weights, scale });
    outputs.forEach((row, r) => {
      const at = (j: number) =>
        formula(
          row.map((o, i) => new Complex(o, i === j ? H : 0)),
          targets[r],
        );
      worst = Math.max(worst, Math.abs(got.losses[r] - weights[r] * at(-1).re));
      row.forEach((_, j) => {
        const expected = (scale * weights[r] * at(j).im) / H;
        worst = Math.max(worst, Math.abs(got.dOutputs[r * columns + j] - expected));
      });
    });
  }
  return worst;
}

describe.each(Object.keys(losses).map((name) => ({ name })))("$name", ({ name }) => {
  test("value and gradient agree with the complex step", () => {
    expect(worstAgainstComplexStep(losses[name], formulas[name])).toBeLessThan(1e-12);
  });

  test("the gradient agrees with central differences of the value", () => {
    const random = pseudoRandom(4);
    const outputs = [Array.from({ length: 6 }, () => 3 * random())];
    const targets = randomTargets(losses[name], 1, 6, random);
    const { dOutputs } = evaluate(losses[name], outputs, targets);
    outputs[0].forEach((o, j) => {
      const moved = (by: number) => {
        const row = outputs[0].with(j, o + by);
        return evaluate(losses[name], [row], targets).losses[0];
      };
      expect(Math.abs(dOutputs[j] - (moved(1e-5) - moved(-1e-5)) / 2e-5)).toBeLessThan(1e-8);
    });
  });
});

test("at its kink the absolute error has slope 0, and Huber's loss is smooth at δ", () => {
  expect(evaluate(meanAbsoluteError(), [[2, -1]], [[2, -1]]).dOutputs).toEqual([0, 0]);
  const { losses: l, dOutputs: d } = evaluate(huber({ delta: 2 }), [[2], [2 + 2 ** -40]], [[0], [0]]);
  expect(l).toEqual([2, 2 + 2 ** -39]);
  expect(d).toEqual([2, 2]);
});

describe("planted errors are noticed", () => {
  const squared = {
    value: (o: number, y: number) => (o - y) ** 2,
    derivative: (o: number, y: number) => 2 * (o - y),
  };
  const planted: Record<string, [Loss, string]> = {
    "a lost factor 2": [
      pointwiseLoss({ ...squared, name: "x", derivative: (o, y) => o - y }),
      "meanSquaredError sum",
    ],
    "a sign": [
      pointwiseLoss({ ...squared, name: "x", derivative: (o, y) => 2 * (y - o) }),
      "meanSquaredError sum",
    ],
    "sum in place of mean": [meanSquaredError({ features: "sum" }), "meanSquaredError mean"],
    "another δ": [huber({ delta: 0.7, features: "sum" }), "huber sum"],
    "a slope wrong by 1e-9": [
      pointwiseLoss({ ...squared, name: "x", derivative: (o, y) => 2 * (o - y) * (1 + 1e-9) }),
      "meanSquaredError sum",
    ],
    "targets of the row above": [
      {
        ...sigmoidCrossEntropy(),
        evaluate(kernels, rowLosses, dOutputs, outputs, targets, weights, scale) {
          const rotated = {
            ...targets,
            data: targets.data.map((_, i, all) => all.at(i - outputs.columns) as number),
          };
          sigmoidCrossEntropy().evaluate(
            kernels,
            rowLosses,
            dOutputs,
            outputs,
            rotated as never,
            weights,
            scale,
          );
        },
      },
      "sigmoidCrossEntropy sum",
    ],
    "a gradient without the weight": [
      {
        ...losses.softmaxCrossEntropy,
        evaluate(kernels, rowLosses, dOutputs, outputs, targets, weights, scale) {
          kernels.softmaxCrossEntropy(rowLosses, dOutputs, outputs, targets as never, undefined, scale);
          kernels.softmaxCrossEntropy(rowLosses, undefined, outputs, targets as never, weights, scale);
        },
      },
      "softmaxCrossEntropy",
    ],
  };
  test.each(Object.keys(planted))("%s", (name) => {
    const [loss, formula] = planted[name];
    expect(worstAgainstComplexStep(loss, formulas[formula])).toBeGreaterThan(1e-10);
  });
});

test("the oracle's own formulas agree with numbers worked out by hand", () => {
  const at = (name: string, o: number[], y: number | number[]) =>
    formulas[name](
      o.map((x) => new Complex(x)),
      y,
    ).re;
  expect(at("softmaxCrossEntropy", [0, 0, 0, 0], 2)).toBeCloseTo(Math.log(4), 15);
  expect(at("sigmoidCrossEntropy sum", [0, 0], [0.3, 1])).toBeCloseTo(2 * Math.LN2, 15);
  expect(at("meanSquaredError mean", [1, 4], [0, 1])).toBe(5);
  expect(at("meanAbsoluteError sum", [1, -4], [0, 1])).toBe(6);
  expect(at("huber sum", [0.5, 3], [0, 1])).toBeCloseTo(0.125 + 0.6 * 1.7, 15);
});
