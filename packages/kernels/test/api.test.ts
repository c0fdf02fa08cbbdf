import { expect, test } from "vitest";

test("the package exports these names and no others", async () => {
  expect(Object.keys(await import("@unroll/kernels")).sort()).toEqual([
    "Arena",
    "FormatError",
    "MemoryError",
    "NonFiniteError",
    "OptionError",
    "ShapeError",
    "StateError",
    "Tokens",
    "UnrollError",
    "ValueError",
    "View",
    "attach",
    "availableKernels",
    "elementary32",
    "elementary64",
    "flushLimit",
    "isTokens",
    "load",
    "portableFloat32",
    "portableFloat64",
    "share",
  ]);
});
