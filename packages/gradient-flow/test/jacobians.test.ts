import { productNorms } from "@unroll/gradient-flow";
import { View } from "@unroll/kernels";
import { type BoundCell, elmanCell } from "@unroll/rnn-cell";
import { alteredCell } from "@unroll/rnn-cell/laws";
import { describe, expect, test } from "vitest";
import {
  gradientError,
  itemizationError,
  jacobianError,
  productError,
  reordered,
  transposed,
} from "./support/checks.ts";
import { type Problem, problem } from "./support/problem.ts";

describe.each([[[4]], [[3, 4]], [[2, 3, 2]]])("layers of %j units, against complex steps", (sizes) => {
  test("J_t", () => expect(jacobianError(problem({ sizes }))).toBeLessThan(1e-13));
  test("norms of ∂h_t/∂h_k", () => expect(productError(problem({ sizes }))).toBeLessThan(1e-10));
  test("dL/dθ", () => expect(gradientError(problem({ sizes }))).toBeLessThan(1e-12));
});

describe("planted errors are seen", () => {
  const n = 4;
  const cell = elmanCell({ inputSize: 2, hiddenSize: n });
  const broken = (change: (bound: BoundCell, parameters: View) => Partial<BoundCell>): Problem =>
    problem({ cells: [alteredCell(cell, change)], sd: 0.7 });

  test("none: every check passes", () => {
    const sound = broken(() => ({}));
    expect(jacobianError(sound)).toBeLessThan(1e-13);
    expect(productError(sound)).toBeLessThan(1e-10);
    expect(gradientError(sound)).toBeLessThan(1e-12);
    expect(itemizationError(sound)).toBeLessThan(1e-12);
  });

  test("σ' dropped on the way back: the items still add up, but complex steps disagree", () => {
    const without = broken((_, parameters) => ({
      stepBackward(_tape, _previous, _next, dNext, delta, dPrevious) {
        const { offset } = cell.parameters.slices.W_hh;
        for (let r = 0; r < dNext.rows; r++)
          for (let j = 0; j < n; j++) {
            let sum = 0;
            for (let i = 0; i < n; i++)
              sum +=
                dNext.data[dNext.offset + r * dNext.stride + i] *
                parameters.data[parameters.offset + offset + i * n + j];
            dPrevious.data[dPrevious.offset + r * dPrevious.stride + j] = sum;
            delta.data[delta.offset + r * delta.stride + j] = dNext.data[dNext.offset + r * dNext.stride + j];
          }
      },
    }));
    expect(itemizationError(without)).toBeLessThan(1e-12);
    expect(jacobianError(without)).toBeGreaterThan(0.01);
    expect(productError(without)).toBeGreaterThan(0.01);
    expect(gradientError(without)).toBeGreaterThan(0.01);
  });

  test("the derivative by W_hh with h_k in place of h_{k-1}", () => {
    const late = broken((bound) => ({
      accumulate(inputs, previous, tape, delta) {
        const next = new View(
          previous.data,
          previous.offset + previous.stride,
          previous.rows,
          previous.columns,
          previous.stride,
        );
        bound.accumulate(inputs, next, tape, delta);
      },
    }));
    expect(gradientError(late)).toBeGreaterThan(0.01);
    expect(itemizationError(late)).toBeGreaterThan(0.01); // the short way for Elman cells does not go through it
  });

  test("the product in the other order, and the product of transposes", () => {
    const one = problem({ sizes: [n], sd: 0.7 });
    const trace = one.tracer.run(one.run);
    const { steps: T } = trace;
    expect(productError(one, productNorms(trace))).toBeLessThan(1e-10);
    expect(productError(one, productNorms(reordered(trace, (t) => T - 1 - t)))).toBeGreaterThan(0.01);
    expect(productError(one, productNorms(transposed(trace)))).toBeGreaterThan(0.01);
  });

  test("Jacobians that are off by one step", () => {
    const one = problem({ sizes: [n], sd: 0.7 });
    const trace = one.tracer.run(one.run);
    expect(productError(one, productNorms(reordered(trace, (t) => Math.max(0, t - 1))))).toBeGreaterThan(
      0.01,
    );
  });
});
