import { isTokens, OptionError, type Rows, Tokens, View } from "@unroll/kernels";
import { log, powerOfTwo, rescale } from "./scale.ts";
import type { Stack } from "./stack.ts";
import type { Tracer } from "./tracer.ts";

/**
 * dL/dθ of one parameter, itemized: the term (t,k) is what the loss of step t says about the use of θ at step k,
 * ∂L_t/∂h_t · ∂h_t/∂h_k · ∂⁺h_k/∂θ with the immediate derivative ∂⁺ (h_{k-1} held fixed). For W_hh of an Elman cell it is
 * a_{t,k} h_{k-1}ᵀ with a_{t,k} = D_k Φ(t,k)ᵀ e_t. Places are (t - 1)·T + k - 1; those with k > t hold no term.
 */
export interface TemporalContributions {
  readonly parameter: string;
  /** T·T: ln C[t,k], the logarithm of the Frobenius norm of the term. */
  readonly logNorms: Float64Array;
  /** T·T: ⟨term, dL/dθ⟩/‖dL/dθ‖²; they sum to 1 (0, if dL/dθ = 0). */
  readonly shares: Float64Array;
  /** T×size: row d is the sum of all terms of lag d = t - k. */
  readonly byLag: Float64Array;
  /** T×size: row k - 1 is the sum over t of the terms of step k, what one step of the backward pass adds. */
  readonly byStep: Float64Array;
  /** size: the sum of all terms, dL/dθ. */
  readonly total: Float64Array;
}

/**
 * Itemizes dL/dθ of the tracer's last run. Costs T²/2 products with a vector.
 * @param parameter a name of the trace's layout; "0.W_hh" unless given
 * @throws OptionError if no cell has such a parameter, StateError without a run
 */
export function temporalContributions(tracer: Tracer, parameter = "0.W_hh"): TemporalContributions {
  const { trace, stack } = tracer;
  const { steps: T, stateSize: n, localGradients } = trace;
  const slice = trace.layout.slices[parameter];
  if (!slice || parameter.startsWith("readout.")) {
    const names = Object.keys(trace.layout.slices).filter((name) => !name.startsWith("readout."));
    throw new OptionError("temporalContributions", "parameter", parameter, `one of ${names.join(", ")}`);
  }
  const size = slice.rows * slice.columns;
  const layer = Number(parameter.slice(0, parameter.indexOf(".")));
  const result: TemporalContributions = {
    parameter,
    logNorms: new Float64Array(T * T).fill(Number.NEGATIVE_INFINITY),
    shares: new Float64Array(T * T),
    byLag: new Float64Array(T * size),
    byStep: new Float64Array(T * size),
    total: trace.parameterGradient.slice(slice.offset, slice.offset + size),
  };
  const squares = dot(result.total, result.total);
  const term = new Float64Array(size);
  const scales = new Float64Array(T);
  const { dNext, dPrevious } = stack;
  // Row t of dNext: e_t carried back to the step at hand, in units of 2^scales[t].
  const carried = new Float64Array(T * n);
  for (let k = T - 1; k >= 0; k--) {
    carried.set(localGradients.subarray(k * n, (k + 1) * n), k * n);
    for (let t = k; t < T; t++) scales[t] += rescale(carried, t * n, n);
    const rows = T - k;
    for (let i = 0; i < rows * n; i++) dNext.data[dNext.offset + i] = carried[k * n + i];
    stack.back(k, rows);
    for (let t = k; t < T; t++) {
      immediate(stack, layer, k, t - k, slice.offset, term);
      const norm = Math.sqrt(dot(term, term));
      const unit = powerOfTwo(scales[t]);
      const at = t * T + k;
      result.logNorms[at] = log(norm) + (norm > 0 ? scales[t] * Math.LN2 : 0);
      result.shares[at] = squares > 0 ? (dot(term, result.total) * unit) / squares : 0;
      for (let i = 0; i < size; i++) {
        result.byLag[(t - k) * size + i] += term[i] * unit;
        result.byStep[k * size + i] += term[i] * unit;
      }
    }
    for (let i = 0; i < rows * n; i++) carried[k * n + i] = dPrevious.data[dPrevious.offset + i];
  }
  return result;
}

/** term ← (∂⁺h_k/∂θ)ᵀ of what stands in row r: one row of the layer's deltas, accumulated alone. */
function immediate(stack: Stack, l: number, k: number, r: number, start: number, term: Float64Array): void {
  const layer = stack.layers[l];
  const { delta, states, tape } = layer;
  const below: Rows = l > 0 ? stack.layers[l - 1].visible : stack.inputs;
  stack.arena.kernels.fill(stack.gradients, 0);
  layer.bound.accumulate(
    isTokens(below) ? new Tokens(below.data, below.offset + k, 1) : row(below, k),
    row(states, k),
    row(tape, k),
    row(delta, r),
  );
  const from = stack.gradients.offset + start;
  const { data } = stack.gradients;
  for (let i = 0; i < term.length; i++) term[i] = data[from + i];
}

function row({ data, offset, columns, stride }: View, r: number): View {
  return new View(data, offset + r * stride, 1, columns, stride);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
