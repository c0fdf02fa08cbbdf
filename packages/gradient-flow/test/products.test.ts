import { productNorms } from "@unroll/gradient-flow";
import { View } from "@unroll/kernels";
import { frobeniusNorm, multiply, singularValues } from "@unroll/linalg";
import { expect, test } from "vitest";
import { problem } from "./support/problem.ts";

test.each([[[1]], [[2]], [[5]], [[17]], [[3, 4]]])("layers of %j units: norms of all products", (sizes) => {
  const one = problem({ sizes, T: 12 });
  const trace = one.tracer.run(one.run);
  const { steps: T, stateSize: n, jacobians } = trace;
  const norms = productNorms(trace);
  const J = (t: number): View => new View(jacobians, (t - 1) * n * n, n, n);
  for (let k = 1; k < T; k++) {
    let Phi = J(k + 1);
    for (let t = k + 1; t <= T; t++) {
      if (t > k + 1) Phi = multiply(J(t), Phi);
      const at = (t - 1) * T + k - 1;
      expect(Math.exp(norms.logSpectral[at]) / singularValues(Phi)[0]).toBeCloseTo(1, 10);
      expect(Math.exp(norms.logFrobenius[at]) / frobeniusNorm(Phi)).toBeCloseTo(1, 12);
    }
  }
});
