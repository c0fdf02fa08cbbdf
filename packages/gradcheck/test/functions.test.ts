import { readFileSync } from "node:fs";
import * as c from "@unroll/gradcheck";
import { describe, expect, test } from "vitest";

type Unary = (z: c.ComplexLike) => c.Complex;

const functions: Record<string, Unary> = {
  exp: c.exp,
  expm1: c.expm1,
  log: c.log,
  log1p: c.log1p,
  sqrt: c.sqrt,
  tanh: c.tanh,
  sigmoid: c.sigmoid,
};

const rows: { name: string; x: number; value: number; derivative: number }[] = JSON.parse(
  readFileSync(new URL("./fixtures/functions.json", import.meta.url), "utf8"),
);

const relative = (actual: number, expected: number): number =>
  actual === expected ? 0 : Math.abs(actual - expected) / Math.abs(expected);

describe("values and complex-step derivatives agree with 60-digit values", () => {
  test.each(rows)("$name at $x", ({ name, x, value, derivative }) => {
    // Where the derivative is 1e-300 the step must not be so small that their product vanishes, and at x = 1e-300 it
    // must be smaller than x.
    const step = name === "sqrt" || name === "log" ? x * 1e-30 : 1e-30;
    const z = functions[name](c.complex(x, step));
    expect(relative(z.re, value)).toBeLessThan(2e-15);
    if (derivative * step > 1e-307) expect(relative(z.im / step, derivative)).toBeLessThan(2e-15);
  });
});

describe("the functions are right far from the real axis", () => {
  const points = [-3, -0.7, 0.2, 1.1, 4].flatMap((re) =>
    [-1.3, -0.4, 0.6, 2.9].map((im) => c.complex(re, im)),
  );
  const close = (a: c.Complex, b: c.Complex): void => {
    expect(Math.hypot(a.re - b.re, a.im - b.im)).toBeLessThan(1e-14 * Math.max(1, Math.hypot(b.re, b.im)));
  };

  test.each(points)("at $re + $im i", (z) => {
    close(c.exp(c.log(z)), z);
    close(c.multiply(c.sqrt(z), c.sqrt(z)), z);
    expect(c.sqrt(z).re).toBeGreaterThanOrEqual(0);
    close(c.add(c.expm1(z), 1), c.exp(z));
    close(c.log1p(z), c.log(c.add(1, z)));
    close(c.sigmoid(z), c.divide(1, c.add(1, c.exp(c.negate(z)))));
    const e = c.exp(c.multiply(2, z));
    close(c.tanh(z), c.divide(c.subtract(e, 1), c.add(e, 1)));
    close(c.multiply(c.divide(1, z), z), c.complex(1));
  });
});

test("division neither overflows nor underflows on the way", () => {
  expect(c.divide(c.complex(1e300, 1e300), c.complex(1e300, 1e300))).toEqual({ re: 1, im: 0 });
  expect(c.divide(c.complex(0, 2e-200), c.complex(0, 1e-200))).toEqual({ re: 2, im: 0 });
});

test("large and infinite arguments give limits, not NaN", () => {
  expect(c.exp(1000)).toEqual({ re: Number.POSITIVE_INFINITY, im: 0 });
  expect(c.expm1(1000)).toEqual({ re: Number.POSITIVE_INFINITY, im: 0 });
  expect(c.tanh(Number.NEGATIVE_INFINITY)).toEqual({ re: -1, im: 0 });
  expect(c.sigmoid(-1000)).toEqual({ re: 0, im: 0 });
  expect(c.sqrt(0)).toEqual({ re: 0, im: 0 });
});

describe("where a function has a corner the real part decides", () => {
  const up = c.complex(2, -1e-30);
  const down = c.complex(-2, 1e-30);

  test("relu and abs", () => {
    expect(c.relu(up)).toEqual(up);
    expect(c.relu(down)).toEqual({ re: 0, im: 0 });
    expect(c.relu(c.complex(0, 1e-30))).toEqual({ re: 0, im: 0 });
    expect(c.abs(up)).toEqual(up);
    expect(c.abs(down)).toEqual({ re: 2, im: -1e-30 });
    expect(c.abs(c.complex(0, 1e-30))).toEqual({ re: 0, im: 0 });
  });

  test("maximum, minimum and compare", () => {
    expect(c.maximum(up, down)).toBe(up);
    expect(c.maximum(down, up)).toBe(up);
    expect(c.minimum(up, down)).toBe(down);
    expect(c.minimum(down, up)).toBe(down);
    expect(c.compare(down, up)).toBeLessThan(0);
    expect(c.compare(up, 2)).toBe(0);
  });

  test("NaN is not swallowed", () => {
    for (const [a, b] of [
      [Number.NaN, 1],
      [1, Number.NaN],
    ]) {
      expect(c.maximum(a, b).re).toBeNaN();
      expect(c.minimum(a, b).re).toBeNaN();
    }
    expect(c.relu(Number.NaN).re).toBeNaN();
    expect(c.abs(Number.NaN).re).toBeNaN();
    expect(c.tanh(Number.NaN).re).toBeNaN();
    expect(c.sigmoid(Number.NaN).re).toBeNaN();
  });
});
