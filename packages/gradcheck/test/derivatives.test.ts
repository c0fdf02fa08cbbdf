import * as c from "@unroll/gradcheck";
import { describe, expect, test } from "vitest";

// f(x) = tanh(x0·x1) + log(x2)/x0, its gradient by hand.
const x = [0.7, -1.3, 2.5];
const complexF = ([a, b, d]: readonly c.Complex[]): c.Complex =>
  c.add(c.tanh(c.multiply(a, b)), c.divide(c.log(d), a));
const realF = ([a, b, d]: Float64Array): number => Math.tanh(a * b) + Math.log(d) / a;
const slope = 1 - Math.tanh(0.7 * -1.3) ** 2;
const gradient = [slope * -1.3 - Math.log(2.5) / 0.49, slope * 0.7, 1 / (2.5 * 0.7)];

test("the complex step gives the gradient to rounding", () => {
  expect(c.compareGradients(c.complexStep(complexF, x), gradient).error).toBeLessThan(1e-15);
});

test("so small a step is right: a large one shows its error", () => {
  expect(c.compareGradients(c.complexStep(complexF, x, 1e-3), gradient).error).toBeGreaterThan(1e-7);
});

describe("central differences", () => {
  test("with 2 points are good to 1e-8", () => {
    expect(c.compareGradients(c.centralDifference(realF, x), gradient).error).toBeLessThan(1e-8);
  });

  test("with 5 points are good to 1e-10", () => {
    expect(c.compareGradients(c.centralDifference(realF, x, { points: 5 }), gradient).error).toBeLessThan(
      1e-10,
    );
  });

  test("with 5 points are exact for a cubic, even with a large step; with 2 points they are not", () => {
    const cubic = ([z]: Float64Array): number => z ** 3;
    expect(c.centralDifference(cubic, [1], { points: 5, step: 0.5 })[0]).toBeCloseTo(3, 14);
    expect(c.centralDifference(cubic, [1], { points: 2, step: 0.5 })[0]).toBeCloseTo(3.25, 14);
  });

  test("leave x alone and step in proportion to a large argument", () => {
    const big = [1e8];
    expect(c.centralDifference(([z]) => z * z, big)[0] / 2e8).toBeCloseTo(1, 9);
    expect(big).toEqual([1e8]);
  });

  test("refuse a step or a number of points that makes no sense", () => {
    expect(() => c.centralDifference(realF, x, { step: 0 })).toThrow("step is 0, expected a positive number");
    expect(() => c.centralDifference(realF, x, { points: 3 as 2 })).toThrow("points is 3, expected 2 or 5");
    expect(() => c.complexStep(complexF, x, Number.NaN)).toThrow("step is NaN");
  });
});

describe("Jacobians", () => {
  // F(x) = (x0·x1, x0/x2), J = [x1 x0 0; 1/x2 0 -x0/x2²]
  const complexMap = ([a, b, d]: readonly c.Complex[]): c.Complex[] => [c.multiply(a, b), c.divide(a, d)];
  const realMap = ([a, b, d]: Float64Array): number[] => [a * b, a / d];
  const expected = [-1.3, 0.7, 0, 0.4, 0, -0.112];

  test("are row-major with a row for each result", () => {
    const J = c.complexStepJacobian(complexMap, x);
    expect([J.rows, J.columns]).toEqual([2, 3]);
    expect(c.compareGradients(J.data, expected).error).toBeLessThan(1e-15);
    const D = c.centralDifferenceJacobian(realMap, x);
    expect([D.rows, D.columns]).toEqual([2, 3]);
    expect(c.compareGradients(D.data, expected).error).toBeLessThan(1e-8);
  });

  test("times a vector take one evaluation", () => {
    let calls = 0;
    const Jv = c.directionalDerivative(
      (z) => {
        calls++;
        return complexMap(z);
      },
      x,
      [1, 2, 3],
    );
    expect(calls).toBe(1);
    expect(c.compareGradients(Jv, [-1.3 + 1.4, 0.4 - 0.336]).error).toBeLessThan(1e-15);
    expect(() => c.directionalDerivative(complexMap, x, [1])).toThrow("v has 1 entries, expected 3");
  });
});

describe("the adjoint test", () => {
  const W = [
    [1, 2, -1],
    [0.5, -3, 4],
  ];
  const v = [0.3, -0.8, 1.7];
  const dY = [1.1, -0.6];
  const Jv = W.map((row) => row.reduce((sum, w, j) => sum + w * v[j], 0));
  const JtdY = v.map((_, j) => W[0][j] * dY[0] + W[1][j] * dY[1]);

  test("passes for a transpose", () => {
    expect(c.adjointError({ v, Jv, dY, JtdY })).toBeLessThan(1e-15);
  });

  test("notices a sign, a missing term and one wrong entry in a thousand", () => {
    expect(c.adjointError({ v, Jv, dY, JtdY: JtdY.map((d) => -d) })).toBeGreaterThan(0.1);
    expect(c.adjointError({ v, Jv, dY, JtdY: v.map((_, j) => W[0][j] * dY[0]) })).toBeGreaterThan(0.1);
    expect(c.adjointError({ v, Jv, dY, JtdY: [JtdY[0] * 1.001, JtdY[1], JtdY[2]] })).toBeGreaterThan(1e-6);
  });

  test("never lets NaN pass, takes zeros for equal, and wants matching lengths", () => {
    expect(c.adjointError({ v, Jv: [Number.NaN, 1], dY, JtdY })).toBe(Number.POSITIVE_INFINITY);
    expect(c.adjointError({ v, Jv: [Number.POSITIVE_INFINITY, 1], dY, JtdY })).toBe(Number.POSITIVE_INFINITY);
    expect(c.adjointError({ v: [0], Jv: [0], dY: [1], JtdY: [5] })).toBe(0);
    expect(() => c.adjointError({ v, Jv: [1], dY, JtdY })).toThrow("Jv has 1 entries, expected 2 as dY");
    expect(() => c.adjointError({ v, Jv, dY, JtdY: [1] })).toThrow("JtdY has 1 entries, expected 3 as v");
  });
});
