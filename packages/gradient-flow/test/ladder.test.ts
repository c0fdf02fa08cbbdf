import { elu, identity, leakyRelu, relu, sigmoid, tanh } from "@unroll/activations";
import { type BoundLadder, boundLadder, carriedGradients, productNorms } from "@unroll/gradient-flow";
import { elmanCell } from "@unroll/rnn-cell";
import fc from "fast-check";
import { expect, test } from "vitest";
import { momentumCell } from "./support/own-cell.ts";
import { problem } from "./support/problem.ts";

const slack = 1e-9;

test("textbook ≥ stepwise ≥ product ≥ carried, for any network, activation, step and lag", () => {
  const activations = [tanh, sigmoid, relu, leakyRelu(0.3), identity, elu(1.5)];
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 14 }),
      fc.constantFrom(...activations),
      fc.double({ min: 0.01, max: 4, noNaN: true }),
      fc.nat(1000),
      (n, T, activation, sd, seed) => {
        const one = problem({ sizes: [n], T, activation, sd, seed });
        const trace = one.tracer.run(one.run);
        const options = { norms: productNorms(trace), carried: carriedGradients(trace) };
        for (let t = 1; t <= T; t++) {
          const ladder = boundLadder(trace, t, options);
          if (t === T) expect(boundLadder(trace, t)).toEqual(near(ladder));
          const { textbook, stepwise, product, carried } = ladder;
          for (let d = 0; d < t; d++) {
            // Where a product is nothing but rounding, its norms are not compared.
            const least = stepwise[d] - 30;
            expect(stepwise[d]).toBeLessThanOrEqual(textbook![d] + slack);
            expect(Math.max(product[d], least)).toBeLessThanOrEqual(stepwise[d] + slack);
            if (carried)
              expect(Math.max(carried[d], least)).toBeLessThanOrEqual(Math.max(product[d], least) + slack);
          }
        }
      },
    ),
    { numRuns: 60, seed: 4 },
  );
});

test("all curves start at 0; their slopes are what they are said to be", () => {
  const one = problem({ sizes: [1], T: 8, activation: identity });
  const trace = one.tracer.run(one.run);
  const w = Math.log(Math.abs(trace.layers[0].elman!.W_hh[0]));
  const ladder = boundLadder(trace, 8);
  // One linear unit: every curve is |w|^d.
  for (const curve of Object.values(ladder) as Float64Array[])
    for (const [d, value] of curve.entries()) expect(value).toBeCloseTo(d * w, 12);
});

test("other cells and stacks have no textbook bound, but all the rest", () => {
  for (const cells of [
    [momentumCell(2, 3)],
    [2, 3].map((inputSize) => elmanCell({ inputSize, hiddenSize: 3 })),
  ]) {
    const one = problem({ cells, T: 9 });
    const { textbook, radius, stepwise, product, carried } = boundLadder(one.tracer.run(one.run), 9);
    expect([textbook, radius]).toEqual([undefined, undefined]);
    for (let d = 0; d < 9; d++) {
      expect(product[d]).toBeLessThanOrEqual(stepwise[d] + slack);
      expect(carried![d]).toBeLessThanOrEqual(product[d] + slack);
    }
  }
});

test("carried gradients against Φ(t,k)ᵀ e_t written out", () => {
  const one = problem({ sizes: [3, 2], T: 7 });
  const trace = one.tracer.run(one.run);
  const logs = carriedGradients(trace);
  const { steps: T, stateSize: n, jacobians, localGradients } = trace;
  for (let t = 1; t <= T; t++) {
    let v = [...localGradients.slice((t - 1) * n, t * n)];
    for (let k = t; k >= 1; k--) {
      expect(logs[(t - 1) * T + k - 1]).toBeCloseTo(Math.log(Math.hypot(...v)), 12);
      const J = jacobians.subarray((k - 1) * n * n);
      v = v.map((_, j) => v.reduce((sum, x, i) => sum + x * J[i * n + j], 0));
    }
    for (let k = t + 1; k <= T; k++) expect(logs[(t - 1) * T + k - 1]).toBe(-Infinity);
  }
});

test("a step without a loss carries nothing back, and says so", () => {
  const one = problem({ T: 4 });
  const trace = one.tracer.run({ ...one.run, objective: undefined });
  expect(boundLadder(trace, 4).carried).toBeUndefined();
  expect([...carriedGradients(trace)].every((x) => x === -Infinity)).toBe(true);
  expect(trace.parameterGradient.every((x) => x === 0)).toBe(true);
  expect(() => boundLadder(trace, 5)).toThrow("t is 5, expected a whole number from 1 to 4");
});

/** The same curves within 1e-9. */
function near(ladder: BoundLadder): unknown {
  const curves = Object.entries(ladder) as [string, Float64Array | undefined][];
  return Object.fromEntries(
    curves.map(([name, curve]) => [
      name,
      curve &&
        expect.toSatisfy((other: Float64Array) =>
          other.every((x, d) => x === curve[d] || Math.abs(x - curve[d]) < 1e-9),
        ),
    ]),
  );
}
