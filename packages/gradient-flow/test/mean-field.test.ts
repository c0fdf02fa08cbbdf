import { sigmoid, softplus } from "@unroll/activations";
import { criticalGain, meanField } from "@unroll/gradient-flow";
import { gaussian, RandomState } from "@unroll/linalg";
import { expect, test } from "vitest";
import { drawn, exponentsOf } from "./support/random-network.ts";

/** ½ ln χ by noise and gain, to three places: from an independent computation. */
const table: [number, [number, number][]][] = [
  [
    0.5,
    [
      [0.5, -0.881],
      [1, -0.272],
      [1.5, -0.017],
      [2, 0.12],
      [3, 0.301],
    ],
  ],
  [
    1,
    [
      [0.5, -1.096],
      [1, -0.46],
      [1.5, -0.142],
      [2, 0.046],
      [3, 0.272],
    ],
  ],
];

test.each(table)("½ ln χ for noise %d", (noise, row) => {
  for (const [gain, expected] of row) expect(meanField({ gain, noise }).lyapunov).toBeCloseTo(expected, 3);
});

test.each([
  [0.1, 1.193],
  [0.25, 1.352],
  [0.5, 1.55],
  [0.75, 1.712],
  [1, 1.856],
  [1.5, 2.104],
])("the critical gain for noise %d is %d", (noise, expected) => {
  const gain = criticalGain(noise);
  expect(gain).toBeCloseTo(expected, 3);
  expect(meanField({ gain, noise }).chi).toBeCloseTo(1, 12);
});

test("without noise the critical gain is 1, and below it nothing moves", () => {
  expect(criticalGain(1e-6)).toBeCloseTo(1, 3);
  const { q, chi, timeScale } = meanField({ gain: 0.9, noise: 0 });
  expect(q).toBeLessThan(1e-300);
  expect(chi).toBeCloseTo(0.81, 12);
  expect(timeScale).toBeCloseTo(-1 / Math.log(0.81), 10);
  const chaotic = meanField({ gain: 1.5, noise: 0 });
  expect(chaotic.q).toBeGreaterThan(0.5);
  expect(chaotic.lyapunov).toBeGreaterThan(0);
});

test("q and χ against sums over a fine grid", () => {
  const gain = 1.7;
  const noise = 0.4;
  const { q, chi } = meanField({ gain, noise });
  const expected = (f: (x: number) => number): number => {
    let sum = 0;
    for (let x = -12; x <= 12; x += 1 / 512) sum += (f(Math.sqrt(q) * x) ** 2 * Math.exp((-x * x) / 2)) / 512;
    return sum / Math.sqrt(2 * Math.PI);
  };
  expect(gain ** 2 * expected(Math.tanh) + noise ** 2).toBeCloseTo(q, 7);
  expect(gain ** 2 * expected((z) => 1 / Math.cosh(z) ** 2)).toBeCloseTo(chi, 6);
});

test("other activations; what has no steady state or no critical gain is refused", () => {
  const { q, chi } = meanField({ gain: 1, noise: 0.5, activation: sigmoid });
  expect(q).toBeGreaterThan(0.25 + 0.25);
  expect(chi).toBeLessThan(1 / 16);
  expect(() => meanField({ gain: 3, noise: 1, activation: softplus })).toThrow("option gain is 3");
  expect(() => meanField({ gain: 0, noise: 1 })).toThrow("option gain is 0");
  expect(() => meanField({ gain: 1, noise: -1 })).toThrow("option noise is -1");
  expect(() => criticalGain(Number.NaN)).toThrow("option noise is NaN");
});

// One draw of 200 units, measured once over 2,000 steps; so few steps here must come as near as two such draws do to each other.
test.each([
  [0.5, 1, -0.268],
  [0.5, 2, 0.11],
  [1, 1, -0.469],
  [1, 2, 0.039],
])(
  "a network of 200 units with noise %d and gain %d has λ_1 near ½ ln χ, and near %d",
  (noise, gain, measured) => {
    const random = new RandomState(1);
    const W = drawn(200, gaussian({ sd: gain / Math.sqrt(200) }), random);
    const [lambda] = exponentsOf({ W, noise }, random, { steps: 300, transient: 60 });
    expect(Math.abs(lambda - meanField({ gain, noise }).lyapunov)).toBeLessThan(0.04);
    expect(Math.abs(lambda - measured)).toBeLessThan(0.04);
  },
);
