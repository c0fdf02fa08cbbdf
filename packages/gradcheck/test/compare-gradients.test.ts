import { assertGradients, compareGradients, GradientError } from "@unroll/gradcheck";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const tensors = {
  W: { offset: 0, rows: 2, columns: 3 },
  b: { offset: 6, rows: 1, columns: 2 },
};
const expected = [1, -2, 3, -4, 5, -6, 1e-3, 2e-3];
const changed = (index: number, value: number): number[] => expected.with(index, value);

test("equal gradients have error 0", () => {
  expect(compareGradients(expected, expected, { tensors })).toMatchObject({
    error: 0,
    tensors: { W: 0, b: 0 },
  });
});

test("the error of a tensor is relative to its own norm, so a small tensor counts as much as a large one", () => {
  const { error, tensors: errors, worst } = compareGradients(changed(7, 2.1e-3), expected, { tensors });
  expect(errors.W).toBe(0);
  expect(errors.b).toBeCloseTo(1e-4 / Math.hypot(1e-3, 2e-3), 12);
  expect(error).toBe(errors.b);
  expect(worst).toEqual({ tensor: "b", row: 0, column: 1, actual: 2.1e-3, expected: 2e-3 });
});

test("the worst entry has its row and column", () => {
  expect(compareGradients(changed(5, 6), expected, { tensors }).worst).toEqual({
    tensor: "W",
    row: 1,
    column: 2,
    actual: 6,
    expected: -6,
  });
});

test("any planted error of 1e-9 is caught at 1e-12, and its place named", () => {
  fc.assert(
    fc.property(fc.nat({ max: 7 }), fc.boolean(), (index, up) => {
      const planted = changed(index, expected[index] * (1 + (up ? 1e-9 : -1e-9)));
      const { error, worst } = compareGradients(planted, expected, { tensors });
      expect(error).toBeGreaterThan(1e-12);
      expect(tensors[worst.tensor as "W"].offset + worst.row * 3 + worst.column).toBe(index);
    }),
  );
});

describe("a tensor that must be zero", () => {
  const zeroB = expected.with(6, 0).with(7, 0);

  test("is measured against the whole gradient", () => {
    const { tensors: errors } = compareGradients(zeroB.with(6, 1e-6), zeroB, { tensors });
    expect(errors.b).toBeCloseTo(1e-6 / Math.sqrt(91), 15);
    expect(compareGradients(zeroB, zeroB, { tensors }).error).toBe(0);
  });

  test("has an infinite error where the whole gradient is zero", () => {
    expect(compareGradients([0, 1e-300], [0, 0]).error).toBe(Number.POSITIVE_INFINITY);
  });
});

test("a floor forgives rounding in a tensor that is nothing beside the others", () => {
  const noise = changed(6, 1e-18).with(7, -1e-18);
  const other = changed(6, -1e-18).with(7, 2e-18);
  expect(compareGradients(noise, other, { tensors }).error).toBeGreaterThan(1);
  expect(compareGradients(noise, other, { tensors, floor: 1e-3 }).error).toBeLessThan(1e-15);
});

describe("NaN and infinity are failures wherever they stand", () => {
  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])("%s", (value) => {
    for (const [actual, wanted] of [
      [changed(4, value), expected],
      [expected, changed(4, value)],
      [changed(4, value), changed(4, value)],
    ]) {
      const { error, tensors: errors, worst } = compareGradients(actual, wanted, { tensors });
      expect(error).toBe(Number.POSITIVE_INFINITY);
      expect(errors.b).toBe(0);
      expect(worst).toMatchObject({ tensor: "W", row: 1, column: 1 });
      expect(() => assertGradients(actual, wanted, { tensors, tolerance: 1e300 })).toThrow(GradientError);
    }
  });

  test("beside a difference that overflows", () => {
    const { error, worst } = compareGradients([1e308, Number.NaN], [-1e308, 1]);
    expect(error).toBe(Number.POSITIVE_INFINITY);
    expect(worst.column).toBe(1);
    expect(compareGradients([1e308], [-1e308]).error).toBe(Number.POSITIVE_INFINITY);
  });
});

test("entries without a name are compared as well", () => {
  const { worst, tensors: errors } = compareGradients(changed(7, 1), expected, { tensors: { W: tensors.W } });
  expect(worst).toMatchObject({ tensor: "(unnamed)", row: 0, column: 7 });
  expect(Object.keys(errors)).toEqual(["W", "(unnamed)"]);
});

test("gradients of 1e-200 and 1e200 are compared as well as those of 1", () => {
  for (const scale of [1e-200, 1e200]) {
    const { error } = compareGradients([3 * scale, 4.0001 * scale], [3 * scale, 4 * scale]);
    expect(error).toBeCloseTo(1e-4 / 5, 12);
  }
});

test("vectors and tensors that don't fit are refused with the numbers", () => {
  expect(() => compareGradients([1], [1, 2])).toThrow("actual has 1 entries, expected 2");
  expect(() => compareGradients([], [])).toThrow("empty");
  expect(() => compareGradients([1], [1], { tensors })).toThrow("tensor W (2×3 at 0) is outside 1 entries");
  const overlap = { a: { offset: 0, rows: 1, columns: 2 }, b: { offset: 1, rows: 1, columns: 1 } };
  expect(() => compareGradients([1, 2], [1, 2], { tensors: overlap })).toThrow("entry 1 belongs to a and b");
});

describe("assertGradients", () => {
  test("returns the comparison if all is well", () => {
    const close = changed(0, 1 + 1e-13);
    expect(assertGradients(close, expected, { tensors, tolerance: 1e-12 }).worst.tensor).toBe("W");
  });

  test("names the worst entry otherwise", () => {
    const attempt = (): unknown => assertGradients(changed(5, 6), expected, { tensors, tolerance: 1e-12 });
    expect(attempt).toThrow(
      "gradients differ: W[1,2] is 6, expected -6 (relative error of W 1.26e+0, tolerance 1e-12)",
    );
    expect(attempt).toThrow(expect.objectContaining({ name: "GradientError" }));
  });

  test("refuses a tolerance that would let all pass", () => {
    for (const tolerance of [Number.NaN, -1, Number.POSITIVE_INFINITY])
      expect(() => assertGradients(expected, expected, { tolerance })).toThrow(`tolerance is ${tolerance}`);
  });
});
