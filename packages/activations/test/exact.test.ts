import { readFileSync } from "node:fs";
import { portableFloat32, portableFloat64 } from "@unroll/kernels";
import { describe, expect, test } from "vitest";
import { backwardRow, elementwiseActivations, forwardRow, rowActivations } from "./cases.ts";

type Row = readonly [z: number, y: number, slope: number];
type RowOfRows = readonly [z: number[], y: number[], dz: number[]];

const exact: Record<string, Row[]> = fixture("exact.json");
const torch: Record<string, Row[]> & Record<"softmax" | "logSoftmax", RowOfRows[]> & { weights: number[][] } =
  fixture("torch.json");

/** Absolute errors of PyTorch 1.13 itself: value (times |z| where that is above 1) and slope. */
const torchErrors: Record<string, [value: number, slope: number]> = {
  gelu: [2e-16, 0], // 1 + erf cancels for negative z
  "elu(1)": [2e-16, 0], // exp(z) - 1 cancels for small z
  "elu(0.5)": [2e-16, 0],
  selu: [4e-16, 0],
  hardSigmoid: [0, 1e-8], // 1/6 in single precision
};

/** |a - b| in units of `relative`·|b| + `absolute`; at most 1 is agreement. */
function distance(a: number, b: number, relative: number, absolute: number): number {
  return Object.is(a, b) || a === b ? 0 : Math.abs(a - b) / (relative * Math.abs(b) + absolute);
}

describe.each(elementwiseActivations.map((activation) => ({ activation, name: activation.name })))(
  "$name",
  ({ activation, name }) => {
    test("values are the decimal ones within 8 units of 2⁻⁵³, also where |z| is tiny or huge", () => {
      for (const [z, y] of exact[name]) {
        expect(distance(activation.value(z), y, 8 * 2 ** -53, 1e-307), `σ(${z})`).toBeLessThanOrEqual(1);
        expect(
          distance(forwardRow(activation, portableFloat64, [z])[0], y, 8 * 2 ** -53, 1e-307),
        ).toBeLessThanOrEqual(1);
      }
    });

    test("derivatives are the decimal ones within 8 units of 2⁻⁵³ of the largest slope", () => {
      for (const [z, , slope] of exact[name]) {
        const got = activation.derivative(activation.needsInput ? z : Number.NaN, activation.value(z));
        expect(distance(got, slope, 0, 8 * 2 ** -53 * activation.slope!), `σ′(${z})`).toBeLessThanOrEqual(1);
        expect(
          distance(backwardRow(activation, portableFloat64, [z], [1])[0], got, 1e-15, 1e-300),
        ).toBeLessThanOrEqual(1);
      }
    });

    test("values and derivatives are PyTorch's, as far as PyTorch's are right", () => {
      const [valueError, slopeError] = torchErrors[name] ?? [0, 0];
      expect(torch[name].length).toBe(25);
      for (const [z, y, slope] of torch[name]) {
        const allowed = 1e-300 + valueError * Math.max(1, Math.abs(z));
        const got = activation.value(z);
        expect(distance(got, y, 1e-14, allowed), `σ(${z})`).toBeLessThanOrEqual(1);
        const gotSlope = activation.derivative(z, got);
        expect(distance(gotSlope, slope, 1e-14, 1e-15 + slopeError), `σ′(${z})`).toBeLessThanOrEqual(1);
      }
    });

    test("float32 results are the float64 ones, rounded", () => {
      for (const [z] of exact[name]) {
        const single = Math.fround(z);
        if (!Number.isFinite(single)) continue;
        const y = forwardRow(activation, portableFloat32, [single])[0];
        expect(
          distance(y, Math.fround(activation.value(single)), 2 ** -23, 2 ** -126), // below it, flushed
          `σ(${single})`,
        ).toBeLessThanOrEqual(1);
        const dz = backwardRow(activation, portableFloat32, [single], [1])[0];
        expect(distance(dz, activation.derivative(single, y), 2 ** -23, 2 ** -23)).toBeLessThanOrEqual(1);
      }
    });

    test("infinity gives the limit, NaN stays NaN", () => {
      const [below, above] = [
        activation.value(Number.NEGATIVE_INFINITY),
        activation.value(Number.POSITIVE_INFINITY),
      ];
      const saturates = ["tanh", "sigmoid", "softsign", "hardTanh", "hardSigmoid"].includes(name);
      expect(above).toBe(saturates ? 1 : Number.POSITIVE_INFINITY);
      expect(below).not.toBeNaN();
      for (const kernels of [portableFloat32, portableFloat64]) {
        expect(forwardRow(activation, kernels, [Number.NaN])).toEqual([Number.NaN]);
      }
    });
  },
);

describe.each(
  rowActivations.map((activation) => ({ activation, name: activation.name as "softmax" | "logSoftmax" })),
)("$name", ({ activation, name }) => {
  test("values and derivatives are PyTorch's, with logits up to 1e308", () => {
    const weights = torch.weights[0];
    for (const [z, y, dz] of torch[name]) {
      const gotY = forwardRow(activation, portableFloat64, z);
      const gotDz = backwardRow(activation, portableFloat64, z, weights);
      for (let i = 0; i < z.length; i++) {
        expect(distance(gotY[i], y[i], 1e-14, 1e-300), `y[${i}] of ${z}`).toBeLessThanOrEqual(1);
        expect(distance(gotDz[i], dz[i], 1e-13, 1e-15), `dz[${i}] of ${z}`).toBeLessThanOrEqual(1);
      }
    }
  });
});

function fixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`./fixtures/${name}`, import.meta.url), "utf8"));
}
