import { identity, tanh } from "@unroll/activations";
import {
  boundLadder,
  type Counterexample,
  counterexamples,
  lyapunovSpectrum,
  productNorms,
  type Trace,
  trace,
} from "@unroll/gradient-flow";
import { View } from "@unroll/kernels";
import { fromRows, gaussian, orthogonal, RandomState, spectralNorm, spectralRadius } from "@unroll/linalg";
import { elmanCell } from "@unroll/rnn-cell";
import { expect, test } from "vitest";
import { drawn, exponentsOf } from "./support/random-network.ts";

const all = new Map(counterexamples().map((one) => [one.id, one]));
const named = (id: Counterexample["id"]): Counterexample => all.get(id) as Counterexample;
const rowsOf = ({ W_hh }: Counterexample): readonly (readonly number[])[] =>
  W_hh.kind === "matrix" ? W_hh.rows : [];

/** A figure within its stated precision. */
function check(one: Counterexample, quantity: string, value: number): void {
  const figure = one.figures.find((candidate) => candidate.quantity === quantity);
  expect(figure, `${one.id} has no figure ${quantity}`).toBeDefined();
  const { value: expected, tolerance } = figure!;
  if (value === expected) return;
  expect(
    Math.abs(value - expected),
    `${one.id}: ${quantity} is ${value}, expected ${expected}`,
  ).toBeLessThanOrEqual(tolerance || 1e-12 * Math.max(1, Math.abs(expected)));
}

/** T steps of the counterexample through an Elman cell, without input. */
function run(one: Counterexample, T: number, start = one.start): Trace {
  const n = rowsOf(one).length;
  const activation = one.activation === "tanh" ? tanh : identity;
  const cell = elmanCell({ inputSize: 1, hiddenSize: n, activation });
  const parameters = new View(
    Float64Array.from([...new Array(n).fill(0), ...rowsOf(one).flat(), ...one.b]),
    0,
    1,
    cell.parameters.size,
  );
  return trace(
    { cells: [cell] },
    { parameters, inputs: new View(new Float64Array(T), 0, T, 1), initialState: start },
  );
}

test("every matrix has the norm and radius that are claimed", () => {
  for (const one of all.values()) {
    if (one.W_hh.kind !== "matrix") continue;
    const W = fromRows(one.W_hh.rows);
    for (const { quantity } of one.figures) {
      if (quantity === "‖W_hh‖") check(one, quantity, spectralNorm(W));
      if (quantity === "ρ(W_hh)") check(one, quantity, spectralRadius(W));
    }
  }
});

test("X1: gradients explode at spectral radius 0, within a bounded attractor", () => {
  const one = named("X1");
  const W = fromRows(rowsOf(one));
  const [low, high] = [
    [1, 1],
    [-1, -1],
  ];
  const options = { steps: 2e5, transient: 5e3, count: 2 };
  const [first, second] = exponentsOf({ ...one, W }, new RandomState(0), options, (h) => {
    for (const i of [0, 1]) [low[i], high[i]] = [Math.min(low[i], h[i]), Math.max(high[i], h[i])];
  });
  check(one, "λ_1", first);
  check(one, "λ_2", second);
  expect([...low, ...high].map((x) => x.toFixed(3))).toEqual(["-0.709", "-0.758", "0.996", "0.995"]);
  expect(Math.log(spectralNorm(W))).toBeCloseTo(1.792, 3);
  for (const start of [
    [0.5, 0.5],
    [-0.5, 0.2],
    [0.9, -0.3],
  ])
    check(
      one,
      "λ_1",
      exponentsOf({ ...one, W, start }, new RandomState(0), { steps: 2e5, transient: 5e3 })[0],
    );
});

