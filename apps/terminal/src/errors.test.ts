import {
  FormatError,
  MemoryError,
  NonFiniteError,
  OptionError,
  ShapeError,
  StateError,
  ValueError,
} from "@unroll/kernels";
import { expect, test } from "vitest";
import { DataError, EXIT, explain, fileProblem, UsageError, WriteError } from "./errors.ts";

test.each([
  [new UsageError("no", {}), 2],
  [new DataError("a.txt", "is empty"), 3],
  [new WriteError("a.txt", "the disk is full"), 1],
  [new OptionError("elman", "hiddenSize", 0, "a positive integer"), 2],
  [new FormatError("safetensors", "header is cut", 8), 3],
  [new ValueError("characters", "text", 3, "a string"), 3],
  [new ShapeError("load", "W_xh", [2, 3], [3, 2]), 3],
  [new NonFiniteError("fit", "loss", Number.NaN, { step: 7 }), 4],
  [new MemoryError("Arena.commit", 1e12, "too much"), 1],
  [new StateError("fit", "is running"), 1],
  [new TypeError("x is not a function"), 1],
  ["a string", 1],
])("%s ends the process with %i", (error, code) => {
  const explained = explain(error);
  expect(EXIT[explained.code]).toBe(code);
  expect(explained.message).toContain(error instanceof Error ? error.message : error);
});

test("the details of the packages' errors are kept", () => {
  expect(explain(new NonFiniteError("fit", "loss", Number.NaN, { step: 7 })).details).toMatchObject({
    step: 7,
  });
});

test("system codes become words, others keep the system's message", () => {
  expect(fileProblem(Object.assign(new Error("x"), { code: "ENOSPC" }))).toBe("the disk is full");
  expect(fileProblem(Object.assign(new Error("EMFILE: too many"), { code: "EMFILE" }))).toBe(
    "EMFILE: too many",
  );
});
