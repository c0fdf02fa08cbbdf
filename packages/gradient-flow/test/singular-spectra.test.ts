import { readFileSync } from "node:fs";
import { type Jacobians, singularSpectra, singularSpectrum } from "@unroll/gradient-flow";
import { View } from "@unroll/kernels";
import { multiply, RandomState, singularValues } from "@unroll/linalg";
import { expect, test } from "vitest";

interface Case {
  readonly name: string;
  readonly n: number;
  readonly k: number;
  readonly jacobians: readonly number[];
  readonly spectra: readonly (readonly number[])[];
}
const file = new URL("fixtures/singular-spectra.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(file, "utf8")) as { cases: Case[] };

const jacobiansOf = ({ n, jacobians }: Case): Jacobians => ({
  steps: jacobians.length / (n * n),
  stateSize: n,
  jacobians: Float64Array.from(jacobians),
});

test.each(cases)("$name: every value of every product, against 400 digits", (one) => {
  const spectra = singularSpectra(jacobiansOf(one), one.k);
  for (const [i, expected] of one.spectra.entries()) {
    const own = spectra.slice(i * one.n, (i + 1) * one.n);
    // A relative error of σ is an absolute one of ln σ.
    for (const [r, value] of expected.entries()) expect(Math.abs(own[r] - value)).toBeLessThan(1e-10);
  }
});

test("an SVD of the product has rounding in place of small values", () => {
  const one = cases[3];
  const j = jacobiansOf(one);
  const J = (t: number): View => new View(j.jacobians, (t - 1) * 16, 4, 4);
  let product = J(1);
  for (let t = 2; t <= 16; t++) product = multiply(J(t), product);
  const svd = [...singularValues(product)].map(Math.log);
  expect(svd[0]).toBeCloseTo(one.spectra[15][0], 10);
  expect(Math.abs(svd[3] - one.spectra[15][3])).toBeGreaterThan(10);
});

test("singular factors give -∞, not rounding: one lost direction, rank one, nothing", () => {
  const random = new RandomState(1);
  const jacobians = random.randn(6 * 16);
  for (let c = 0; c < 4; c++)
    jacobians[2 * 16 + 12 + c] = 2 * jacobians[2 * 16 + c] - jacobians[2 * 16 + 4 + c]; // step 3
  const j = { steps: 6, stateSize: 4, jacobians };
  for (const t of [3, 4, 5, 6]) {
    const [, , third, last] = singularSpectrum(j, t, 0);
    expect([Number.isFinite(third), last]).toEqual([true, -Infinity]);
  }
  expect(Number.isFinite(singularSpectrum(j, 2, 0)[3])).toBe(true);
  expect(Number.isFinite(singularSpectrum(j, 6, 3)[3])).toBe(true);

  const outer = Float64Array.from(
    { length: 5 * 9 },
    (_, i) => (1 + (Math.floor(i / 3) % 3)) * (0.3 + (i % 3)),
  );
  const [first, ...rest] = singularSpectrum({ steps: 5, stateSize: 3, jacobians: outer }, 5, 0);
  const trace = 0.3 + 2 * 1.3 + 3 * 2.3; // of u vᵀ: (u vᵀ)^5 = trace⁴ u vᵀ
  expect(first).toBeCloseTo(
    4 * Math.log(trace) + Math.log(Math.hypot(1, 2, 3) * Math.hypot(0.3, 1.3, 2.3)),
    12,
  );
  expect(rest).toEqual([-Infinity, -Infinity]);

  const none = singularSpectrum({ steps: 2, stateSize: 2, jacobians: new Float64Array(8) }, 2, 0);
  expect([...none]).toEqual([-Infinity, -Infinity]);
});

test("Φ(k,k) is the identity; several times in one sweep are the times one by one", () => {
  const j = { steps: 8, stateSize: 3, jacobians: new RandomState(2).randn(8 * 9) };
  expect([...singularSpectrum(j, 4, 4)]).toEqual([0, 0, 0]);
  const together = singularSpectra(j, 1, [2, 5, 8]);
  for (const [i, t] of [2, 5, 8].entries())
    expect(singularSpectrum(j, t, 1)).toEqual(together.slice(i * 3, i * 3 + 3));
});

test("times out of order are refused", () => {
  const j = { steps: 3, stateSize: 1, jacobians: new Float64Array(3) };
  expect(() => singularSpectrum(j, 1, 2)).toThrow("t is 1, expected a whole number from 2 to 3");
  expect(() => singularSpectra(j, 0, [2, 1])).toThrow("t is 1");
  expect(() => singularSpectra(j, 4)).toThrow("k is 4");
});
