import { relu } from "@unroll/activations";
import { type Jacobians, ProductRoom, productNorms, productRows } from "@unroll/gradient-flow";
import { View } from "@unroll/kernels";
import { frobeniusNorm, multiply, RandomState, singularValues } from "@unroll/linalg";
import { describe, expect, test } from "vitest";
import { problem } from "./support/problem.ts";

const block = ({ jacobians, stateSize: n }: Jacobians, t: number): View =>
  new View(jacobians, (t - 1) * n * n, n, n);

/** Largest relative error of all norms, against singular values of products made one by one. */
function worst(j: Jacobians, norms = productNorms(j)): number {
  const { steps: T } = j;
  let error = 0;
  for (let k = 1; k < T; k++) {
    let Phi = block(j, k + 1);
    for (let t = k + 1; t <= T; t++) {
      if (t > k + 1) Phi = multiply(block(j, t), Phi);
      const at = (t - 1) * T + k - 1;
      const largest = singularValues(Phi)[0];
      const relative = (log: number, expected: number): number =>
        Math.abs(log === Number.NEGATIVE_INFINITY ? expected : Math.exp(log) / expected - 1);
      error = Math.max(error, relative(norms.logSpectral[at], largest));
      error = Math.max(error, relative(norms.logFrobenius[at], frobeniusNorm(Phi)));
    }
  }
  return error;
}

/** T random n×n Jacobians of standard deviation sd/√n. */
function random(T: number, n: number, sd: number, seed = 1): Jacobians {
  const jacobians = new RandomState(seed).randn(T * n * n).map((x) => (x * sd) / Math.sqrt(n));
  return { steps: T, stateSize: n, jacobians };
}

const diagonal = (rows: readonly (readonly number[])[]): Jacobians => ({
  steps: rows.length,
  stateSize: rows[0].length,
  jacobians: Float64Array.from(
    rows.flatMap((row) => row.flatMap((x, i) => row.map((_, j) => (i === j ? x : 0)))),
  ),
});

describe("norms of all products against singular values of each", () => {
  test.each([[[1]], [[2]], [[5]], [[17]], [[3, 4]]])("layers of %j units", (sizes) => {
    for (const sd of [0.2, 0.5, 2]) {
      const one = problem({ sizes, T: 12, sd });
      expect(worst(one.tracer.run(one.run))).toBeLessThan(1e-10);
    }
  });

  test("networks near orthogonal ones, whose singular values are dense", () => {
    for (const h of [1e-3, 0.03, 0.3]) {
      const random = new RandomState(3);
      const one = problem({ sizes: [20], T: 8 });
      const Q = one.tracer.run(one.run);
      const jacobians = Q.jacobians.map((_, i) => {
        const [r, c] = [Math.floor(i / 20) % 20, i % 20];
        return r === (c + 1) % 20 ? 1 - h * random.random() : 0; // a permutation, slightly shrunk
      });
      expect(worst({ steps: 8, stateSize: 20, jacobians })).toBeLessThan(1e-10);
    }
  });

  test("independent units that take turns in being the largest", () => {
    const j = diagonal([
      [1, 1, 1],
      [0.9, 0.5, 0.2],
      [0.9, 0.5, 0.9],
      [0.1, 0.5, 0.5],
      [0.1, 0.5, 1],
      [0.1, 4, 0.2],
    ]);
    expect(worst(j)).toBeLessThan(1e-13);
  });

  test("units that are switched off (ReLU), rank one, and nothing at all", () => {
    const one = problem({ sizes: [6], T: 10, activation: relu, seed: 5 });
    expect(worst(one.tracer.run(one.run))).toBeLessThan(1e-10);
    const nilpotent = {
      steps: 4,
      stateSize: 2,
      jacobians: Float64Array.from({ length: 16 }, (_, i) => +(i % 4 === 1)),
    };
    const { logSpectral, logFrobenius } = productNorms(nilpotent);
    expect(logSpectral[1 * 4 + 0]).toBeCloseTo(0, 14);
    expect([logSpectral[2 * 4], logFrobenius[2 * 4], logSpectral[3 * 4]]).toEqual([
      -Infinity,
      -Infinity,
      -Infinity,
    ]);
  });
});

