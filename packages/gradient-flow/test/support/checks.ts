import { compareGradients, complexStep, complexStepJacobian } from "@unroll/gradcheck";
import {
  type Jacobians,
  type ProductNorms,
  productNorms,
  temporalContributions,
} from "@unroll/gradient-flow";
import { View } from "@unroll/kernels";
import { singularValues } from "@unroll/linalg";
import { lossOf, steps } from "./complex-elman.ts";
import type { Problem } from "./problem.ts";

/** Largest relative error of J_t, against complex steps through a forward pass of the test's own. */
export function jacobianError(one: Problem): number {
  const trace = one.tracer.run(one.run);
  const n = trace.stateSize;
  let worst = 0;
  for (let t = 1; t <= one.T; t++) {
    const before = trace.states.slice((t - 1) * n, t * n);
    const { data } = complexStepJacobian((h) => steps(one, trace.layout, h, t - 1, t), before);
    const own = trace.jacobians.slice((t - 1) * n * n, t * n * n);
    worst = Math.max(worst, compareGradients(own, data).error);
  }
  return worst;
}

/** Largest relative error of ‖∂h_t/∂h_k‖, against complex steps from h_k to h_t. */
export function productError(
  one: Problem,
  norms: ProductNorms = productNorms(one.tracer.run(one.run)),
): number {
  const { states, layout, stateSize: n, steps: T } = one.tracer.trace;
  let worst = 0;
  for (let k = 1; k < T; k++)
    for (let t = k + 1; t <= T; t++) {
      const { data } = complexStepJacobian(
        (h) => steps(one, layout, h, k, t),
        states.slice(k * n, (k + 1) * n),
      );
      const [largest] = singularValues(new View(data, 0, n, n));
      worst = Math.max(worst, Math.abs(Math.exp(norms.logSpectral[(t - 1) * T + k - 1]) / largest - 1));
    }
  return worst;
}

/** How far the shares are from summing to 1: the items of the gradient against the gradient of one sweep. */
export function itemizationError(one: Problem): number {
  one.tracer.run(one.run);
  const { shares } = temporalContributions(one.tracer);
  return Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1);
}

/** The same Jacobians in another order. */
export function reordered(
  { steps: T, stateSize: n, jacobians }: Jacobians,
  order: (t: number) => number,
): Jacobians {
  const moved = new Float64Array(jacobians.length);
  for (let t = 0; t < T; t++)
    moved.set(jacobians.subarray(order(t) * n * n, (order(t) + 1) * n * n), t * n * n);
  return { steps: T, stateSize: n, jacobians: moved };
}

/** Each Jacobian transposed. */
export function transposed(j: Jacobians): Jacobians {
  const { steps: T, stateSize: n, jacobians } = j;
  const moved = jacobians.map((_, i) => {
    const [t, r, c] = [Math.floor(i / (n * n)), Math.floor(i / n) % n, i % n];
    return jacobians[t * n * n + c * n + r];
  });
  return { steps: T, stateSize: n, jacobians: moved };
}

/** Largest relative error of dL/dθ by parameter, against complex steps through a forward pass of the test's own. */
export function gradientError(one: Problem): number {
  const { parameterGradient, layout } = one.tracer.run(one.run);
  const expected = complexStep((parameters) => lossOf(one, layout, parameters), [...one.run.parameters.data]);
  return compareGradients(parameterGradient, expected, { tensors: layout.slices }).error;
}
