import type { FloatArray } from "@unroll/kernels";
import { carryBack } from "./carry-back.ts";
import { immediateTerms } from "./immediate.ts";
import { type CellParameter, cellParameter } from "./parameter.ts";
import { log, powerOfTwo } from "./scale.ts";
import { rowsOf, type Stack } from "./stack.ts";
import type { Tracer } from "./tracer.ts";

/**
 * dL/dθ of one parameter, itemized: the term (t,k) is what the loss of step t says about the use of θ at step k,
 * ∂L_t/∂h_t · ∂h_t/∂h_k · ∂⁺h_k/∂θ with the immediate derivative ∂⁺ (h_{k-1} held fixed). For W_hh of an Elman cell it is
 * a_{t,k} h_{k-1}ᵀ with a_{t,k} = D_k Φ(t,k)ᵀ e_t. Places are (t - 1)·T + k - 1; those with k > t hold no term.
 */
export interface TemporalContributions {
  readonly parameter: string;
  /** T·T: ln C[t,k], the logarithm of the Frobenius norm of the term; -∞ where there is none. */
  readonly logNorms: Float64Array;
  /** T·T: ⟨term, dL/dθ⟩/‖dL/dθ‖². They sum to 1; all are 0 if dL/dθ is. */
  readonly shares: Float64Array;
}

/**
 * Itemizes dL/dθ of the tracer's last run, in T²/2 products with a vector.
 * @param parameter a name of the trace's layout, of a cell; "0.W_hh" unless given
 * @throws OptionError if no cell has such a parameter, StateError without a run
 */
export function temporalContributions(tracer: Tracer, parameter = "0.W_hh"): TemporalContributions {
  const { trace, stack } = tracer;
  const of = cellParameter("temporalContributions", tracer, parameter);
  const { steps: T } = trace;
  const total = trace.parameterGradient.slice(of.slice.offset, of.slice.offset + of.size);
  const terms = immediateTerms(stack, of, T, total);
  const logNorms = new Float64Array(T * T).fill(Number.NEGATIVE_INFINITY);
  const shares = new Float64Array(T * T);
  let squares = 0;
  for (const value of total) squares += value * value;
  carryBack(tracer, (lag, rows, scales) => {
    for (let k = 0; k < rows; k++) {
      const t = k + lag;
      const norm = terms.norm(k);
      if (!(norm > 0)) continue;
      logNorms[t * T + k] = log(norm) + scales[t] * Math.LN2;
      if (squares > 0) shares[t * T + k] = (terms.dot(k) / squares) * powerOfTwo(scales[t]);
    }
  });
  return { parameter, logNorms, shares };
}

/**
 * dL/dθ by lag: row d (T×size) is the sum of all terms (t,k) with t - k = d. The rows sum to dL/dθ.
 * @throws as `temporalContributions` does
 */
export function gradientByLag(tracer: Tracer, parameter = "0.W_hh"): Float64Array {
  const { trace, stack } = tracer;
  const of = cellParameter("gradientByLag", tracer, parameter);
  const { steps: T } = trace;
  const byLag = new Float64Array(T * of.size);
  carryBack(tracer, (lag, rows, scales) => {
    const { kernels } = stack.arena;
    for (const { delta } of stack.layers)
      for (let k = 0; k < rows; k++) {
        const own = rowsOf(delta, k, 1);
        kernels.scale(own, own, powerOfTwo(scales[k + lag]));
      }
    kernels.fill(stack.gradients, 0);
    stack.accumulate(0, rows, (layer) => layer.delta);
    byLag.set(sliceOf(stack, of), lag * of.size);
  });
  return byLag;
}

/**
 * dL/dθ by the step k at which θ is used: row k - 1 (T×size) is the sum of the terms (t,k) over t, what step k of the
 * backward pass adds. The rows sum to dL/dθ.
 * @throws as `temporalContributions` does
 */
export function gradientByStep(tracer: Tracer, parameter = "0.W_hh"): Float64Array {
  const { trace, stack } = tracer;
  const of = cellParameter("gradientByStep", tracer, parameter);
  const { steps: T } = trace;
  const byStep = new Float64Array(T * of.size);
  for (let k = 0; k < T; k++) {
    stack.arena.kernels.fill(stack.gradients, 0);
    stack.accumulate(k, 1, (layer) => layer.deltas);
    byStep.set(sliceOf(stack, of), k * of.size);
  }
  return byStep;
}

function sliceOf({ gradients: { data, offset } }: Stack, { slice, size }: CellParameter): FloatArray {
  return data.subarray(offset + slice.offset, offset + slice.offset + size);
}
