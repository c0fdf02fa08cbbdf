import { describe, expect, it } from "vitest";
import { hessenbergEigenvalues } from "./francis.ts";

describe("hessenbergEigenvalues", () => {
  it("gives up after a bounded number of steps", () => {
    expect(hessenbergEigenvalues(new Float64Array(36).fill(NaN), 6)).toBeUndefined();
  });

  it("takes exceptional shifts where the usual ones run in circles", () => {
    // The first columns of a cycle are mapped to each other by every double shift of its own eigenvalues.
    const n = 6;
    const H = new Float64Array(n * n);
    for (let i = 0; i < n; i++) H[((i + 1) % n) * n + i] = 1;
    const found = hessenbergEigenvalues(H, n) ?? [];
    expect(found.length).toBe(n);
    for (const { re, im } of found) expect(Math.abs(Math.hypot(re, im) - 1)).toBeLessThan(1e-15 * 10);
  });

  it("solves 2×2 blocks without cancellation", () => {
    const small = hessenbergEigenvalues(Float64Array.of(1, 2 ** -60, 1, 0), 2) ?? [];
    expect(small.map(({ re }) => re)).toEqual([1, -(2 ** -60)]);
    expect(hessenbergEigenvalues(Float64Array.of(0.25, 0.5, -0.5, 0.25), 2)).toEqual([
      { re: 0.25, im: 0.5 },
      { re: 0.25, im: -0.5 },
    ]);
  });
});
