import { relu, softmax } from "@unroll/activations";
import { clippedTermSum, clippingEffect, gradientByLag, saturation, similarity } from "@unroll/gradient-flow";
import { expect, test } from "vitest";
import { problem } from "./support/problem.ts";

test("by norm: one factor, the same direction", () => {
  const effect = clippingEffect(Float64Array.of(3, -4), { norm: 1 });
  expect([...effect.gradient]).toEqual([3 * (1 / 5), -4 * (1 / 5)]);
  expect(effect).toMatchObject({ before: 5, after: 1, changed: 2, cosine: 1, kept: 0.2, relativeError: 0.8 });
  const untouched = clippingEffect(Float64Array.of(3, -4), { norm: 5 });
  expect(untouched).toMatchObject({ before: 5, after: 5, changed: 0, cosine: 1, kept: 1, relativeError: 0 });
});

test("by value: another direction, but never uphill", () => {
  const effect = clippingEffect(Float64Array.of(3, -4, 0.5), { value: 1 });
  expect([...effect.gradient]).toEqual([1, -1, 0.5]);
  expect(effect.changed).toBe(2);
  expect(effect.cosine).toBeCloseTo(7.25 / Math.sqrt(25.25 * 2.25), 14);
});

test("a clipped gradient may be beyond the largest square", () => {
  const effect = clippingEffect(Float64Array.of(3e200, -4e200), { norm: 1 });
  expect(effect.before).toBeCloseTo(5e200, -190);
  expect(effect.after).toBeCloseTo(1, 14);
  expect(effect.cosine).toBeCloseTo(1, 14);
});

test("X7: clipping temporal terms one by one points uphill", () => {
  const terms = Float64Array.of(10, -9.5, -0.4);
  expect(terms.reduce((sum, x) => sum + x)).toBeCloseTo(0.1, 14);
  expect(clippedTermSum(terms, 1, 1)[0]).toBeCloseTo(-0.4, 14);
  const { tracer, run } = problem();
  const { parameterGradient, layout } = tracer.run(run);
  const { offset, rows, columns } = layout.slices["0.W_hh"];
  const own = parameterGradient.slice(offset, offset + rows * columns);
  expect(similarity(clippedTermSum(gradientByLag(tracer), own.length, 1e9), own).relativeError).toBeLessThan(
    1e-13,
  );
});

test("thresholds must be positive", () => {
  for (const norm of [0, -1, Number.NaN])
    expect(() => clippingEffect(Float64Array.of(1), { norm })).toThrow("clip: option norm");
});

test("similarity of opposite, orthogonal and vanished vectors", () => {
  const [x, y] = [Float64Array.of(1, 0), Float64Array.of(0, 1)];
  expect(
    similarity(
      x.map((value) => -value),
      x,
    ),
  ).toEqual({ relativeError: 2, cosine: -1, kept: 1 });
  expect(similarity(y, x)).toEqual({ relativeError: Math.SQRT2, cosine: 0, kept: 1 });
  expect(similarity(new Float64Array(2), x)).toEqual({ relativeError: 1, cosine: Number.NaN, kept: 0 });
  expect(() => similarity(x, new Float64Array(3))).toThrow("estimate is 2, expected 3");
});

test("saturation: σ' of every unit and step", () => {
  const { tracer, run, T } = problem({ sizes: [5], sd: 2 });
  const trace = tracer.run(run);
  const { byStep, byUnit, quantiles, saturated } = saturation(trace, 0, 0.5);
  const slopes = [...trace.states.slice(5)].map((h) => 1 - h * h);
  const mean = slopes.reduce((sum, x) => sum + x) / slopes.length;
  expect(byStep.reduce((sum, x) => sum + x) / T).toBeCloseTo(mean, 13);
  expect(byUnit.reduce((sum, x) => sum + x) / 5).toBeCloseTo(mean, 13);
  expect(byUnit[2]).toBeCloseTo(slopes.filter((_, i) => i % 5 === 2).reduce((sum, x) => sum + x) / T, 13);
  expect(saturated).toBe(slopes.filter((x) => x <= 0.5).length / slopes.length);
  expect([quantiles[0], quantiles[6]]).toEqual([
    expect.closeTo(Math.min(...slopes), 13),
    expect.closeTo(Math.max(...slopes), 13),
  ]);
});

test("saturation of ReLU is the share of units switched off; softmax has no σ' of its own", () => {
  const off = problem({ sizes: [6], activation: relu });
  const trace = off.tracer.run(off.run);
  const zeros = [...trace.states.slice(6)].filter((h) => h === 0).length;
  expect(saturation(trace).saturated).toBe(zeros / (6 * off.T));
  const rows = problem({ activation: softmax });
  expect(() => saturation(rows.tracer.run(rows.run))).toThrow("an element-wise activation");
});
