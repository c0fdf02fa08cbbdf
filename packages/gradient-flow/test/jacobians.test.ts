import { complexStepJacobian } from "@unroll/gradcheck";
import { describe, expect, test } from "vitest";
import { steps } from "./support/complex-elman.ts";
import { problem } from "./support/problem.ts";

describe.each([[[4]], [[3, 4]], [[2, 3, 2]]])("layers of %j units", (sizes) => {
  test("J_t and δ_t, e_t are those of complex steps through a forward pass of the test's own", () => {
    const one = problem({ sizes });
    const trace = one.tracer.run(one.run);
    const n = trace.stateSize;
    for (let t = 1; t <= one.T; t++) {
      const before = trace.states.slice((t - 1) * n, t * n);
      const { data } = complexStepJacobian((h) => steps(one, trace.layout, h, t - 1, t), before);
      const own = trace.jacobians.slice((t - 1) * n * n, t * n * n);
      for (let i = 0; i < n * n; i++) expect(Math.abs(own[i] - data[i])).toBeLessThan(1e-14);
    }
  });
});