test("X2: at the fixed point the gradient doubles, ‖J^d‖ = 2^{d-1}·10√2, until rounding leaves it", () => {
  const one = named("X2");
  const orbit = run(one, 20);
  for (const [i, x] of [8, 8, -6, -6].entries()) expect(orbit.jacobians[i]).toBeCloseTo(x, 12);
  const { logSpectral } = productNorms(orbit);
  check(one, "‖J‖", Math.exp(logSpectral[20]));
  for (let d = 2; d <= 12; d++)
    expect(Math.exp(logSpectral[d * 20] - logSpectral[(d - 1) * 20])).toBeCloseTo(2, 9);
  // J² = 2J, so the product of d exact Jacobians is 2^{d-1} J.
  const exact = {
    steps: 60,
    stateSize: 2,
    jacobians: Float64Array.from({ length: 240 }, (_, i) => [8, 8, -6, -6][i % 4]),
  };
  expect(productNorms(exact).logSpectral[59 * 60]).toBeCloseTo(58 * Math.LN2 + Math.log(10 * Math.SQRT2), 10);
  const far = run(one, 100).states;
  expect(Math.hypot(far[40], far[41] - 0.5)).toBeLessThan(1e-6);
  let left = 0;
  while (Math.hypot(far[2 * left], far[2 * left + 1] - 0.5) < 0.1) left++;
  expect(left).toBeGreaterThan(30);
  expect(left).toBeLessThan(70);
});

test("X3: ‖W_hh‖ = 2, and gradients vanish", () => {
  const one = named("X3");
  const orbit = run(one, 60);
  check(one, "|h*|", orbit.states[120]);
  check(one, "|h*|", -orbit.states[121]);
  check(one, "λ_1", lyapunovSpectrum(orbit, { transient: 30 })[0]);
  expect(orbit.jacobians[59 * 4]).toBeCloseTo(0.166372, 6);
  const { textbook, product } = boundLadder(orbit, 60);
  expect(textbook![40]).toBeCloseTo(40 * Math.LN2, 10);
  expect(product[40]).toBeCloseTo(-40 * 1.79353, 3);
});

test("X4: ten times larger before it vanishes", () => {
  const one = named("X4");
  const { product } = boundLadder(run(one, 13), 13);
  for (let d = 0; d <= 12; d++) check(one, `‖W_hh^${d}‖`, Math.exp(product[d]));
});

test("X8: a latch holds while |u| < w tanh a_c - a_c; gradients vanish all the while", () => {
  const one = named("X8");
  const w = rowsOf(one)[0][0];
  const critical = Math.acosh(Math.sqrt(w));
  check(one, "largest input that it holds against", w * Math.tanh(critical) - critical);
  const held = (u: number): boolean => {
    let a = w * Math.tanh(2);
    for (let t = 0; t < 5000; t++) a = w * Math.tanh(a) - u;
    return a > 0;
  };
  expect([held(0.52), held(0.54)]).toEqual([true, false]);
  check(one, "λ_1", lyapunovSpectrum(run(one, 60), { transient: 30 })[0]);
});

/** One draw: [λ_1, ln ρ, ln ‖W‖]. */
function drawOf(one: Counterexample, seed: number): number[] {
  const random = new RandomState(seed);
  if (one.W_hh.kind === "matrix") throw new Error(`${one.id} is not random`);
  const { kind, size, gain } = one.W_hh;
  const W = drawn(
    size,
    kind === "gaussian" ? gaussian({ sd: gain / Math.sqrt(size) }) : orthogonal({ gain }),
    random,
  );
  const [lambda] = exponentsOf({ ...one, W }, random, { steps: 1500, transient: 150 });
  return [lambda, Math.log(spectralRadius(W)), Math.log(spectralNorm(W))];
}

// The stated figures are mean ± SD over 20 draws; so few draws and steps must lie within 3 SD of the mean (command `theory`: all 20).
test.each(["X5", "X5b"] as const)("%s: a random network, driven by noise", (id) => {
  const one = named(id);
  const draws = [0, 1, 2].map((seed) => drawOf(one, seed));
  for (const [i, quantity] of ["λ_1", "ln ρ(W_hh)", "ln ‖W_hh‖"].entries()) {
    const figure = one.figures.find((candidate) => candidate.quantity === quantity)!;
    for (const draw of draws)
      expect(Math.abs(draw[i] - figure.value)).toBeLessThan(3 * figure.tolerance + 0.01);
  }
  for (const [lambda, radius] of draws) {
    expect(radius).toBeGreaterThan(0.3);
    expect(lambda < 0).toBe(id === "X5");
  }
});

test("X6: orthogonal weights, driven by noise: gradients vanish", () => {
  const one = named("X6");
  for (const seed of [0, 1]) {
    const [lambda, radius] = drawOf(one, seed);
    expect(Math.abs(lambda - -0.275)).toBeLessThan(0.012);
    expect(radius).toBeCloseTo(0, 10);
  }
});
