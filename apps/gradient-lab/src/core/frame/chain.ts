import type { ProductNorms, Trace } from "@unroll/gradient-flow";
import { elementary64, View } from "@unroll/kernels";
import { spectralNorm } from "@unroll/linalg";
import type { Batch } from "@unroll/model";
import type { Chain } from "../frame.ts";
import type { Words } from "../tasks/task.ts";

/** The unrolled network step by step. `truncated` is T×n: dL/dh_t under truncation. */
export function chainOf(
  trace: Trace,
  norms: ProductNorms,
  batch: Batch,
  words: Words,
  truncated: Float64Array,
): Chain {
  const { steps: T, stateSize: n, states, losses } = trace;
  const overSteps = (value: (t: number) => number): Float64Array =>
    Float64Array.from({ length: T }, (_, t) => value(t));
  const log10 = (x: number): number => elementary64.log(x) * Math.LOG10E;
  const derivatives = trace.layers.map(({ elman }) => elman?.derivatives);
  return {
    states: states.slice(n),
    start: states.slice(0, n),
    stateNorm: overSteps((t) => norm(states, (t + 1) * n, n) / Math.sqrt(n)),
    gradient: overSteps((t) => log10(norm(trace.totalGradients, t * n, n))),
    truncatedGradient: overSteps((t) => log10(norm(truncated, t * n, n))),
    jacobianNorm: overSteps((t) =>
      t === 0
        ? spectralNorm(new View(trace.jacobians, 0, n, n))
        : elementary64.exp(norms.logSpectral[t * T + t - 1]),
    ),
    openness: overSteps((t) => openness(derivatives, t, T)),
    loss: overSteps((t) => (batch.weights && weight(batch.weights, t) === 0 ? Number.NaN : losses[t])),
    input: words.input,
    target: words.target,
  };
}

/** Mean of σ'(z_t) over the units of all layers. */
function openness(derivatives: readonly (Float64Array | undefined)[], t: number, T: number): number {
  let sum = 0;
  let units = 0;
  for (const values of derivatives) {
    if (!values) return Number.NaN;
    const n = values.length / T;
    for (let i = 0; i < n; i++) sum += values[t * n + i];
    units += n;
  }
  return sum / units;
}

/** ‖v‖, also where squares would leave the range of numbers. */
function norm(values: Float64Array, from: number, count: number): number {
  let most = 0;
  for (let i = from; i < from + count; i++) most = Math.max(most, Math.abs(values[i]));
  if (!(most > 0 && most < Number.POSITIVE_INFINITY)) return most;
  let sum = 0;
  for (let i = from; i < from + count; i++) sum += (values[i] / most) * (values[i] / most);
  return most * Math.sqrt(sum);
}

const weight = ({ data, offset, stride }: View, row: number): number => data[offset + row * stride];
