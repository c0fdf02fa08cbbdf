import { centralDifference, compareGradients, complexStep } from "@unroll/gradcheck";
import { expect, test } from "vitest";
import { constants, lossOf } from "./support/complex-elman.ts";
import { problem } from "./support/problem.ts";

const [n, T] = [8, 60];

/**
 * Real-time recurrent learning goes forward: P_t = ∂h_t/∂W_hh, P_t[i,ab] = σ'(z_i)(Σ_j W_ij P_{t-1}[j,ab] + [i=a] h_{t-1,b}),
 * dL/dW_hh = Σ_t e_tᵀ P_t.
 */
test("RTRL, complex steps and differences give the gradient of 60 steps of 8 units", () => {
  const one = problem({ sizes: [n], T, sd: 0.45 });
  const trace = one.tracer.run(one.run);
  const { W_hh, derivatives } = trace.layers[0].elman!;
  let P = new Float64Array(n * n * n);
  const gradient = new Float64Array(n * n);
  for (let t = 0; t < T; t++) {
    const next = new Float64Array(n * n * n);
    for (let i = 0; i < n; i++)
      for (let ab = 0; ab < n * n; ab++) {
        let sum = Math.floor(ab / n) === i ? trace.states[t * n + (ab % n)] : 0;
        for (let j = 0; j < n; j++) sum += W_hh[i * n + j] * P[j * n * n + ab];
        next[i * n * n + ab] = derivatives![t * n + i] * sum;
        gradient[ab] += trace.localGradients[t * n + i] * next[i * n * n + ab];
      }
    P = next;
  }
  const { offset } = trace.layout.slices["0.W_hh"];
  const own = trace.parameterGradient.slice(offset, offset + n * n);
  expect(compareGradients(own, gradient).error).toBeLessThan(1e-12);

  const theta = [...one.run.parameters.data];
  const place = (values: ArrayLike<number>): Float64Array =>
    Float64Array.from(values).slice(offset, offset + n * n);
  const byComplexSteps = place(complexStep((x) => lossOf(one, trace.layout, x), theta));
  expect(compareGradients(own, byComplexSteps).error).toBeLessThan(1e-12);
  const loss = (x: Float64Array): number => lossOf(one, trace.layout, constants(x)).re;
  const byDifferences = place(centralDifference(loss, theta));
  expect(compareGradients(own, byDifferences).error).toBeLessThan(1e-8);
});
