import { describe, expect, it } from "vitest";
import { balance, isolate } from "./balance.ts";

describe("isolate", () => {
  it("drops rows and columns that are alone, one after the other", () => {
    const M = Float64Array.of(...[5, 1, 1, 1], ...[0, 2, 3, 0], ...[0, 4, 6, 0], ...[0, 1, 1, 7]);
    const { eigenvalues, kept } = isolate(M, 4);
    expect(eigenvalues.sort()).toEqual([5, 7]);
    expect(kept).toEqual([1, 2]);
  });

  it("keeps a cycle whole", () => {
    expect(isolate(Float64Array.of(0, 1, 0, 0, 0, 1, 1, 0, 0), 3)).toEqual({
      eigenvalues: [],
      kept: [0, 1, 2],
    });
  });
});

describe("balance", () => {
  it("is a similarity by powers of two that brings rows and columns to like size", () => {
    const M = Float64Array.of(...[1, 1e8, 1e16], ...[1e-9, 2, 3e7], ...[4e-17, 5e-8, 3]);
    const before = M.slice();
    balance(M, 3);
    const ratio = (i: number, j: number): number => M[i * 3 + j] / before[i * 3 + j];
    for (let i = 0; i < 3; i++) {
      expect(ratio(i, i)).toBe(1);
      for (let j = 0; j < 3; j++) {
        expect(Number.isInteger(Math.log2(ratio(i, j)))).toBe(true);
        expect(ratio(i, j) * ratio(j, i)).toBe(1);
        for (let k = 0; k < 3; k++) expect(ratio(i, j) * ratio(j, k)).toBe(ratio(i, k));
      }
    }
    expect(Math.max(...M) / Math.min(...M)).toBeLessThan(100);
  });

  it("leaves zero rows and columns, and ends where nothing helps", () => {
    const M = Float64Array.of(0, 1, 0, 0);
    balance(M, 2);
    expect(M).toEqual(Float64Array.of(0, 1, 0, 0));
    balance(new Float64Array(4).fill(NaN), 2);
  });
});
