import { MemoryError } from "@unroll/kernels";
import { expect, test } from "vitest";
import { newMatrix, newTokens } from "./buffers.ts";

test("memory that no machine has is a typed error with the number of bytes", () => {
  expect(() => newTokens("padded", 2 ** 49)).toThrow(MemoryError);
  expect(() => newMatrix("padded", "float32", 2 ** 40, 2 ** 9)).toThrow(
    "padded: could not get 2251799813685248 bytes",
  );
  expect(() => newMatrix("padded", "float64", 2 ** 40, 2 ** 8)).toThrow(MemoryError);
});
