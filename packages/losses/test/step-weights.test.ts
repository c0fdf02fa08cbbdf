import { OptionError, ValueError } from "@unroll/kernels";
import { lastOfLengthWeights, lastStepWeights, lengthWeights } from "@unroll/losses";
import { expect, test } from "vitest";

test("lastStepWeights: 1 in the last B rows", () => {
  const weights = lastStepWeights(3, 2);
  expect([weights.rows, weights.columns, weights.offset]).toEqual([6, 1, 0]);
  expect(weights.data).toEqual(Float32Array.of(0, 0, 0, 0, 1, 1));
  expect(lastStepWeights(1, 1, "float64").data).toEqual(Float64Array.of(1));
});

test("lengthWeights: 1 within each sequence, row t·B + b", () => {
  const weights = lengthWeights([3, 1, 0], 3, "float64");
  expect([weights.rows, weights.columns]).toEqual([9, 1]);
  expect(weights.data).toEqual(Float64Array.of(1, 1, 0, 1, 0, 0, 1, 0, 0));
  expect(lengthWeights(Int32Array.of(2), 2).data).toEqual(Float32Array.of(1, 1));
});

test("lastOfLengthWeights: 1 at the last step of each sequence that has one", () => {
  expect(lastOfLengthWeights([3, 1, 0], 3).data).toEqual(Float32Array.of(0, 1, 0, 0, 0, 0, 1, 0, 0));
  expect(lastOfLengthWeights([4, 4], 4).data).toEqual(lastStepWeights(4, 2).data);
});

test("wrong sizes and lengths are typed errors", () => {
  for (const count of [0, -1, 1.5, Number.NaN]) {
    expect(() => lastStepWeights(count, 1)).toThrow(OptionError);
    expect(() => lastStepWeights(1, count)).toThrow(OptionError);
    expect(() => lengthWeights([1], count)).toThrow(OptionError);
  }
  expect(() => lengthWeights([], 3)).toThrow(OptionError);
  expect(() => lengthWeights([1], 3, "float16" as never)).toThrow(
    'lengthWeights: option type is "float16", expected one of "float32", "float64"',
  );
  for (const length of [-1, 4, 1.5, Number.NaN]) {
    expect(() => lengthWeights([1, length], 3)).toThrow(ValueError);
    expect(() => lastOfLengthWeights([1, length], 3)).toThrow(
      `lastOfLengthWeights: lengths[1] is ${length}, expected an integer from 0 to 3`,
    );
  }
});