test("nothing over- or underflows in 400 steps of factors near 1e±300, nor for denormal Jacobians", () => {
  for (const size of [1e300, 1e-300, 3e-310, 5e-324]) {
    const { jacobians } = random(6, 3, 1);
    const norms = productNorms({
      steps: 6,
      stateSize: 3,
      jacobians: jacobians.map((x) => Math.sign(x) * size),
    });
    const unit = productNorms({ steps: 6, stateSize: 3, jacobians: jacobians.map(Math.sign) });
    for (let t = 2; t <= 6; t++)
      for (let k = 1; k < t; k++) {
        const at = (t - 1) * 6 + k - 1;
        expect(norms.logSpectral[at]).toBeCloseTo(unit.logSpectral[at] + (t - k) * Math.log(size), 9);
      }
  }
  const long = productNorms({ steps: 400, stateSize: 1, jacobians: new Float64Array(400).fill(1e-300) });
  expect(long.logSpectral[399 * 400]).toBeCloseTo(399 * Math.log(1e-300), 7);
});

test("on the diagonal stands the identity, above it nothing", () => {
  const norms = productNorms(random(3, 4, 1));
  expect([...norms.logSpectral].map((x, i) => (i % 4 === 0 ? x : x > -Infinity))).toEqual([
    0,
    false,
    false,
    true,
    0,
    false,
    true,
    true,
    0,
  ]);
  expect(norms.logFrobenius[4]).toBeCloseTo(Math.log(2), 14);
});

test("exact norms depend on the Jacobians alone, estimates approach them from below", () => {
  const j = random(20, 12, 1);
  const room = new ProductRoom({ steps: 30, stateSize: 12 });
  const exact = productNorms(j, { room });
  const again = productNorms(j, { room, start: productNorms(random(20, 12, 1, 2), { room }) });
  expect(again.logSpectral).toEqual(exact.logSpectral);
  let before = Infinity;
  for (const iterations of [1, 2, 4, 8, 16]) {
    const estimate = productNorms(j, { room, iterations });
    const short = exact.logSpectral.map((log, i) => (log > -Infinity ? log - estimate.logSpectral[i] : 0));
    const most = Math.max(...short);
    expect(Math.min(...short)).toBeGreaterThan(-1e-10);
    expect(most).toBeLessThan(before);
    before = most;
  }
  expect(before).toBeLessThan(1e-4);
  // From the vectors of nearly the same network three steps go a long way.
  const near = { ...j, jacobians: j.jacobians.map((x) => x * (1 + 1e-3 * Math.sin(x))) };
  const drag = productNorms(near, { room, iterations: 3, start: exact });
  const truth = productNorms(near, { room });
  for (const [i, log] of truth.logSpectral.entries())
    if (log > -Infinity) expect(Math.abs(log - drag.logSpectral[i])).toBeLessThan(1e-4);
});

test("row by row: a number that grows to T, and nothing is lost by stopping", () => {
  const j = random(9, 3, 1);
  const room = new ProductRoom({ steps: 9, stateSize: 3 });
  const rows = productRows(j, { room });
  const seen = [rows.next().value, rows.next().value];
  expect(seen).toEqual([2, 3]); // dropped here
  expect([...productRows(j, { room })]).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
  expect(productNorms(j, { room }).logSpectral).toEqual(productNorms(j).logSpectral);
});

test("large Jacobians are worked on in pieces", () => {
  const j = random(5, 130, 1);
  const seen = [...productRows(j)];
  expect(seen.length).toBeGreaterThan(4);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(seen.at(-1)).toBe(5);
  expect(worst(j)).toBeLessThan(1e-10);
});

test("what does not fit is refused", () => {
  const j = random(3, 2, 1);
  expect(() => productNorms({ ...j, steps: 4 })).toThrow("productNorms: jacobians is 12, expected 16");
  expect(() => productNorms({ ...j, stateSize: 0 })).toThrow("stateSize is 0");
  expect(() => productNorms(j, { room: new ProductRoom({ steps: 2, stateSize: 2 }) })).toThrow("option room");
  expect(() => productNorms(j, { start: productNorms(random(4, 2, 1)), iterations: 1 })).toThrow(
    "option start",
  );
  expect(() => productNorms(j, { iterations: -1 })).toThrow("iterations is -1");
});
