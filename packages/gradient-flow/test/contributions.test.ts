import { compareGradients } from "@unroll/gradcheck";
import { temporalContributions } from "@unroll/gradient-flow";
import { expect, test } from "vitest";
import { problem } from "./support/problem.ts";

test.each([["0.W_hh"], ["1.W_hh"], ["0.W_xh"]])("%s: the items add up to the gradient", (name) => {
  const one = problem({ sizes: [3, 4] });
  const trace = one.tracer.run(one.run);
  const { total, byLag, byStep, shares } = temporalContributions(one.tracer, name);
  const size = total.length;
  const sumOf = (rows: Float64Array): number[] =>
    Array.from({ length: size }, (_, i) => {
      let sum = 0;
      for (let r = 0; r < trace.steps; r++) sum += rows[r * size + i];
      return sum;
    });
  const { offset } = trace.layout.slices[name];
  const expected = trace.parameterGradient.slice(offset, offset + size);
  expect(compareGradients(sumOf(byLag), expected).error).toBeLessThan(1e-12);
  expect(compareGradients(sumOf(byStep), expected).error).toBeLessThan(1e-12);
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
});
