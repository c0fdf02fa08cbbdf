import {
  FormatError,
  MemoryError,
  NonFiniteError,
  OptionError,
  ShapeError,
  StateError,
  UnrollError,
  ValueError,
} from "@unroll/kernels";
import { expect, test, vi } from "vitest";

const cases: [UnrollError, string, string, Record<string, unknown>][] = [
  [
    new ShapeError("affine", "W", [4, 3], [4, 5]),
    "shape",
    "affine: W is 4×3, expected 4×5",
    { where: "affine", name: "W", got: [4, 3], expected: [4, 5] },
  ],
  [
    new ShapeError("affine", "x", [2, 3], ["any", 5]),
    "shape",
    "affine: x is 2×3, expected any×5",
    { got: [2, 3], expected: ["any", 5] },
  ],
  [
    new ValueError("elman", "hiddenSize", -1, "a positive integer"),
    "value",
    "elman: hiddenSize is -1, expected a positive integer",
    { name: "hiddenSize", got: -1, expected: "a positive integer" },
  ],
  [
    new OptionError("loss", "reduction", "average", '"sum" or "mean"'),
    "option",
    'loss: option reduction is "average", expected "sum" or "mean"',
    { name: "reduction", got: "average" },
  ],
  [
    new NonFiniteError("fit", "gradient", Number.NaN, { step: 7, parameter: "W_hh" }),
    "non-finite",
    "fit: gradient is NaN, step 7, parameter W_hh",
    { name: "gradient", value: Number.NaN, step: 7, parameter: "W_hh" },
  ],
  [
    new FormatError("safetensors", "the header is longer than the file", 8, { length: 99 }),
    "format",
    "safetensors: the header is longer than the file (at byte 8)",
    { offset: 8, length: 99 },
  ],
  [
    new MemoryError("Arena.commit", 1024, "too many"),
    "memory",
    "Arena.commit: could not get 1024 bytes: too many",
    { bytes: 1024, reason: "too many" },
  ],
  [
    new StateError("Arena.commit", "the arena is already committed"),
    "state",
    "Arena.commit: the arena is already committed",
    { where: "Arena.commit" },
  ],
];

test.each(cases)("%s", (error, code, message, details) => {
  expect(error).toBeInstanceOf(Error);
  expect(error.name).toBe(error.constructor.name);
  expect(error.message).toBe(message);
  expect(error.code).toBe(code);
  expect(error.details).toMatchObject(details);
  expect(UnrollError.is(error)).toBe(true);
});

test.each([
  ["text", '"text"'],
  [-0, "-0"],
  [undefined, "undefined"],
  [null, "null"],
  [[1, "a"], '[1, "a"]'],
  [new Float32Array(2), "Float32Array"],
  [{}, "Object"],
  [Object.create(null), "an object"],
])("a wrong value %s is shown as %s", (value, shown) => {
  expect(new ValueError("where", "name", value, "another").message).toBe(
    `where: name is ${shown}, expected another`,
  );
});

test("only these errors are recognized, those of another copy of the package too", async () => {
  vi.resetModules();
  const copy = await import("../src/errors.ts");
  expect(copy.UnrollError).not.toBe(UnrollError);
  const error = new copy.ValueError("where", "name", 1, "2");
  expect(error).not.toBeInstanceOf(UnrollError);
  expect(UnrollError.is(error)).toBe(true);
  expect(copy.UnrollError.is(new StateError("where", "early"))).toBe(true);
  for (const other of [new Error("other"), { code: "shape" }, "shape", null, undefined]) {
    expect(UnrollError.is(other)).toBe(false);
  }
});

test("the mark does not show among an error's own entries", () => {
  expect(JSON.parse(JSON.stringify(new StateError("where", "early")))).toEqual({
    code: "state",
    details: { where: "where" },
    name: "StateError",
  });
});
