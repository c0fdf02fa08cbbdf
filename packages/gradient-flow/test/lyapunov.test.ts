import { identity, tanh } from "@unroll/activations";
import { type Jacobians, lyapunovMeter, lyapunovSpectrum, singularSpectrum } from "@unroll/gradient-flow";
import { View } from "@unroll/kernels";
import { RandomState, singularValues } from "@unroll/linalg";
import { expect, test } from "vitest";
import { problem } from "./support/problem.ts";

const [A, B, C] = [
  [1, 2, 0, 1],
  [1, 0, 1, 1],
  [2, -1, 1, 0],
];
const repeated = (matrices: readonly number[][], periods: number): Jacobians => ({
  steps: matrices.length * periods,
  stateSize: 2,
  jacobians: Float64Array.from(
    { length: 4 * matrices.length * periods },
    (_, i) => matrices.flat()[i % (4 * matrices.length)],
  ),
});
const exponents = (j: Jacobians): number[] => [...lyapunovSpectrum(j, { transient: 300 })];

test("period 3, A first: ±ln((3+√5)/2)/3", () => {
  const expected = Math.log((3 + Math.sqrt(5)) / 2) / 3;
  expect(expected).toBeCloseTo(0.320808, 6);
  const [first, second] = exponents(repeated([A, B, C], 400));
  expect(first).toBeCloseTo(expected, 13);
  expect(second).toBeCloseTo(-expected, 13);
});

test("the trap: transposes from the first to the last belong to another product", () => {
  const transposed = [A, B, C].map(([a, b, c, d]) => [a, c, b, d]);
  const [wrong] = exponents(repeated(transposed, 400));
  expect(wrong).toBeCloseTo(0.641616, 6);
  // Backward, as gradients flow, they have the right exponents; and where all factors are equal nothing shows.
  expect(exponents(repeated(transposed.toReversed(), 400))[0]).toBeCloseTo(0.320808, 6);
  expect(exponents(repeated([[3, 1, 2, 1]], 400))[0]).toBeCloseTo(
    exponents(repeated([[3, 2, 1, 1]], 400))[0],
    12,
  );
});

test("scalar and diagonal systems: the mean of the logarithms", () => {
  const random = new RandomState(1);
  const factors = random.randn(500).map((x) => Math.exp(x - 1));
  const mean = factors.slice(100).reduce((sum, x) => sum + Math.log(x), 0) / 400;
  const scalar = lyapunovSpectrum({ steps: 500, stateSize: 1, jacobians: factors }, { transient: 100 });
  expect(scalar[0]).toBeCloseTo(mean, 12);
  const jacobians = new Float64Array(500 * 9);
  for (let t = 0; t < 500; t++) for (let i = 0; i < 3; i++) jacobians[t * 9 + i * 4] = [0.5, 2, 1.25][i];
  const diagonal = lyapunovSpectrum({ steps: 500, stateSize: 3, jacobians }, { transient: 100 });
  for (const [i, x] of [2, 1.25, 0.5].entries()) expect(diagonal[i]).toBeCloseTo(Math.log(x), 12);
  const two = lyapunovSpectrum({ steps: 500, stateSize: 3, jacobians }, { transient: 100, exponents: 2 });
  expect([...two]).toEqual([expect.closeTo(Math.log(2), 12), expect.closeTo(Math.log(1.25), 12)]);
});

test("the sum of all exponents is the mean of ln|det J|, = ln|det W| + mean Σ ln σ'(z)", () => {
  const one = problem({ sizes: [6], T: 60, sd: 0.7 });
  const trace = one.tracer.run(one.run);
  const { W_hh, derivatives } = trace.layers[0].elman!;
  const logDet = [...singularValues(new View(W_hh, 0, 6, 6))].reduce((sum, s) => sum + Math.log(s), 0);
  const slopes = [...derivatives!.slice(20 * 6)].reduce((sum, d) => sum + Math.log(d), 0) / 40;
  const sum = lyapunovSpectrum(trace, { transient: 20 }).reduce((total, x) => total + x, 0);
  expect(sum).toBeCloseTo(logDet + slopes, 11);
});

test("rates of singular values tend to them", () => {
  const one = problem({ sizes: [4], T: 1500, sd: 0.9, activation: tanh });
  const trace = one.tracer.run(one.run);
  const rates = singularSpectrum(trace, 1500, 100).map((x) => x / 1400);
  const spectrum = lyapunovSpectrum(trace, { transient: 100 });
  for (const [i, rate] of rates.entries()) expect(Math.abs(rate - spectrum[i])).toBeLessThan(5e-3);
});

test("a constant linear network: logarithms of the moduli of the eigenvalues", () => {
  const one = problem({ sizes: [2], T: 900, activation: identity });
  const { W_hh } = one.tracer.run(one.run).layers[0].elman!;
  const [a, b, c, d] = W_hh;
  const root = Math.sqrt(Math.abs((a - d) ** 2 / 4 + b * c));
  const real = (a - d) ** 2 / 4 + b * c > 0;
  const moduli = real
    ? [Math.abs((a + d) / 2 + root), Math.abs((a + d) / 2 - root)].sort((x, y) => y - x)
    : [Math.sqrt(a * d - b * c), Math.sqrt(a * d - b * c)];
  const spectrum = lyapunovSpectrum(one.tracer.trace, { transient: 500 });
  for (const [i, modulus] of moduli.entries())
    expect(Math.abs(spectrum[i] - Math.log(modulus))).toBeLessThan(5e-3);
});

test("singular Jacobians give -∞ for the directions that are lost, not NaN", () => {
  const rankOne = repeated(
    [[1, 1, -1, -0.5]].map(([a, b]) => [a, b, 2 * a, 2 * b]),
    50,
  );
  const spectrum = lyapunovSpectrum(rankOne);
  expect(spectrum[0]).toBeCloseTo(Math.log(3), 12); // the trace of u vᵀ
  expect(spectrum[1]).toBe(-Infinity);
  const once = { steps: 40, stateSize: 3, jacobians: new RandomState(3).randn(360) };
  once.jacobians.fill(0, 9 * 20 + 3, 9 * 20 + 6); // a row of zeros in one step
  const lost = lyapunovSpectrum(once, { transient: 5 });
  expect([Number.isFinite(lost[0]), Number.isFinite(lost[1]), lost[2]]).toEqual([true, true, -Infinity]);
});

test("a meter: Jacobian by Jacobian, from any place of an array", () => {
  const j = repeated([A, B, C], 50);
  const meter = lyapunovMeter(2);
  expect([...meter.exponents()]).toEqual([Number.NaN, Number.NaN]);
  for (let t = 0; t < 150; t++) {
    if (t === 30) meter.restart();
    meter.step(j.jacobians, 4 * t);
  }
  expect(meter.exponents()).toEqual(lyapunovSpectrum(j, { transient: 30 }));
});

test("options out of range are refused", () => {
  const j = repeated([A], 4);
  expect(() => lyapunovSpectrum(j, { exponents: 3 })).toThrow("exponents is 3");
  expect(() => lyapunovSpectrum(j, { transient: 4 })).toThrow("transient is 4");
  expect(lyapunovSpectrum(repeated([A], 1))).toHaveLength(2);
});
