import { Arena, availableKernels, type ElementType, type Kernels } from "@unroll/kernels";
import { describe, expect, test } from "vitest";
import { hasRelaxedSimd } from "./support/relaxed.ts";
import { checkRounding, gamma } from "./support/rounding.ts";

// The title says which kernels "fast" are here: relaxed SIMD from Node 22 on, plain SIMD on Node 20. Relaxed SIMD is
// also tested in Chromium, whatever the Node: chromium.browser.test.ts.
const fast = hasRelaxedSimd ? "relaxed-simd" : "simd";
const types: readonly ElementType[] = ["float32", "float64"];

test(`"fast" is ${fast} here`, () => {
  for (const type of types) expect(new Arena(type, "fast").commit().kernels.kind).toBe(fast);
  expect(availableKernels().includes("relaxed-simd")).toBe(hasRelaxedSimd);
});

describe.each(types)("products of %s", (type) => {
  test.each([...new Set([fast, "simd", "portable"] as const)])(
    "on %s kernels round no more than the bound allows",
    (kind) => {
      const share = checkRounding(kind, type);
      expect(share).toBeGreaterThan(0.05); // the bound is not idle
      expect(share).toBeLessThanOrEqual(1);
    },
  );
});

test.each<[string, (right: Kernels) => Partial<Kernels>]>([
  [
    "leaves out a term",
    (right) => ({
      addProduct: (C, A, P) =>
        right.addProduct(C, Object.assign(Object.create(A), { columns: A.columns - 1 }), P),
    }),
  ],
  [
    "is half as precise",
    (right) => ({
      addProduct(C, A, P) {
        right.addProduct(C, A, P);
        for (let i = 0; i < C.size; i++) C.data[C.offset + i] *= 1 + 2 ** -12;
      },
    }),
  ],
])("a product that %s is beyond the bound", (_, change) => {
  expect(() => checkRounding("portable", "float32", change)).toThrow(/is .* off, more than/);
});

test("γ is that of the book", () => {
  expect(gamma("float64", 1)).toBe(2 ** -53 / (1 - 2 ** -53));
  expect(gamma("float32", 2 ** 23)).toBe(1);
});
