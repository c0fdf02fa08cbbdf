import { describe, expect, it } from "vitest";
import { largestEigenvalues } from "./bisection.ts";

describe("largestEigenvalues", () => {
  it.each([1, 2, 3, 10, 57])("knows the second difference of %d points", (n) => {
    const diagonal = new Float64Array(n).fill(0.5);
    const beside = new Float64Array(n - 1).fill(-0.25);
    const values = largestEigenvalues(diagonal, beside, n);
    const expected = Float64Array.from(
      { length: n },
      (_, i) => 0.5 - 0.5 * Math.cos(((n - i) * Math.PI) / (n + 1)),
    );
    for (const [i, value] of values.entries()) expect(Math.abs(value - expected[i])).toBeLessThan(4e-16);
    for (const k of [0, 1, n - 1, n]) {
      expect(largestEigenvalues(diagonal, beside, k)).toEqual(values.subarray(0, k));
    }
  });

  it("keeps the multiplicity of equal ones and gives zeros as 0", () => {
    expect(largestEigenvalues(Float64Array.of(1, 0.5, 0, 1, 0), new Float64Array(4), 5)).toEqual(
      Float64Array.of(1, 1, 0.5, 0, 0),
    );
    expect(largestEigenvalues(new Float64Array(3), new Float64Array(2), 3)).toEqual(new Float64Array(3));
  });

  it("is exact for tiny ones beside 1, whose product with others vanishes", () => {
    const values = largestEigenvalues(Float64Array.of(1e-200, 1, 1e-290), Float64Array.of(1e-180, 1e-250), 3);
    expect(values[0]).toBe(1);
    expect(Math.abs(values[1] / 1e-200 - 1)).toBeLessThan(1e-15);
  });

  it("ends even on NaN", () => {
    expect(largestEigenvalues(Float64Array.of(NaN, 1), Float64Array.of(NaN), 2).length).toBe(2);
  });
});
