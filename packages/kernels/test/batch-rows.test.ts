import { availableKernels, type Kernels } from "@unroll/kernels";
import { describe, expect, test } from "vitest";
import { checkBatchRows } from "./support/batch-rows.ts";

describe.each(["float32", "float64"] as const)("%s: a row in a batch is the row alone", (type) => {
  test.each(availableKernels())("on %s kernels, over random shapes", (kind) => {
    checkBatchRows(kind, type);
  });
});

test("simd runs here", () => {
  expect(availableKernels()).toContain("simd");
});

test("a product that rounds otherwise at an edge of five rows is noticed", () => {
  const broken = (right: Kernels): Kernels => ({
    ...right,
    addProduct(C, A, P) {
      right.addProduct(C, A, P);
      if (C.rows === 5) C.data[C.offset + 4 * C.stride] *= 1 + 2 ** -22;
    },
  });
  expect(() => checkBatchRows("portable", "float32", broken)).toThrow(/^C \+ A·P, .* element/);
});
