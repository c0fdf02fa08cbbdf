import { readFileSync } from "node:fs";
import { portableFloat32, portableFloat64 } from "@unroll/kernels";
import { countedWeight, type Reduction, reductionScale } from "@unroll/losses";
import { describe, expect, test } from "vitest";
import { column, distance, evaluate, losses, targetsOf } from "./cases.ts";

interface Case {
  readonly loss: string;
  readonly reduction: Reduction;
  readonly weighted: boolean;
  readonly targets: (number | number[])[];
  readonly L: number;
  readonly dOutputs: number[][];
}

interface Extreme {
  readonly loss: string;
  readonly outputs: number[];
  readonly target: number | number[];
  readonly l: number | string;
  readonly d: (number | string)[];
}

const torch: {
  outputs: number[][];
  weights: number[];
  batch: number;
  cases: Case[];
  extremes: Extreme[];
} = JSON.parse(readFileSync(new URL("./fixtures/torch.json", import.meta.url), "utf8"));

function total(
  { loss, reduction, weighted, targets }: Case,
  kernels: typeof portableFloat64,
): { L: number; dOutputs: number[] } {
  const weights = weighted ? torch.weights : undefined;
  const weight = countedWeight(targetsOf(kernels.type, targets), weights && column(kernels.type, weights));
  const scale = reductionScale(reduction, { batch: torch.batch, weight });
  const { losses: rows, dOutputs } = evaluate(losses[loss], torch.outputs, targets, {
    weights,
    scale,
    kernels,
  });
  return { L: scale * kernels.sum(column(kernels.type, rows)), dOutputs };
}

describe("L and dL/do of every loss and reduction, with and without weights", () => {
  test("every loss stands in the fixtures", () => {
    expect(new Set(torch.cases.map(({ loss }) => loss))).toEqual(new Set(Object.keys(losses)));
    expect(torch.cases.length).toBe(72);
  });

  test.each(torch.cases)("$loss, $reduction, weighted: $weighted", (each) => {
    const { L, dOutputs } = total(each, portableFloat64);
    expect(distance(L, each.L, 2e-15, 0)).toBeLessThanOrEqual(1);
    each.dOutputs.flat().forEach((d, i) => {
      expect(distance(dOutputs[i], d, 1e-14, 1e-16)).toBeLessThanOrEqual(1);
    });
  });

  test("in float32 they are the same to 2e-6", () => {
    for (const each of torch.cases) {
      const { L, dOutputs } = total(each, portableFloat32);
      expect(distance(L, each.L, 2e-6, 0)).toBeLessThanOrEqual(1);
      each.dOutputs.flat().forEach((d, i) => {
        expect(distance(dOutputs[i], d, 2e-6, 2e-7)).toBeLessThanOrEqual(1);
      });
    }
  });

  test("a lost weight, a wrong scale or a lost mean over the columns would be seen", () => {
    const difference = (a: Case, b: Case): number => {
      const mine = total(a, portableFloat64);
      return Math.max(
        Math.abs(mine.L - b.L),
        ...b.dOutputs.flat().map((d, i) => Math.abs(mine.dOutputs[i] - d)),
      );
    };
    for (const a of torch.cases) {
      for (const b of torch.cases) {
        const sameTargets = JSON.stringify(a.targets) === JSON.stringify(b.targets);
        if (a !== b && sameTargets) expect(difference(a, b)).toBeGreaterThan(1e-3);
      }
    }
  });
});

describe("extreme outputs", () => {
  test.each(torch.extremes)("$loss of $outputs for $target", ({ loss, outputs, target, l, d }) => {
    const got = evaluate(losses[loss], [outputs], [target]);
    // Where PyTorch rounds a tiny value to 0 ours may be tiny.
    expect(
      distance(got.losses[0], Number(l === "inf" ? Number.POSITIVE_INFINITY : l), 1e-14, 1e-21),
    ).toBeLessThanOrEqual(1);
    for (const [i, slope] of d.entries()) {
      if (typeof slope === "string") expect(Math.abs(got.dOutputs[i])).toBe(Number.POSITIVE_INFINITY);
      else expect(distance(got.dOutputs[i], slope, 1e-14, 1e-16)).toBeLessThanOrEqual(1);
    }
  });

  test("sigmoid cross-entropy keeps its digits where s(o) - y cancels", () => {
    const tiny = 1.9287498479639178e-22; // e^(-50)
    const sure = evaluate(losses["sigmoidCrossEntropy sum"], [[50], [-50]], [[1], [0]]);
    expect(sure.losses[0]).toBeCloseTo(tiny, 36);
    expect(sure.losses[1]).toBeCloseTo(tiny, 36);
    expect(sure.dOutputs[0]).toBeCloseTo(-tiny, 36);
    expect(sure.dOutputs[1]).toBeCloseTo(tiny, 36);
    expect(evaluate(losses["sigmoidCrossEntropy sum"], [[800]], [[1 - 2 ** -40]]).losses[0]).toBe(
      800 * 2 ** -40,
    );
  });
});
