import { Arena, type ElementType, type Kernels, type View } from "@unroll/kernels";
import { clipByGlobalNorm, clipByValue, globalNorm } from "@unroll/optim";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { elements, type Fixture, fixture } from "./run.ts";

interface Clipped {
  readonly step: number;
  readonly limit: number;
  readonly norm: number;
  readonly gradients: number[];
}

const data = fixture<Fixture & { clipped: Clipped[] }>("pytorch");

function vector(values: readonly number[], type: ElementType = "float64"): { kernels: Kernels; g: View } {
  const arena = new Arena(type);
  const g = arena.matrix(1, values.length);
  arena.commit();
  g.data.set(values, g.offset);
  return { kernels: arena.kernels, g };
}

const relative = (actual: number, expected: number): number =>
  actual === expected ? 0 : Math.abs(actual - expected) / Math.abs(expected);

test.each(data.clipped)("agrees with PyTorch at $limit", ({ step, limit, norm, gradients }) => {
  const { kernels, g } = vector(data.gradients[step]);
  expect(relative(clipByGlobalNorm(kernels, g, limit), norm)).toBeLessThan(1e-15);
  elements(g).forEach((value, i) => {
    expect(relative(value, gradients[i])).toBeLessThan(1e-14);
  });
});

describe.each(["float32", "float64"] as const)("the global norm in %s", (type) => {
  const ulp = type === "float32" ? 2 ** -23 : 2 ** -52;
  const numbers = fc.array(
    type === "float32"
      ? fc.float({ noNaN: true, noDefaultInfinity: true })
      : fc.double({ noNaN: true, noDefaultInfinity: true }),
    { minLength: 1, maxLength: 20 },
  );

  test("after clipping is at most the limit, up to rounding, whatever the gradients", () => {
    fc.assert(
      fc.property(numbers, fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (values, limit) => {
        const { kernels, g } = vector(values, type);
        const before = elements(g);
        const norm = clipByGlobalNorm(kernels, g, limit);
        const after = globalNorm(kernels, g);
        if (norm <= limit) expect(elements(g)).toEqual(before);
        else expect(relative(after, limit)).toBeLessThan(8 * ulp);
      }),
      { numRuns: 1000 },
    );
  });

  test("returns ‖g‖ before, where a limit of Infinity only measures", () => {
    const { kernels, g } = vector([3, -4], type);
    expect(clipByGlobalNorm(kernels, g, Number.POSITIVE_INFINITY)).toBe(5);
    expect(elements(g)).toEqual([3, -4]);
    expect(clipByGlobalNorm(kernels, g, 5)).toBe(5);
    expect(elements(g)).toEqual([3, -4]);
    expect(clipByGlobalNorm(kernels, g, 0.5)).toBe(5);
    expect(relative(elements(g)[0], 0.3)).toBeLessThan(2 * ulp);
  });

  test("is 0 for zeros", () => {
    const { kernels, g } = vector([0, -0], type);
    expect(clipByGlobalNorm(kernels, g, 1)).toBe(0);
    const none = vector([], type);
    expect(globalNorm(none.kernels, none.g)).toBe(0);
  });

  test("keeps the direction of huge gradients", () => {
    const huge = type === "float32" ? 2 ** 126 : 2 ** 1022;
    const { kernels, g } = vector([0.75 * huge, -huge, 0], type);
    const limit = type === "float32" ? 1e-9 : 1e-280;
    expect(relative(clipByGlobalNorm(kernels, g, limit), 1.25 * huge)).toBeLessThan(1e-15);
    expect(relative(elements(g)[0], 0.6 * limit)).toBeLessThan(8 * ulp);
    expect(relative(elements(g)[1], -0.8 * limit)).toBeLessThan(8 * ulp);
  });
});

test("a float64 norm above the largest number is Infinity, and clipping still right", () => {
  const { kernels, g } = vector([1.5e308, 1.5e308]);
  expect(clipByGlobalNorm(kernels, g, 2)).toBe(Number.POSITIVE_INFINITY);
  elements(g).forEach((value) => {
    expect(relative(value, Math.SQRT2)).toBeLessThan(1e-15);
  });
});

test("a float64 norm of vanishing gradients is not 0", () => {
  const { kernels, g } = vector([3e-200, 4e-200]);
  expect(relative(globalNorm(kernels, g), 5e-200)).toBeLessThan(1e-15);
});

describe("clipping by value", () => {
  test("brings entries into the limits and counts them", () => {
    const { kernels, g } = vector([-9, -5, 0.25, 5, 7]);
    expect(clipByValue(kernels, g, 5)).toBe(2);
    expect(elements(g)).toEqual([-5, -5, 0.25, 5, 5]);
  });

  test("bends the direction but never turns it uphill", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1 }), (values) => {
        const { kernels, g } = vector(values);
        clipByValue(kernels, g, 1);
        expect(elements(g).reduce((sum, value, i) => sum + value * values[i], 0)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe.each([clipByGlobalNorm, clipByValue])("%o", (clip) => {
  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "names a gradient of %s",
    (value) => {
      for (const type of ["float32", "float64"] as const) {
        const { kernels, g } = vector([8, value, Number.NaN], type);
        const attempt = (): unknown => clip(kernels, g, 1);
        expect(attempt).toThrow(`${clip.name}: gradient is ${value}, index 1`);
        expect(attempt).toThrow(expect.objectContaining({ code: "non-finite" }));
        expect(elements(g)).toEqual([8, value, Number.NaN]);
      }
    },
  );

  test("refuses a limit that is none, and a matrix", () => {
    const { kernels, g } = vector([8, 1]);
    for (const limit of [0, -1, Number.NaN])
      expect(() => clip(kernels, g, limit)).toThrow(expect.objectContaining({ code: "option" }));
    g.rows = 2;
    expect(() => clip(kernels, g, 1)).toThrow("gradients is 2×2, expected 1×N");
  });
});
